package holdfast.formats;

import java.time.Duration;
import java.util.List;

/**
 * A program that opens files of one format.
 *
 * @param format as plans name it, after {@code as}
 * @param command its words; the one word {@link #FILE} stands for the file
 * @param limit how long it may run
 */
public record Opener(String format, List<String> command, Duration limit) {
    /** The word of a command for which the file's path is put. */
    public static final String FILE = "{file}";

    public Opener {
        command = List.copyOf(command);
    }
}
