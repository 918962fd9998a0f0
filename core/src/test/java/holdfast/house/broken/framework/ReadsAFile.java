package holdfast.house.broken.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks core's freedom: files are read elsewhere. */
final class ReadsAFile {
    static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
