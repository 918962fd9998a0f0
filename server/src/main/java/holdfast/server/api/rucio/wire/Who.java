package holdfast.server.api.rucio.wire;

import holdfast.access.Viewer;
import java.util.Optional;

/** Whom a route is for, whatever lies behind it. */
public enum Who {
    ANYBODY("everybody"),
    /** What an account may not know of is left out, or asks for a permission. */
    ACCOUNT("accounts"),
    OWN("the account itself and members"),
    MEMBER("members"),
    /** A sum over everything would tell of what is left out of it. */
    WHOLE("those who may know of everything that it counts"),
    CUSTODIAN("administrators");

    private final String words;

    Who(String words) {
        this.words = words;
    }

    /** As one says it behind "is for". */
    public String words() {
        return words;
    }

    /**
     * Whether somebody may call such a route.
     *
     * @param named the account that the address names
     */
    boolean lets(Optional<Caller> caller, Eyes eyes, Optional<String> named) {
        boolean inside = !(eyes.viewer() instanceof Viewer.Outsider);
        return switch (this) {
            case ANYBODY -> true;
            case ACCOUNT -> caller.isPresent();
            case OWN ->
                caller.isPresent()
                        && (inside || caller.map(c -> c.account().name()).equals(named));
            case MEMBER -> caller.isPresent() && inside;
            case WHOLE -> caller.isPresent() && inside && eyes.sees().isWhole();
            case CUSTODIAN -> caller.isPresent() && eyes.viewer() instanceof Viewer.Custodian;
        };
    }
}
