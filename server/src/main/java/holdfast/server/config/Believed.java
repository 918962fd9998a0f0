package holdfast.server.config;

import holdfast.formats.IssuersFile;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.Issuers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whose tokens are believed, by the file that the options name. */
final class Believed {
    private Believed() {}

    /**
     * The issuers; none where no file is named.
     *
     * @throws holdfast.formats.Result.BadFile when the file is not what it should be
     */
    static Issuers by(Options options, HouseClock clock) throws IOException {
        if (options.issuers().isEmpty()) {
            return new Issuers(List.of(), options.data(), clock);
        }
        Path file = options.issuers().get().toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new Options.BadOption("--issuers " + file + " is no file; see docs/reference/issuers-file.md");
        }
        return new Issuers(
                IssuersFile.read(Files.readString(file), file.toString()).orThrow(), file.resolveSibling("."), clock);
    }
}
