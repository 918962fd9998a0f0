package holdfast.server.catalog;

import holdfast.server.sql.FileWithCopies;
import java.util.List;

/**
 * A file with the copies that a query lists.
 *
 * @param addresses of all its listed copies, the best first
 */
public record ReplicaLine(FileWithCopies file, List<Held> held, List<Address> addresses) {

    /** A listed copy. */
    public record Held(ReplicaPlace place, ReplicaState state) {}

    /** One address of a listed copy. */
    public record Address(Way way, String pfn) {}

    /** A door of an element, as one query uses it; the same for all files. */
    public record Way(ReplicaPlace place, String root, boolean local, int preference) {}
}
