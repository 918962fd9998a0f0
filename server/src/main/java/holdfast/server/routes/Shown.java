package holdfast.server.routes;

import holdfast.server.api.rucio.wire.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Who showed who they are, as Spring's security carries it; its principal is a {@link Caller}. */
public final class Shown extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final transient Caller caller;
    private final String name;

    /** @param name as facts and pages say it */
    public Shown(Caller caller, String name) {
        super(List.of());
        this.caller = caller;
        this.name = name;
        setAuthenticated(true);
    }

    /** An account, under its own name. */
    public static Shown account(Caller caller) {
        return new Shown(caller, caller.account().name());
    }

    /** Who that is; empty for nobody. */
    public static Optional<Caller> by(@Nullable Authentication shown) {
        return shown != null && shown.isAuthenticated() && shown.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Shown shown && shown.caller.equals(caller) && shown.name.equals(name);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
