package holdfast.server.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Programs of this machine that a test starts, waits for and ends by their process, each with a log in one folder. */
final class Programs implements AutoCloseable {
    private static final long LIMIT = 60;

    private final Path logs;
    private final Map<String, String> environment;
    private final List<Process> running = new ArrayList<>();

    Programs(Path logs, Map<String, String> environment) {
        this.logs = logs;
        this.environment = environment;
    }

    /** Whether all are installed. */
    static boolean areThere(String... names) {
        List<Path> folders =
                Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
        return Stream.of(names).allMatch(name -> folders.stream().anyMatch(f -> Files.isExecutable(f.resolve(name))));
    }

    /** Runs one to its end and gives what it printed. */
    String run(String... command) {
        try {
            Path said = Files.createTempFile(logs, command[0] + "-", ".out");
            Process process = builder(command).redirectOutput(said.toFile()).start();
            if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end of " + String.join(" ", command));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        "%s: %s".formatted(String.join(" ", command), Files.readString(log(command[0]))));
            }
            return Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts one that stays, and waits until it answers. */
    Process start(BooleanSupplier answers, String... command) {
        try {
            Process process = builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            running.add(process);
            for (int i = 0; i < LIMIT * 5 && !answers.getAsBoolean(); i++) {
                if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(
                            "%s ended: %s".formatted(command[0], Files.readString(log(command[0]))));
                }
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal such as STOP or CONT. */
    static void signal(Process process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (signal.equals("STOP")) {
                awaitStopped(process);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a busy machine some threads go on for milliseconds after the signal, and answer. */
    private static void awaitStopped(Process process) throws IOException, InterruptedException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        for (int looks = 0; looks < 2_000 && process.isAlive() && isRunning(threads); looks++) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static boolean isRunning(Path threads) throws IOException {
        try (Stream<Path> all = Files.list(threads)) {
            return !all.allMatch(Programs::isStopped);
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            String status = Files.readString(thread.resolve("stat"));
            // The name, in brackets, may hold anything.
            return status.substring(status.lastIndexOf(')') + 1).strip().startsWith("T");
        } catch (IOException e) {
            // It has ended.
            return true;
        }
    }

    static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectError(
                ProcessBuilder.Redirect.appendTo(log(command[0]).toFile()));
    }

    private Path log(String name) {
        return logs.resolve(Path.of(name).getFileName() + ".log");
    }

    @Override
    public void close() {
        running.reversed().forEach(Programs::kill);
    }
}
