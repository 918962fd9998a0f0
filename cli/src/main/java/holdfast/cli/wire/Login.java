package holdfast.cli.wire;

import java.util.Optional;

/** The token of a login, refreshed before it ends. */
public final class Login implements Credential {
    private final Logins logins;
    private KeptLogin kept;

    Login(Logins logins, KeptLogin kept) {
        this.logins = logins;
        this.kept = kept;
    }

    @Override
    public synchronized String value() {
        kept = logins.fresh(kept);
        return kept.access();
    }

    @Override
    public Optional<String> account() {
        return Optional.ofNullable(kept.account());
    }

    @Override
    public String remedy() {
        return "does not take your login at %s; see whom it knows with `holdfast whoami`, or log in again with `holdfast login`"
                .formatted(kept.issuer());
    }

    @Override
    public String toString() {
        return "login at " + kept.issuer();
    }
}
