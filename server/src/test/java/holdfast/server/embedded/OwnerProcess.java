package holdfast.server.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A server in a process of its own, to be killed by a test. */
final class OwnerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader words;

    private OwnerProcess(Process process) {
        this.process = process;
        this.words = process.inputReader();
    }

    static OwnerProcess of(Path dataDir, Path cache) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                dataDir.toString(),
                cache.toString());
        return new OwnerProcess(builder.redirectErrorStream(true).start());
    }

    /** The process id of its database, or the words it failed with. */
    String says() throws IOException {
        return String.valueOf(words.readLine());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        var settings = EmbeddedPostgres.Settings.in(Path.of(arguments[0])).withCache(Path.of(arguments[1]));
        try {
            System.out.println(EmbeddedPostgres.start(settings).pid());
        } catch (EmbeddedPostgresException e) {
            System.out.println(e.getMessage());
        }
        int end = System.in.read();
        System.exit(end);
    }
}
