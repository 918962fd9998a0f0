package holdfast.server.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL 15 with a standby that confirms every commit: what an operator has behind Patroni. The test kills the
 * primary and promotes the standby, as Patroni would once it missed the primary.
 */
public final class Replicated implements AutoCloseable {
    private static final String STANDBY = "standby";

    private final Path folder;
    private final PlainCluster primary;
    private final PlainCluster standby;

    private Replicated(Path folder, PlainCluster primary, PlainCluster standby) {
        this.folder = folder;
        this.primary = primary;
        this.standby = standby;
    }

    /** Both started, the standby confirming; empty where no PostgreSQL 15 is installed. */
    public static Optional<Replicated> start() {
        return Postgres15.programs().map(Replicated::start);
    }

    private static Replicated start(Programs programs) {
        Path folder = TestFolders.passing();
        PlainCluster primary = PlainCluster.create(programs, folder, "primary");
        primary.configure("wal_level = replica", "max_wal_senders = 4", "hot_standby = on", "max_connections = 60");
        primary.start();
        PlainCluster standby = PlainCluster.at(programs, folder, STANDBY);
        standby.run(
                programs.bin().resolve("pg_basebackup").toString(),
                "-d",
                "host=127.0.0.1 user=postgres application_name=standby port=" + primary.port(),
                "-D",
                standby.data().toString(),
                "-R",
                "--checkpoint=fast",
                "--no-sync");
        standby.configure("port = " + standby.port());
        standby.start();
        // Not in the file, which the standby copied: promoted it shall not wait for a standby of its own name.
        primary.execute("alter system set synchronous_standby_names = 'FIRST 1 (standby)'");
        primary.execute("select pg_reload_conf()");
        primary.execute("do $$ begin while not exists (select from pg_stat_replication where sync_state = 'sync')"
                + " loop perform pg_sleep(0.02); perform pg_stat_clear_snapshot(); end loop; end $$");
        return new Replicated(folder, primary, standby);
    }

    /** A new database on whichever of the two takes writes. */
    public TestDatabase database() {
        return new TestCluster(
                        "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?user=%s&targetServerType=primary"
                                .formatted(primary.port(), standby.port(), PlainCluster.OWNER),
                        "",
                        "")
                .fresh();
    }

    /** The primary's power is cut. */
    public void killPrimary() {
        primary.kill();
    }

    /** What is left becomes the primary; returns when it takes writes. */
    public void promoteStandby() {
        standby.execute(
                "do $$ begin if not pg_promote(true, 300) then raise 'the standby was not promoted'; end if; end $$");
    }

    @Override
    public void close() {
        primary.close();
        standby.close();
        SafeFiles.deleteTree(folder);
    }
}
