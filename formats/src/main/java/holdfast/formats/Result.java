package holdfast.formats;

import java.util.List;

/** What became of reading a file: its value, or all that is wrong with it. */
public sealed interface Result<T> {
    record Read<T>(T value) implements Result<T> {}

    /** Refused whole; the findings are in the order of the file and there is at least one. */
    record Refused<T>(String fileName, List<Finding> findings) implements Result<T> {
        public Refused {
            findings = findings.stream().sorted().toList();
        }

        /** One finding to a line, each with its place. */
        public String say() {
            return String.join("\n", findings.stream().map(f -> f.say(fileName)).toList());
        }
    }

    /**
     * The value.
     *
     * @throws BadFile when the file was refused, with all findings in its message
     */
    default T orThrow() {
        return switch (this) {
            case Read<T>(T value) -> value;
            case Refused<T> refused -> throw new BadFile(refused.say());
        };
    }

    /** A file that cannot be read as what it should be; the message names each place and remedy. */
    final class BadFile extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadFile(String message) {
            super(message);
        }
    }
}
