package holdfast.server.embedded;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The running server process of one cluster. */
final class Postmaster {
    private static final Duration FAST = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE = Duration.ofSeconds(20);
    private static final Duration COLLECTOR = Duration.ofSeconds(5);
    private static final int PID_LINE = 0;
    private static final int STATUS_LINE = 7;

    private final ClusterFolder folder;
    private final Process process;

    private Postmaster(ClusterFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts the process and returns at once. In a session of its own: Ctrl-C at a terminal is for the server only. */
    static Postmaster launch(ClusterFolder folder, Programs programs, RunAs account) {
        List<String> words = account.words(List.of(
                "setsid",
                programs.postgres(),
                "-D",
                folder.cluster().toString(),
                "-c",
                "config_file=" + folder.configuration()));
        ProcessBuilder builder = new Command(words, folder.root())
                .builder()
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(folder.startLog().toFile());
        try {
            return new Postmaster(folder, builder.start());
        } catch (IOException e) {
            throw new EmbeddedPostgresException.Failed(
                    folder.root(), "PostgreSQL cannot be started", "Install util-linux (setsid, setpriv)", e);
        }
    }

    /** Waits until it takes connections. False when it ended instead; its words are in the start log. */
    boolean awaitReady(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready()) {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (System.nanoTime() > end) {
                stop();
                throw new EmbeddedPostgresException.Failed(
                        folder.cluster(),
                        "PostgreSQL was not ready after " + limit.toSeconds() + " s",
                        "It may be recovering after a crash: read " + folder.logs()
                                + " and allow a longer start limit");
            }
        }
        return true;
    }

    private boolean ready() {
        @Nullable String text = SafeFiles.textOrNull(folder.pidFile());
        if (text == null) {
            return false;
        }
        List<String> lines = text.lines().map(String::strip).toList();
        return lines.size() > STATUS_LINE
                && lines.get(PID_LINE).equals(Long.toString(process.pid()))
                && lines.get(STATUS_LINE).equals("ready");
    }

    long pid() {
        return process.pid();
    }

    /** Fast shutdown: open transactions are rolled back, a checkpoint is written. Returns when all are gone. */
    void stop() {
        if (!process.isAlive()) {
            return; // its number may be somebody else's by now
        }
        ClusterProcesses.signal("INT", process.pid());
        if (!gone(FAST)) {
            ClusterProcesses.signal("QUIT", process.pid());
            if (!gone(IMMEDIATE)) {
                throw new EmbeddedPostgresException.Failed(
                        folder.cluster(),
                        "PostgreSQL, process " + process.pid() + ", does not end",
                        "End it by hand; the next start recovers every committed row");
            }
        }
        // The log collector outlives the postmaster for a moment: it ends when it reads the end of its pipe.
        new ClusterProcesses(folder).waitUntilGone(COLLECTOR);
    }

    /** Waits through an interrupt, which it then hands on: a database left running helps nobody. */
    private boolean gone(Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
