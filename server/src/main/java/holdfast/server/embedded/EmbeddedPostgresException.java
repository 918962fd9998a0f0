package holdfast.server.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why the embedded PostgreSQL could not be started or stopped. Every message has three parts: the place, what was found
 * there, and what a person can do about it.
 */
public abstract sealed class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path place;
    private final String remedy;

    private EmbeddedPostgresException(Path place, String found, String remedy, @Nullable Throwable cause) {
        super(place + ": " + found + ". " + remedy + ".", cause);
        this.place = place;
        this.remedy = remedy;
    }

    /** The file or folder the message is about. */
    public Path place() {
        return place;
    }

    /** What to do, as a phrase without a full stop. */
    public String remedy() {
        return remedy;
    }

    /** Another server holds this data folder. */
    public static final class InUse extends EmbeddedPostgresException {
        private static final long serialVersionUID = 1L;

        InUse(Path place, String found, String remedy) {
            super(place, found, remedy, null);
        }
    }

    /** The cluster was written by another major version of PostgreSQL. */
    public static final class ForeignVersion extends EmbeddedPostgresException {
        private static final long serialVersionUID = 1L;

        ForeignVersion(Path place, String found, String remedy) {
            super(place, found, remedy, null);
        }
    }

    /** A folder or file has the wrong owner or permissions for the account that runs PostgreSQL. */
    public static final class NoAccess extends EmbeddedPostgresException {
        private static final long serialVersionUID = 1L;

        NoAccess(Path place, String found, String remedy) {
            super(place, found, remedy, null);
        }
    }

    /** This machine cannot run the embedded binaries. */
    public static final class Unsupported extends EmbeddedPostgresException {
        private static final long serialVersionUID = 1L;

        Unsupported(Path place, String found, @Nullable Throwable cause) {
            super(
                    place,
                    found,
                    "Start a PostgreSQL 15 or newer by other means and give its address with --database-url",
                    cause);
        }
    }

    /** What lies in the data folder is not whole; nothing was changed. */
    public static final class Damaged extends EmbeddedPostgresException {
        private static final long serialVersionUID = 1L;

        Damaged(Path place, String found, String remedy) {
            super(place, found, remedy, null);
        }
    }

    /** A program of PostgreSQL failed, did not become ready in time or did not stop. */
    public static final class Failed extends EmbeddedPostgresException {
        private static final long serialVersionUID = 1L;

        Failed(Path place, String found, String remedy) {
            super(place, found, remedy, null);
        }

        Failed(Path place, String found, String remedy, Throwable cause) {
            super(place, found, remedy, cause);
        }
    }
}
