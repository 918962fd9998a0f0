package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One outside program, run to its end.
 *
 * @param words the program and its arguments; no shell reads them
 * @param folder where it runs
 */
record Command(List<String> words, Path folder) {
    /** @param text everything it printed, both streams together */
    record Outcome(int exit, String text) {
        boolean succeeded() {
            return exit == 0;
        }
    }

    Outcome run(Duration limit) {
        return run(limit, "");
    }

    /** Runs it with the given text as its standard input. After {@code limit} it is killed and counts as failed. */
    Outcome run(Duration limit, String input) {
        try {
            Process process = builder().redirectErrorStream(true).start();
            var text = CompletableFuture.supplyAsync(() -> allOf(process), Thread::startVirtualThread);
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The program ended before it read everything: its exit value tells the story.
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, "not finished after " + limit.toSeconds() + " s: " + text.join());
            }
            return new Outcome(process.exitValue(), text.join());
        } catch (IOException e) {
            return new Outcome(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, "interrupted");
        }
    }

    /** The environment is emptied: nothing the server knows leaks, and no PG variable of the caller has a say. */
    ProcessBuilder builder() {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
        return builder;
    }

    private static String allOf(Process process) {
        try (var in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
