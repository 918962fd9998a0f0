package holdfast.cli.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login as its file keeps it.
 *
 * @param server the address that it is for
 * @param issuer what the server calls the issuer
 * @param client a public client there
 * @param token where a refresh token becomes a new one
 * @param revocation where a token is given back; null where the issuer has no such place
 * @param authority a file of authorities that the issuer's certificate is checked by; null for the platform's
 * @param access what is shown to the server
 * @param refresh null where the issuer gave none
 * @param expires when the access token ends, as text (RFC 3339)
 * @param account the one that is asked for of several; null where none is
 */
public record KeptLogin(
        String server,
        String issuer,
        String client,
        String token,
        @Nullable String revocation,
        @Nullable String authority,
        String access,
        @Nullable String refresh,
        String expires,
        @Nullable String account) {
    Instant end() {
        return Instant.parse(expires);
    }

    /** The same login with other tokens; an issuer that sends no new refresh token leaves the old one good. */
    KeptLogin with(IssuerLine.Tokens tokens, Instant now) {
        return new KeptLogin(
                server,
                issuer,
                client,
                token,
                revocation,
                authority,
                tokens.access_token(),
                tokens.refresh_token() == null ? refresh : tokens.refresh_token(),
                tokens.end(now).toString(),
                account);
    }
}
