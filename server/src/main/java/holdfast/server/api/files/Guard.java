package holdfast.server.api.files;

import holdfast.access.Action;
import holdfast.access.Capabilities;
import holdfast.access.Capabilities.Use;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.identity.Bearers;
import holdfast.server.identity.Bearers.Bearer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows who asks: the administrator by the secret, an account by the token of its login or of an issuer that is believed, or
 * whoever bears a token that names what it opens. Where a file lies an account may know that may know of its scope; its
 * bytes are for those whom its level is for, and for accounts that the policy lets read all bytes that they may know of. A
 * token that names what it opens opens just that. All else is for whoever asks as if it were not there.
 */
public final class Guard {
    private static final String BEARER = "Bearer ";

    private final Predicate<String> secret;
    private final Bearers bearers;
    private final Rights rights;

    /**
     * What accounts may.
     *
     * @param sees what they may know of
     * @param reads whether bytes of a scope are for them
     */
    public record Rights(Function<Caller, Visible> sees, BiPredicate<Caller, Scope> reads) {}

    public Guard(Predicate<String> secret, Bearers bearers, Rights rights) {
        this.secret = secret;
        this.bearers = bearers;
        this.rights = rights;
    }

    /** Who asks. */
    sealed interface Asker {
        /** For the record of what was denied and handed out. */
        default String name() {
            return switch (this) {
                case Administrator _ -> "administrator";
                case Account(Caller caller) -> caller.account().name();
                case Capable _ -> "the bearer of a capability";
            };
        }

        record Administrator() implements Asker {}

        record Account(Caller caller) implements Asker {}

        record Capable(Capabilities capabilities) implements Asker {}
    }

    Asker asker(HttpServletRequest request) {
        @Nullable String authorization = request.getHeader("Authorization");
        @Nullable String token = request.getHeader("X-Rucio-Auth-Token");
        Optional<AccountName> wanted = Optional.ofNullable(request.getHeader("X-Rucio-Account"))
                .filter(name -> !name.isBlank())
                .map(AccountName::new);
        if (authorization != null && authorization.startsWith(BEARER)) {
            String shown = authorization.substring(BEARER.length());
            return secret.test(shown) ? new Asker.Administrator() : bearer(shown, wanted);
        }
        if (token != null) {
            return bearer(token, wanted);
        }
        throw new Refusal.Told(
                Refusal.UNAUTHENTICATED,
                "show the administrator secret, the token of a login or one of an issuer that is believed here as a"
                        + " bearer token, or a token in X-Rucio-Auth-Token");
    }

    private Asker bearer(String token, Optional<AccountName> wanted) {
        return switch (bearers.of(token, wanted)) {
            case Bearer.Account account -> new Asker.Account(account.caller());
            case Bearer.Capable capable -> new Asker.Capable(capable.capabilities());
            case Bearer.Refused refused -> throw new Refusal.Told(Refusal.UNAUTHENTICATED, refused.why());
        };
    }

    /** Whether a file, if there is one of that name, is for somebody to know of. */
    boolean mayKnowOf(DataId id, Asker asker) {
        return switch (asker) {
            case Asker.Administrator _ -> true;
            case Asker.Account(Caller caller) -> rights.sees.apply(caller).allows(id);
            case Asker.Capable capable -> capable.capabilities().allow(Use.READ, path(id));
        };
    }

    /** The path that a token's capability names a file by: its name, below its scope where it is no path by itself. */
    private static String path(DataId id) {
        return id.name().startsWith("/") ? id.name() : "/" + id.scope() + "/" + id.name();
    }

    /** 403 where somebody who may know of a file may not read its bytes. */
    void mayReadBytes(DataId id, Asker asker) {
        if (asker instanceof Asker.Account(Caller caller) && !rights.reads.test(caller, id.scope())) {
            throw new Refusal.Told(
                    Refusal.FORBIDDEN,
                    ("account %s may not %s; those may whom the level of scope %s is for, administrators, and accounts"
                                    + " with an attribute that the policy file's roles open replicas for")
                            .formatted(caller.account(), Action.READ_BYTES.words(), id.scope()));
        }
    }
}
