package holdfast.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Golden rows from a resource: made once by another program than the one under test, and never changed. */
public final class Golden {
    private Golden() {}

    /** The rows of a file of tab-separated fields with the escapes of decision 0002; lines that begin with # are notes. */
    public static List<List<String>> rows(String file) {
        return raw(file).stream()
                .map(row -> Line.of(row).fields().stream()
                        .map(Optional::orElseThrow)
                        .toList())
                .toList();
    }

    /** The rows as they stand. */
    static List<String> raw(String file) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/" + file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.split("\n")).stream()
                    .filter(row -> !row.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
