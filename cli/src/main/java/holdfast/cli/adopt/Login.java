package holdfast.cli.adopt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How to be let in by a Rucio server. */
public sealed interface Login {

    /** By a user's name and the password in a file. */
    record Password(String account, String user, Path file) implements Login {}

    /** By a token that somebody else asked for. */
    record Token(Path file) implements Login {}

    /** The first line of a file that holds a secret. */
    static String secret(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new NoSource(file + " is empty; put the secret into its first line"));
        } catch (IOException bad) {
            throw new NoSource(file + " cannot be read (" + bad.getMessage() + "); name another file", bad);
        }
    }
}
