package holdfast.server.catalog;

import holdfast.server.sql.FileWithCopies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    public record Way(ReplicaPlace place, String root, Domain domain, int preference, Unpacking unpacking) {
        /** As clients are told of the network; an archive is neither near nor far. */
        public String word() {
            return unpacking == Unpacking.NONE ? domain.word() : "zip";
        }

        public boolean isLocal() {
            return domain == Domain.LAN;
        }

        /** The address of what lies at a path; within an archive the file is named by itself. */
        String pfn(String path, String name) {
            String pfn = root.concat(path);
            return unpacking == Unpacking.BY_SERVER
                    ? pfn + (pfn.indexOf('?') < 0 ? "?" : "&") + "xrdcl.unzip=" + encoded(name)
                    : pfn;
        }

        private static String encoded(String name) {
            return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    /** Who takes a file out of an archive that lies at an address. */
    public enum Unpacking {
        /** There is none: the file itself lies there. */
        NONE,
        BY_SERVER,
        BY_CLIENT
    }
}
