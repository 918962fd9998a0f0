package holdfast.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL processes that run on a cluster, as the kernel tells it: named {@code postgres}, with the cluster as
 * their working directory. A pid file alone proves nothing, since numbers are used again.
 */
record ClusterProcesses(ClusterFolder folder) {
    private static final Duration FAST = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE = Duration.ofSeconds(20);
    private static final long STEP_MILLIS = 20;

    /** What an earlier owner left running is stopped, its pid file removed; never adopted. */
    void stopAll() {
        postmaster().ifPresent(pid -> {
            signal("INT", pid);
            waitUntilGone(FAST);
        });
        if (!waitUntilGone(Duration.ofSeconds(2))) {
            running().forEach(pid -> signal("QUIT", pid));
        }
        if (!waitUntilGone(IMMEDIATE)) {
            throw new EmbeddedPostgresException.Failed(
                    folder.cluster(),
                    "PostgreSQL processes of an earlier server do not end: " + running(),
                    "End them by hand (kill -QUIT, then kill -KILL) and start again; committed data is safe in its log");
        }
        removeStalePidFile();
    }

    /** Safe only because no process works on the cluster and the folder's lock is ours. */
    private void removeStalePidFile() {
        try {
            Files.deleteIfExists(folder.pidFile());
        } catch (IOException e) {
            throw new EmbeddedPostgresException.NoAccess(
                    folder.pidFile(), "the stale pid file cannot be removed: " + e.getMessage(), "Remove it by hand");
        }
    }

    /** The process the pid file names, when it really is a PostgreSQL on this cluster. */
    private OptionalLong postmaster() {
        @Nullable String text = SafeFiles.textOrNull(folder.pidFile());
        if (text == null) {
            return OptionalLong.empty();
        }
        String first = text.lines().findFirst().orElse("").strip();
        return running().stream()
                .filter(pid -> first.equals(Long.toString(pid)))
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Process ids, the dead but not yet collected left out. */
    List<Long> running() {
        return SafeFiles.list(Path.of("/proc")).stream()
                .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                .filter(this::worksHere)
                .map(entry -> Long.valueOf(entry.getFileName().toString()))
                .toList();
    }

    private boolean worksHere(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip().equals("postgres")
                    && Files.isSameFile(process.resolve("cwd"), folder.cluster());
        } catch (IOException e) {
            return false; // ended meanwhile, or somebody else's, whom we may not look at
        }
    }

    /** Looks until no process works on the cluster; false when some still do at the limit. */
    boolean waitUntilGone(Duration limit) {
        List<Long> left = running();
        long end = System.nanoTime() + limit.toNanos();
        while (!left.isEmpty()) {
            if (System.nanoTime() > end || !Pause.millis(STEP_MILLIS)) {
                return false;
            }
            left = running();
        }
        return true;
    }

    /** Through the shell's own kill: Java can send TERM and KILL only, which PostgreSQL reads as other orders. */
    static void signal(String name, long pid) {
        Optional<ProcessHandle> alive = ProcessHandle.of(pid);
        if (alive.isPresent()) {
            var script = List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill", name, Long.toString(pid));
            new Command(script, Path.of("/")).run(Duration.ofSeconds(10));
        }
    }
}
