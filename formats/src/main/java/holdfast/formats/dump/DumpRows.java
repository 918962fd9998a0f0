package holdfast.formats.dump;

import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sorted lines as rows, each path once. */
public final class DumpRows<T> implements Iterator<T> {
    private final Iterator<TextLine> lines;
    private final Function<TextLine, T> read;
    private @Nullable TextLine before;

    /** @param read throws {@link BadRow} on a line that is no row */
    public DumpRows(Iterator<TextLine> lines, Function<TextLine, T> read) {
        this.lines = lines;
        this.read = read;
    }

    @Override
    public boolean hasNext() {
        return lines.hasNext();
    }

    /** @throws BadRow on a line that is no row, out of order, or of a path that stood before */
    @Override
    public T next() {
        TextLine line = lines.next();
        T row = read.apply(line);
        int order = before == null ? -1 : PathOrder.compare(before, line);
        if (before != null && order >= 0) {
            throw bad(before, line, order == 0);
        }
        before = line;
        return row;
    }

    private static BadRow bad(TextLine before, TextLine line, boolean twice) {
        String path = new TextLine(line.place(), line.path()).text();
        long first = Math.min(before.place(), line.place());
        long second = Math.max(before.place(), line.place());
        return twice
                ? new BadRow(second, first, path + " stands in the dump twice", "one path is one row: take it again")
                : new BadRow(
                        second,
                        first,
                        path + " stands behind a path that it belongs before, in a dump whose header says sorted",
                        "write unsorted into the header: the comparison sorts it then");
    }
}
