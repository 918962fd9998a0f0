package holdfast.server.grid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Command {
    private Command() {}

    /** What a program said on both outputs, and how it ended. */
    record Said(int code, String text) {}

    static String mustRun(Path in, String... command) throws IOException {
        Said said = run(in, Map.of(), command);
        if (said.code != 0) {
            throw new IOException("%s ended with %d: %s".formatted(List.of(command), said.code, said.text));
        }
        return said.text;
    }

    static Said run(Path in, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IOException(List.of(command) + " does not end");
            }
            return new Said(process.exitValue(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
