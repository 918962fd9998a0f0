package holdfast.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL 15 whose log is archived by pgBackRest, set up as docs/high-availability.md says, so that it can be
 * brought back to any moment since its first backup.
 */
public final class Archived implements AutoCloseable {
    private static final String PGBACKREST = "/usr/bin/pgbackrest";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final PlainCluster cluster;

    private Archived(Path folder, PlainCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /** Started and archiving; empty where PostgreSQL 15 or pgBackRest is not installed. */
    public static Optional<Archived> start() {
        return Files.isExecutable(Path.of(PGBACKREST)) ? Postgres15.programs().map(Archived::start) : Optional.empty();
    }

    private static Archived start(Programs programs) {
        Path folder = TestFolders.passing();
        PlainCluster cluster = PlainCluster.create(programs, folder, "cluster");
        Archived archived = new Archived(folder, cluster);
        try {
            Files.writeString(folder.resolve("pgbackrest.conf"), archived.configuration());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        cluster.configure(
                // pgBackRest talks to a database of its own machine through a socket only.
                "unix_socket_directories = '" + folder + "'",
                "wal_level = replica",
                "archive_mode = on",
                "archive_command = '" + String.join(" ", archived.words("archive-push", "%p")) + "'");
        cluster.start();
        archived.run("stanza-create");
        return archived;
    }

    private String configuration() {
        return """
            [global]
            repo1-path=%1$s/repository
            repo1-retention-full=2
            lock-path=%1$s
            spool-path=%1$s
            log-path=%1$s
            log-level-file=off
            start-fast=y
            archive-timeout=300
            compress-type=lz4

            [house]
            pg1-path=%2$s
            pg1-port=%3$d
            pg1-user=%4$s
            pg1-socket-path=%1$s
            """.formatted(folder, cluster.data(), cluster.port(), PlainCluster.OWNER);
    }

    private List<String> words(String... rest) {
        List<String> words =
                new ArrayList<>(List.of(PGBACKREST, "--config=" + folder.resolve("pgbackrest.conf"), "--stanza=house"));
        words.addAll(List.of(rest));
        return words;
    }

    private String run(String... rest) {
        return cluster.run(words(rest).toArray(String[]::new));
    }

    public TestDatabase database() {
        return new TestCluster(cluster.url("postgres"), "", "").fresh();
    }

    /**
     * A full backup. pgBackRest keeps the moment at which it stopped in whole seconds, and restores to no moment within
     * that second: this returns when the database's clock is in a later one.
     */
    public void backUp() {
        run("--type=full", "backup");
        cluster.execute(
                "do $$ declare stopped timestamptz := date_trunc('second', clock_timestamp()); begin"
                        + " while date_trunc('second', clock_timestamp()) = stopped loop perform pg_sleep(0.02); end loop; end $$");
    }

    /** The log up to now is in the repository when this returns. */
    public void archive() {
        run("check");
    }

    /** The machine dies, and its database is brought back as it was at a moment; started again when this returns. */
    public void restore(Instant to) {
        cluster.kill();
        cluster.removeMark();
        run("--delta", "--type=time", "--target=" + MOMENT.format(to), "--target-action=promote", "restore");
        cluster.start();
        cluster.execute("do $$ begin while pg_is_in_recovery() loop perform pg_sleep(0.02); end loop; end $$");
    }

    @Override
    public void close() {
        cluster.close();
        SafeFiles.deleteTree(folder);
    }
}
