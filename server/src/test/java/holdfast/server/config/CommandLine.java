package holdfast.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real command line, each verb in a process of its own, as a person runs it against a server. */
final class CommandLine {
    private final RucioServer server;
    private final Path folder;

    CommandLine(RucioServer server, Path folder) throws IOException {
        this.server = server;
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("secret"), server.secret() + "\n");
    }

    /** How a verb ended. */
    record Ended(int code, String out, String err) {}

    Process begin(Path out, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--secret-file", folder.resolve("secret").toString()));
        return bare(out, all.toArray(String[]::new));
    }

    /** Without the secret, and what it writes is read while it runs. */
    Process piped(String... words) throws IOException {
        return builder(words).redirectError(folder.resolve("err").toFile()).start();
    }

    /** Without the secret; what is kept of logins stands below the folder. */
    Process bare(Path out, String... words) throws IOException {
        return builder(words)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private ProcessBuilder builder(String... words) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "holdfast.cli.Holdfast"));
        all.addAll(List.of(words));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port()));
        ProcessBuilder process = new ProcessBuilder(all).directory(folder.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
        process.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return process;
    }

    Path logins() {
        return folder.resolve("config/holdfast/logins.json");
    }

    /** Makes a signer's key. */
    int signer(String key) throws Exception {
        List<String> words = builder("signer", "new", "--out", key).command();
        // A verb without a server has no --url.
        return new ProcessBuilder(words.subList(0, words.size() - 2))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start()
                .waitFor();
    }

    Ended loggedIn(String... words) throws Exception {
        Path out = folder.resolve("out");
        int code = bare(out, words).waitFor();
        return new Ended(code, Files.readString(out), Files.readString(folder.resolve("err")));
    }

    Ended run(String... words) throws Exception {
        Path out = folder.resolve("out");
        int code = begin(out, words).waitFor();
        return new Ended(code, Files.readString(out), Files.readString(folder.resolve("err")));
    }
}
