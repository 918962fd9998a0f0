package holdfast.server.grid;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jobs of the FTS endpoint of these tests: each file is brought online, copied and waited for by gfal2's own programs, between
 * real servers. The sources of one file are tried in their order.
 */
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

    /** A job; with several sources its files are one file's. */
    record Job(String id, boolean isChoice, List<FtsFile> files) {
        String state() {
            List<String> all = files.stream()
                    .map(FtsFile::state)
                    .filter(s -> !s.equals("NOT_USED"))
                    .distinct()
                    .toList();
            for (String under : List.of("ACTIVE", "ARCHIVING", "STAGING", "STARTED", "SUBMITTED")) {
                if (all.contains(under)) {
                    return under.equals("STARTED") ? "STAGING" : under;
                }
            }
            if (all.size() == 1 || isChoice && all.contains("FINISHED")) {
                return all.contains("FINISHED") ? "FINISHED" : all.getFirst();
            }
            return all.contains("FINISHED") ? "FINISHEDDIRTY" : all.contains("FAILED") ? "FAILED" : "CANCELED";
        }
    }

    Job add(List<FtsFile.Asked> asked) {
        List<FtsFile> files = asked.stream()
                .flatMap(a -> a.sources().stream().map(source -> new FtsFile(a, source)))
                .toList();
        Job job = new Job(UUID.randomUUID().toString(), files.size() > asked.size(), files);
        jobs.put(job.id, job);
        if (!held) {
            files.stream()
                    .filter(f -> !f.state().equals("NOT_USED"))
                    .forEach(f -> workers.execute(() -> bring(job, f)));
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
        job.files.forEach(FtsFile::cancel);
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

    private void bring(Job job, FtsFile file) {
        try {
            String planted = failures.poll();
            Optional<String> failure = planted == null ? brought(file) : Optional.of(planted);
            if (failure.isEmpty()) {
                file.end("FINISHED", "");
                return;
            }
            Optional<FtsFile> next = job.isChoice
                    ? job.files.stream()
                            .filter(f -> f.state().equals("NOT_USED"))
                            .findFirst()
                    : Optional.empty();
            // In this order, so that nobody sees a job of which nothing is under way.
            next.filter(_ -> !file.isOver()).ifPresent(FtsFile::use);
            if (file.end("FAILED", failure.get())) {
                next.ifPresent(n -> workers.execute(() -> bring(job, n)));
            }
        } catch (IOException e) {
            file.end("FAILED", "TRANSFER [5] " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why not, where it was not brought. */
    private Optional<String> brought(FtsFile file) throws IOException, InterruptedException {
        FtsFile.Tape tape = file.asked.tape();
        if (tape.isStaged()) {
            Optional<String> bad = staged(file, tape);
            if (bad.isPresent()) {
                return bad;
            }
        }
        List<String> copy = new ArrayList<>(List.of("gfal-copy", "-t", "60"));
        file.asked.checksum().filter(_ -> file.asked.verifies()).ifPresent(sum -> {
            copy.addAll(List.of("-K", sum, "--checksum-mode", "target"));
        });
        copy.addAll(List.of(davs(file.source), davs(file.asked.destination())));
        Said said = run(file, "ACTIVE", copy);
        if (said.code != 0) {
            String words = words(said);
            if (!words.startsWith("[17]")) {
                // As FTS does, unless it is asked not to (disable_cleanup).
                run(file, "ACTIVE", List.of("gfal-rm", davs(file.asked.destination())));
            }
            return Optional.of(end(words) + words);
        }
        return tape.archive() > 0 ? archived(file, tape) : Optional.empty();
    }

    private Optional<String> staged(FtsFile file, FtsFile.Tape tape) throws IOException, InterruptedException {
        Said said = run(
                file,
                "STARTED",
                List.of(
                        "gfal-bringonline",
                        "--pin-lifetime",
                        Long.toString(Math.max(1, tape.pin())),
                        "--staging-metadata",
                        tape.told().isMissingNode() ? "{}" : tape.told().toString(),
                        "--polling-timeout",
                        Long.toString(Math.max(1, tape.bringOnline())),
                        davs(file.source)));
        if (said.code == 0 && said.text.contains("READY")) {
            return Optional.empty();
        }
        return Optional.of(
                said.text.contains("FAILED")
                        ? "STAGING [5] " + said.text.strip()
                        : "STAGING [110] bring-online timeout has been exceeded");
    }

    private Optional<String> archived(FtsFile file, FtsFile.Tape tape) throws IOException, InterruptedException {
        Said said = run(
                file,
                "ARCHIVING",
                List.of(
                        "gfal-archivepoll",
                        "--polling-timeout",
                        Long.toString(tape.archive()),
                        davs(file.asked.destination())));
        return said.text.contains("READY")
                ? Optional.empty()
                : Optional.of("ARCHIVING [110] archiving timeout has been exceeded");
    }

    private record Said(int code, String text) {}

    private Said run(FtsFile file, String state, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder program =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        program.environment()
                .putAll(Map.of(
                        "X509_CERT_DIR", authority.certificates().toString(),
                        "BEARER_TOKEN", "nobody-asks-for-it",
                        "LD_LIBRARY_PATH", ""));
        Optional<Process> running = file.begin(state, program);
        if (running.isEmpty()) {
            return new Said(1, "cancelled");
        }
        String text = new String(running.get().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(running.get().waitFor(), text);
    }

    private static String words(Said said) {
        Matcher error = ERROR.matcher(said.text);
        return error.find() ? "[%s] %s".formatted(error.group(1), error.group(2).strip()) : "[5] " + said.text.strip();
    }

    /** FTS's own copying program asks each end by itself, and so knows which one it was. */
    private static String end(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
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
