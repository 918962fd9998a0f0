package holdfast.server.openers;

import holdfast.formats.Opener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs an opener as a child process: in a folder of its own, with nothing of this process's environment, for a limited
 * time, and with a limit on what it may print. Its children are ended with it.
 */
final class Program {
    static final int MOST_OUTPUT = 64 * 1024;

    private static final Pattern EVENTS = Pattern.compile("(?m)^events=([0-9]{1,18})\\s*$");
    private static final int TOLD = 200;
    private static final long GRACE_SECONDS = 2;

    /** Shells and loaders say by these that the program itself could not be run; above them it was killed. */
    private static final int NOT_RUN = 125;

    private final Opener opener;

    Program(Opener opener) {
        this.opener = opener;
    }

    Opened run(Path folder, Path file) {
        try {
            Process process = builder(folder, file).start();
            try {
                return outcome(process);
            } finally {
                end(process);
            }
        } catch (IOException e) {
            return new Opened.NotKnown("its opener cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Opened.NotKnown("the server is being stopped");
        }
    }

    private ProcessBuilder builder(Path folder, Path file) {
        List<String> words = opener.command().stream()
                .map(word -> word.equals(Opener.FILE) ? file.toString() : word)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/local/bin:/usr/bin:/bin",
                        "HOME",
                        folder.toString(),
                        "TMPDIR",
                        folder.toString(),
                        "LANG",
                        "C.UTF-8"));
        return builder;
    }

    private Opened outcome(Process process) throws InterruptedException {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().name("opener-output").start(() -> read(process, output));
        if (!process.waitFor(opener.limit().toMillis(), TimeUnit.MILLISECONDS)) {
            return new Opened.NotKnown(
                    "its opener did not end within " + opener.limit().toSeconds() + " s");
        }
        int exit = process.exitValue();
        String said = said(output);
        if (said.length() > MOST_OUTPUT) {
            return new Opened.NotKnown("its opener printed more than " + MOST_OUTPUT + " bytes");
        }
        if (exit > NOT_RUN) {
            return new Opened.NotKnown("its opener was killed or could not be run: exit " + exit + told(said));
        }
        return exit == 0 ? new Opened.Opens(events(said)) : new Opened.Fails("exit " + exit + told(said));
    }

    /** One byte more than is allowed is read, and then the program is ended: it would fill our memory or wait for ever. */
    private static void read(Process process, CompletableFuture<String> output) {
        try (InputStream bytes = process.getInputStream()) {
            String said = new String(bytes.readNBytes(MOST_OUTPUT + 1), StandardCharsets.ISO_8859_1);
            if (said.length() > MOST_OUTPUT) {
                end(process);
            }
            output.complete(said);
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }

    /** A child that the program left behind may hold its output open; what was said until then is not waited for. */
    private static String said(CompletableFuture<String> output) throws InterruptedException {
        try {
            return output.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static OptionalLong events(String said) {
        Matcher events = EVENTS.matcher(said);
        OptionalLong last = OptionalLong.empty();
        while (events.find()) {
            last = OptionalLong.of(Long.parseLong(events.group(1)));
        }
        return last;
    }

    private static String told(String said) {
        String[] lines = said.strip().split("\n", -1);
        String last = lines[lines.length - 1].replaceAll("\\p{Cntrl}", " ").strip();
        return last.isEmpty() ? "" : ", " + last.substring(0, Math.min(last.length(), TOLD));
    }
}
