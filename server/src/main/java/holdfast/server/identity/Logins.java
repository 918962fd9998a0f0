package holdfast.server.identity;

import holdfast.access.GroupClaim;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.vocabulary.AccountName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Turns an identity that was shown into an account. The account root exists by itself: the userpass identity {@code admin}
 * with the administrator secret acts for it, and nothing of that is stored.
 */
public final class Logins {
    private static final Identity ADMIN = new Identity(IdentityType.USERPASS, "admin");

    /** What stands by itself and is in no table. */
    public static final Mapping BUILT_IN = new Mapping(ADMIN, AccountName.ROOT, "", true);

    private final Identities identities;
    private final AdministratorSecret secret;
    private final Predicate<Caller> mayAct;
    private final Consumer<Caller> came;
    private final Attempts attempts;

    /** What became of it. */
    public sealed interface Outcome {
        record Known(Caller caller) implements Outcome {}

        /** It may act for several accounts, none is the default one, and none was asked for. */
        record Several(List<AccountName> accounts) implements Outcome {}

        record Refused() implements Outcome {}

        /** Too many wrong passwords: none is looked at for so long. */
        record Wait(Duration left) implements Outcome {}
    }

    /**
     * Knows identities.
     *
     * @param mayAct whether an account exists and is neither suspended nor deleted, and whoever shows the identity has not left
     * @param came told of whoever comes in, again with each request of theirs
     */
    public Logins(Identities identities, AdministratorSecret secret, Predicate<Caller> mayAct, Consumer<Caller> came) {
        this(identities, secret, mayAct, came, System::nanoTime);
    }

    Logins(
            Identities identities,
            AdministratorSecret secret,
            Predicate<Caller> mayAct,
            Consumer<Caller> came,
            LongSupplier counter) {
        this.identities = identities;
        this.secret = secret;
        this.mayAct = mayAct;
        this.came = came;
        this.attempts = new Attempts(counter);
    }

    /** @param wanted the account that was asked for */
    public Outcome userpass(Optional<AccountName> wanted, String user, String password) {
        Identity identity = new Identity(IdentityType.USERPASS, user);
        boolean asRoot = wanted.isEmpty() || wanted.get().equals(AccountName.ROOT);
        // 256 random bits cannot be guessed: no waiting, so that nobody can lock the administrator out.
        if (identity.equals(ADMIN) && asRoot && secret.matches(password)) {
            return new Outcome.Known(new Caller(AccountName.ROOT, user));
        }
        Duration wait = attempts.toWait(identity);
        if (wait.isPositive()) {
            return new Outcome.Wait(wait);
        }
        if (!identities.isPassword(identity, password)) {
            attempts.failed(identity);
            return new Outcome.Refused();
        }
        attempts.succeeded(identity);
        identities.renew(identity, password);
        return shown(wanted, identity);
    }

    /** An identity that was proved elsewhere: by a front end, or by a signature. */
    public Outcome shown(Optional<AccountName> wanted, Identity identity) {
        return shown(wanted, identity, Optional.empty());
    }

    /** The same, with what was said of their groups. */
    public Outcome shown(Optional<AccountName> wanted, Identity identity, Optional<GroupClaim> claim) {
        List<Mapping> mappings = identities.of(identity).stream()
                .filter(mapping -> mayAct.test(new Caller(mapping.account(), identity.name(), claim)))
                .filter(mapping -> wanted.isEmpty() || mapping.account().equals(wanted.get()))
                .toList();
        if (mappings.isEmpty()) {
            return new Outcome.Refused();
        }
        if (mappings.size() == 1 || mappings.getFirst().isDefault()) {
            Caller caller = new Caller(mappings.getFirst().account(), identity.name(), claim);
            came.accept(caller);
            return new Outcome.Known(caller);
        }
        return new Outcome.Several(mappings.stream().map(Mapping::account).toList());
    }
}
