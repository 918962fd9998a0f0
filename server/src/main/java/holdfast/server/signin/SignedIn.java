package holdfast.server.signin;

import holdfast.access.GroupClaim;
import holdfast.server.identity.KeptClaim;
import holdfast.vocabulary.AccountName;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's session keeps: whom an issuer named, since when, and for which account they act. Everything else is asked
 * anew with each request. Of the issuer's tokens nothing is kept but what they say of groups.
 *
 * @param identity as mappings have it, such as {@code SUB=..., ISS=...}
 * @param login by which it is listed and can be ended
 * @param claim what the issuer said of their groups, as {@link KeptClaim} has it; null where nothing was said
 * @param account the one that was chosen of several; null where none was
 */
record SignedIn(
        String identity,
        Instant since,
        UUID login,
        @Nullable String claim,
        @Nullable String account) implements Serializable {
    Optional<AccountName> wanted() {
        return Optional.ofNullable(account).map(AccountName::new);
    }

    Optional<GroupClaim> said() {
        return KeptClaim.read(claim);
    }

    SignedIn as(AccountName chosen) {
        return new SignedIn(identity, since, login, claim, chosen.name());
    }
}
