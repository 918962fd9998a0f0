package holdfast.server.grid;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The jobs of the FTS endpoint of these tests: each file is copied by {@code gfal-copy} between real servers. */
final class FtsJobs implements AutoCloseable {
    private static final Pattern ERROR = Pattern.compile("gfal-\\w+ error: (\\d+) \\([^)]*\\) - (.*)", Pattern.DOTALL);

    private final Path folder;
    private final TestAuthority authority;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private volatile boolean held;

    FtsJobs(Path folder, TestAuthority authority) {
        this.folder = folder;
        this.authority = authority;
    }

    /** What one file was asked for as. */
    record Asked(URI source, URI destination, Optional<String> checksum, boolean verifies) {}

    /** One file of a job. */
    static final class File {
        final Asked asked;
        private String state = "SUBMITTED";
        private String reason = "";
        private @Nullable Process running;

        File(Asked asked) {
            this.asked = asked;
        }

        synchronized String state() {
            return state;
        }

        synchronized String reason() {
            return reason;
        }

        synchronized boolean isOver() {
            return List.of("FINISHED", "FAILED", "CANCELED").contains(state);
        }

        private synchronized boolean end(String how, String why) {
            if (isOver()) {
                return false;
            }
            state = how;
            reason = why;
            return true;
        }

        private synchronized boolean begin(ProcessBuilder program) throws IOException {
            if (isOver()) {
                return false;
            }
            state = "ACTIVE";
            running = program.start();
            return true;
        }

        private synchronized void cancel() {
            if (end("CANCELED", "Job canceled by the user") && running != null) {
                running.destroyForcibly();
            }
        }
    }

    /** A job. */
    record Job(String id, List<File> files) {
        String state() {
            List<String> all = files.stream().map(File::state).distinct().toList();
            if (!files.stream().allMatch(File::isOver)) {
                return all.contains("ACTIVE") ? "ACTIVE" : "SUBMITTED";
            }
            if (all.size() == 1) {
                return all.getFirst();
            }
            return all.contains("FINISHED") ? "FINISHEDDIRTY" : all.contains("FAILED") ? "FAILED" : "CANCELED";
        }
    }

    Job add(List<Asked> asked) {
        Job job = new Job(
                UUID.randomUUID().toString(), asked.stream().map(File::new).toList());
        jobs.put(job.id, job);
        if (!held) {
            job.files.forEach(f -> workers.execute(() -> copy(f)));
        }
        return job;
    }

    Optional<Job> job(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    List<Job> all() {
        return new ArrayList<>(jobs.values());
    }

    void cancel(Job job) {
        job.files.forEach(File::cancel);
    }

    void forgetAll() {
        jobs.clear();
    }

    /** The next file fails so, and is not copied. */
    void failNext(String reason) {
        failures.add(reason);
    }

    /** Whether what is submitted from now on stays in the queue for ever. */
    void hold(boolean queue) {
        held = queue;
    }

    private void copy(File file) {
        String planted = failures.poll();
        if (planted != null) {
            file.end("FAILED", planted);
            return;
        }
        try {
            List<String> command = new ArrayList<>(List.of("gfal-copy", "-t", "60"));
            file.asked.checksum.filter(_ -> file.asked.verifies).ifPresent(sum -> {
                command.addAll(List.of("-K", sum, "--checksum-mode", "target"));
            });
            command.addAll(List.of(davs(file.asked.source), davs(file.asked.destination)));
            ProcessBuilder program =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            program.environment()
                    .putAll(Map.of(
                            "X509_CERT_DIR", authority.certificates().toString(),
                            "BEARER_TOKEN", "nobody-asks-for-it",
                            "LD_LIBRARY_PATH", ""));
            if (file.begin(program)) {
                end(file);
            }
        } catch (IOException e) {
            file.end("FAILED", "TRANSFER [5] " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(File file) throws IOException, InterruptedException {
        Process running;
        synchronized (file) {
            running = java.util.Objects.requireNonNull(file.running);
        }
        String said = new String(running.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (running.waitFor() == 0) {
            file.end("FINISHED", "");
            return;
        }
        Matcher error = ERROR.matcher(said);
        String words = error.find()
                ? "[%s] %s".formatted(error.group(1), error.group(2).strip())
                : "[5] " + said.strip();
        file.end("FAILED", end(words) + words);
    }

    /** FTS's own copying program asks each end by itself, and so knows which one it was. */
    private static String end(String words) {
        String lower = words.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("[2]") || lower.contains("source")) {
            return "SOURCE ";
        }
        return lower.contains("exist") || lower.contains("destination") ? "DESTINATION " : "TRANSFER ";
    }

    private static String davs(URI address) {
        return address.toString().replaceFirst("^http", "dav");
    }

    @Override
    public void close() {
        jobs.values().forEach(this::cancel);
        workers.shutdownNow();
    }
}
