package holdfast.formats;

/**
 * Something wrong in a file, at its place, with the way out.
 *
 * @param line counted from 1; 0 where the place is not known
 * @param column counted from 1
 * @param what what is wrong, a sentence without a full stop
 * @param hint the remedy; may be empty
 */
public record Finding(int line, int column, String what, String hint) implements Comparable<Finding> {
    /** {@code file:line:column: what (hint)}. */
    public String say(String fileName) {
        String place = line == 0 ? fileName : fileName + ":" + line + ":" + column;
        return hint.isEmpty() ? place + ": " + what : place + ": " + what + " (" + hint + ")";
    }

    /** In the order of the file. */
    @Override
    public int compareTo(Finding other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
