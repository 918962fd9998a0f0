package holdfast.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A prompt at which verbs are typed; keeps what the last one wrote. */
final class Prompt {
    private final String url;
    private final Path secretFile;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    Prompt(String url, Path folder) throws IOException {
        this.url = url;
        this.secretFile = Files.writeString(folder.resolve("admin.secret"), FakeServer.SECRET + "\n");
    }

    /** Runs a verb against the server; answers its exit code. */
    int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", url, "--secret-file", secretFile.toString()));
        return bare(all.toArray(String[]::new));
    }

    /** Runs exactly these words. */
    int bare(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    Path secretFile() {
        return secretFile;
    }
}
