package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;

/**
 * The PostgreSQL that comes with the server, for one data folder: started here, stopped here, its data kept.
 *
 * <p>Every connection needs the role's password (scram-sha-256) and comes from this machine. Commits are on the disk
 * when they return. It never runs as root: a server started as root steps down to an account without rights. After a
 * kill of the database, of the server or of both the next start stops what is left, recovers and serves again. A server
 * that ends without {@link #close} leaves the database running until then.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The name of the database and of the one role that may connect to it. */
    static final String NAME = "holdfast";

    private static final int NOBODY = 65534;

    private final FolderLock lock;
    private final Startup.Running running;
    private boolean closed;

    private EmbeddedPostgres(FolderLock lock, Startup.Running running) {
        this.lock = lock;
        this.running = running;
    }

    /**
     * What to start.
     *
     * @param dataDir the folder of cluster, password, port and logs; made when missing. When the server runs as root all
     *     its parents must be open to others (o+x)
     * @param cache where the programs are unpacked; several data folders may share one
     * @param sizes memory and connections
     * @param limits how long things may take
     * @param accountWhenRoot uid and gid to run PostgreSQL as when the server runs as root
     */
    public record Settings(Path dataDir, Path cache, Sizes sizes, Limits limits, int accountWhenRoot) {

        /** @throws IllegalArgumentException naming the setting that is out of its range */
        public Settings {
            dataDir = dataDir.toAbsolutePath().normalize();
            cache = cache.toAbsolutePath().normalize();
            require(accountWhenRoot > 0, "accountWhenRoot", "a uid other than root's");
        }

        /** The defaults: programs beside the data, 128 MiB, 64 connections, 5 minutes idle, 5 minutes to start. */
        public static Settings in(Path dataDir) {
            var limits = new Limits(Duration.ofMinutes(5), Duration.ofMinutes(5));
            return new Settings(dataDir, dataDir, new Sizes(128, 64), limits, NOBODY);
        }

        /** The same with the programs unpacked elsewhere. */
        public Settings withCache(Path folder) {
            return new Settings(dataDir, folder, sizes, limits, accountWhenRoot);
        }
    }

    /**
     * Memory and connections.
     *
     * @param sharedBuffersMebibytes PostgreSQL's page cache, 16 or more
     * @param maxConnections at once, 8 to 1000, three of them kept for the superuser
     */
    public record Sizes(int sharedBuffersMebibytes, int maxConnections) {
        /** @throws IllegalArgumentException naming the setting that is out of its range */
        public Sizes {
            require(sharedBuffersMebibytes >= 16, "sharedBuffersMebibytes", "16 or more");
            require(maxConnections >= 8 && maxConnections <= 1000, "maxConnections", "8 to 1000");
        }
    }

    /**
     * How long things may take.
     *
     * @param idleInTransaction how long a connection may hold a transaction open without a statement, 1 s or more
     * @param start how long to wait for readiness, recovery after a crash included, 1 s or more
     */
    public record Limits(Duration idleInTransaction, Duration start) {
        /** @throws IllegalArgumentException naming the setting that is out of its range */
        public Limits {
            require(idleInTransaction.toSeconds() >= 1, "idleInTransaction", "1 s or more");
            require(start.toSeconds() >= 1, "start", "1 s or more");
        }
    }

    private static void require(boolean holds, String setting, String range) {
        if (!holds) {
            throw new IllegalArgumentException("embedded PostgreSQL: " + setting + " must be " + range);
        }
    }

    /**
     * Starts the cluster of a data folder; makes it on first use.
     *
     * @throws EmbeddedPostgresException with place and remedy; nothing keeps running then
     */
    public static EmbeddedPostgres start(Settings settings) {
        try {
            RunAs account = RunAs.current(settings.accountWhenRoot());
            return start(settings, account, openFolder(settings.dataDir(), account));
        } catch (UncheckedIOException e) {
            throw new EmbeddedPostgresException.Failed(
                    settings.dataDir(),
                    String.valueOf(e.getMessage()),
                    "Look at the owner, the permissions and the free space of this folder",
                    e);
        }
    }

    private static EmbeddedPostgres start(Settings settings, RunAs account, ClusterFolder folder) {
        FolderLock lock = FolderLock.take(folder.lock());
        try {
            Programs programs = Binaries.unpackedIn(settings.cache());
            account.requireEntry(programs.bin());
            var running = new Startup(folder, programs, account, settings, ClusterMaker.BUILTIN_LOCALE).run();
            if (settings.cache().equals(settings.dataDir())) {
                Binaries.removeOthers(settings.cache());
            }
            return new EmbeddedPostgres(lock, running);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Others may pass through the folder, since PostgreSQL runs under another account than root, but not list it. */
    private static ClusterFolder openFolder(Path dataDir, RunAs account) {
        try {
            if (!Files.exists(dataDir)) {
                SafeFiles.folder(dataDir, "rwx------");
            }
            if (account.dropped()) {
                var permissions = Files.getPosixFilePermissions(dataDir);
                permissions.add(PosixFilePermission.OTHERS_EXECUTE);
                Files.setPosixFilePermissions(dataDir, permissions);
            }
            return new ClusterFolder(dataDir.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the data folder: " + e.getMessage(), e);
        }
    }

    /** For example {@code jdbc:postgresql://127.0.0.1:41234/holdfast}; the port stays the same while nobody takes it. */
    public String jdbcUrl() {
        return running.jdbcUrl();
    }

    /** The one role that may connect: owner of the database, may create databases, no superuser. */
    public String user() {
        return NAME;
    }

    /** As in {@code dataDir/database.password}. */
    public String password() {
        return running.password();
    }

    /** The process id of the running server. */
    long pid() {
        return running.postmaster().pid();
    }

    /** Stops the server (open transactions are rolled back), waits for its end and frees the data folder. */
    @Override
    public synchronized void close() {
        if (!closed) {
            running.postmaster().stop();
            closed = true;
            lock.close();
        }
    }
}
