package holdfast.server.rebuild;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is a closed segment by its name: {@code segment-FIRST-LAST.txt}, or with a word before the ending where the
 * name was taken by other bytes. What the name says only orders the search; the content decides.
 *
 * @param place where it lies, for people
 * @param first number of the first entry, by the name
 * @param last number of the last entry, by the name
 */
public record SegmentFile(String place, long first, long last, Opening bytes) {
    private static final Pattern NAME = Pattern.compile("segment-([0-9]{12,18})-([0-9]{12,18})(\\.[a-z0-9]+)?\\.txt");

    /** Opens the bytes from their beginning, as often as asked. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /** The file of a name; empty when the name is not that of a segment. */
    public static Optional<SegmentFile> named(String name, String place, Opening bytes) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(
                        new SegmentFile(place, Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), bytes))
                : Optional.empty();
    }
}
