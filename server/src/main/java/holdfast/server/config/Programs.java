package holdfast.server.config;

import holdfast.formats.OpenersFile;
import holdfast.server.openers.Openers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs that open files, by the file that the options name. */
final class Programs {
    private Programs() {}

    /**
     * The openers; none where no file is named.
     *
     * @throws holdfast.formats.Result.BadFile when the file is not what it should be
     */
    static Openers of(Options options) throws IOException {
        Path folder = options.data().resolve("openers");
        if (options.openers().isEmpty()) {
            return new Openers(folder, List.of());
        }
        Path file = options.openers().get();
        if (!Files.isRegularFile(file)) {
            throw new Options.BadOption("--openers " + file + " is no file; see docs/reference/openers-file.md");
        }
        return new Openers(
                folder,
                OpenersFile.read(Files.readString(file), file.toString()).orThrow());
    }
}
