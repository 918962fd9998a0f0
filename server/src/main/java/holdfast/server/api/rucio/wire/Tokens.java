package holdfast.server.api.rucio.wire;

import holdfast.vocabulary.AccountName;
import java.util.Optional;

/** Knows whose a token is. */
@FunctionalInterface
public interface Tokens {
    /**
     * Empty where the token is unknown or has expired.
     *
     * @param wanted the account that is asked for, where a token's bearer may act for several
     * @throws RucioError where more can be said of why the token is not taken
     */
    Optional<Caller> caller(String token, Optional<AccountName> wanted);
}
