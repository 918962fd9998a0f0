package holdfast.access;

import java.util.Set;

/** Who asks, as the levels of a plan ask it. */
public sealed interface Viewer {
    /** Who runs the house: custody must see everything. */
    record Custodian() implements Viewer {}

    /** Whom the source of members names today, with the roles that it gives. */
    record Member(Set<String> roles) implements Viewer {
        public Member {
            roles = Set.copyOf(roles);
        }
    }

    /** Anybody else, with an account or without: what is public. */
    record Outsider() implements Viewer {}
}
