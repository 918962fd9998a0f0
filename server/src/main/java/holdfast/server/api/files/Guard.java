package holdfast.server.api.files;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.api.rucio.wire.Tokens;
import holdfast.vocabulary.AccountName;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows who asks: the administrator by the secret, or an account by the token of its login. Where a file lies anybody may
 * know who is one of these; its bytes are for the administrator, and for accounts that the policy lets read them.
 */
public final class Guard {
    private static final String BEARER = "Bearer ";

    private final Predicate<String> secret;
    private final Tokens tokens;
    private final BiPredicate<AccountName, Action> may;

    public Guard(Predicate<String> secret, Tokens tokens, BiPredicate<AccountName, Action> may) {
        this.secret = secret;
        this.tokens = tokens;
        this.may = may;
    }

    /** Who asks; no account where it is the administrator. */
    record Asker(Optional<AccountName> account) {}

    Asker asker(HttpServletRequest request) {
        @Nullable String authorization = request.getHeader("Authorization");
        @Nullable String token = request.getHeader("X-Rucio-Auth-Token");
        if (authorization != null && authorization.startsWith(BEARER)) {
            String shown = authorization.substring(BEARER.length());
            return secret.test(shown) ? new Asker(Optional.empty()) : account(shown);
        }
        if (token != null) {
            return account(token);
        }
        throw unauthenticated();
    }

    private Asker account(String token) {
        return new Asker(Optional.of(tokens.caller(token).map(Caller::account).orElseThrow(Guard::unauthenticated)));
    }

    /** 403 where somebody may not read bytes. */
    void mayReadBytes(Asker asker) {
        asker.account.filter(a -> !may.test(a, Action.READ_BYTES)).ifPresent(account -> {
            throw new Refusal.Told(
                    Refusal.FORBIDDEN,
                    ("account %s may not %s; administrators may, and accounts with an attribute that the policy file's"
                                    + " roles open replicas for")
                            .formatted(account, Action.READ_BYTES.words()));
        });
    }

    private static Refusal.Told unauthenticated() {
        return new Refusal.Told(
                Refusal.UNAUTHENTICATED,
                "show the administrator secret or the token of a login as a bearer token, or the token in"
                        + " X-Rucio-Auth-Token");
    }
}
