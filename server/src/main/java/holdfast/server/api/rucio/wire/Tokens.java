package holdfast.server.api.rucio.wire;

import java.util.Optional;

/** Knows whose a token is. */
@FunctionalInterface
public interface Tokens {
    /** Empty where the token is unknown or has expired. */
    Optional<Caller> caller(String token);
}
