package holdfast.server.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One start of a cluster, step by step. The caller holds the folder's lock.
 *
 * @param folder where the cluster is or will be
 * @param programs the PostgreSQL to run
 * @param account as whom
 * @param settings what the caller asked for
 * @param locale see {@link ClusterMaker}
 */
record Startup(
        ClusterFolder folder,
        Programs programs,
        RunAs account,
        EmbeddedPostgres.Settings settings,
        List<String> locale) {

    private static final int ATTEMPTS = 5;
    private static final String WRONG_PASSWORD = "28P01";

    /** What a start leaves behind. */
    record Running(Postmaster postmaster, int port, String password) {
        String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.NAME;
        }
    }

    Running run() {
        if (Files.isDirectory(folder.cluster())) {
            account.requireOwnership(folder.cluster());
        }
        refuseForeign();
        takeOver();
        String password = new ClusterMaker(folder, programs, account, locale).complete();
        Running running = launch(password);
        try {
            prove(running);
            return running;
        } catch (EmbeddedPostgresException e) {
            running.postmaster().stop();
            throw e;
        }
    }

    private void refuseForeign() {
        for (Path home : List.of(folder.root(), folder.cluster())) {
            @Nullable String found = SafeFiles.textOrNull(home.resolve("PG_VERSION"));
            if (home.equals(folder.root()) ? found != null : found != null && !found.equals(programs.major())) {
                throw new EmbeddedPostgresException.ForeignVersion(
                        home,
                        "this is a cluster of PostgreSQL " + found + ", this server runs PostgreSQL " + programs.major()
                                + "; nothing was changed",
                        "Start the Holdfast release that made it and export the journal, or run that PostgreSQL yourself"
                                + " and give its address with --database-url (planned, not yet built: holdfast rebuild"
                                + " --from SEGMENTS)");
            }
        }
        if (Files.isDirectory(folder.cluster()) && !Files.exists(folder.versionFile())) {
            throw new EmbeddedPostgresException.Damaged(
                    folder.cluster(),
                    "the cluster has no PG_VERSION: files were removed from it",
                    "Restore it from a backup, or move it away to start with an empty database");
        }
    }

    private void takeOver() {
        account.requireEntry(folder.root());
        SafeFiles.folder(folder.logs(), "rwx------");
        account.own(folder.logs());
        if (Files.isDirectory(folder.cluster())) {
            new ClusterProcesses(folder).stopAll();
            account.own(folder.cluster());
        }
    }

    private Running launch(String password) {
        for (int attempt = 1; ; attempt++) {
            int port = LoopbackPort.choose(folder.port());
            Configuration.write(folder, settings, port);
            Postmaster postmaster = Postmaster.launch(folder, programs, account);
            if (ready(postmaster)) {
                return new Running(postmaster, port, password);
            }
            String words = LogTail.of(folder);
            if (attempt == ATTEMPTS || !passes(words)) {
                throw new EmbeddedPostgresException.Failed(
                        folder.cluster(), "PostgreSQL did not start: " + words, "Read " + folder.logs());
            }
            new ClusterProcesses(folder).stopAll();
            Pause.millis(200L * attempt);
        }
    }

    private boolean ready(Postmaster postmaster) {
        try {
            return postmaster.awaitReady(settings.limits().start());
        } catch (InterruptedException e) {
            postmaster.stop();
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException.Failed(folder.cluster(), "the start was interrupted", "Start again", e);
        }
    }

    /** Reasons that pass by themselves: the port was taken in between, or remains of a killed server linger. */
    private static boolean passes(String words) {
        return words.contains("Address already in use")
                || words.contains("still in use")
                || words.contains("postmaster.pid\" already exists");
    }

    /** The password in the file must open the database, or every later failure would be harder to understand. */
    private void prove(Running running) {
        try {
            DriverManager.getConnection(running.jdbcUrl(), EmbeddedPostgres.NAME, running.password())
                    .close();
        } catch (SQLException e) {
            String remedy = WRONG_PASSWORD.equals(e.getSQLState())
                    ? "Delete " + folder.password() + ": the next start sets a new password"
                    : "Read " + folder.logs();
            throw new EmbeddedPostgresException.Failed(
                    folder.root(), "PostgreSQL started but refused its own server: " + e.getMessage(), remedy, e);
        }
    }
}
