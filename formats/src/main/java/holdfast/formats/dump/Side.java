package holdfast.formats.dump;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Function;

/** One side of a comparison: a dump as sorted rows. What is wrong with it is told with file and line. */
final class Side<T> implements Closeable {
    private final Source source;
    private final DumpFile dump;
    private final ExternalSort sort;
    private final Iterator<T> rows;

    /** Where the rows come from, and what sorting them may take. */
    record Source(Path file, DumpKind kind, Path temporary, long memory) {}

    private Side(Source source, DumpFile dump, ExternalSort sort, Iterator<T> rows) {
        this.source = source;
        this.dump = dump;
        this.sort = sort;
        this.rows = rows;
    }

    /** Opens a dump, and sorts it when its header does not say that it is sorted. */
    static <T> Side<T> open(Source source, Function<TextLine, T> read) throws IOException {
        try {
            DumpFile dump = DumpFile.open(source.file, source.kind);
            ExternalSort sort = new ExternalSort(source.temporary, source.memory);
            try {
                Iterator<TextLine> lines = switch (dump.header().order()) {
                    case SORTED -> dump;
                    case UNSORTED -> sort.sort(dump);
                };
                return new Side<>(source, dump, sort, new DumpRows<>(lines, read));
            } catch (IOException | RuntimeException bad) {
                sort.close();
                dump.close();
                throw bad;
            }
        } catch (BadRow bad) {
            throw told(source, bad);
        }
    }

    DumpHeader header() {
        return dump.header();
    }

    /** The rows in the order of files; a bad one is a {@link BadDump}. */
    Iterator<T> rows() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public T next() {
                try {
                    return rows.next();
                } catch (BadRow bad) {
                    throw told(source, bad);
                }
            }
        };
    }

    private static BadDump told(Source source, BadRow bad) {
        try {
            return DumpFile.explain(source.file.toString(), bad, Files.newInputStream(source.file));
        } catch (IOException unreadable) {
            return new BadDump(source.file + ": " + bad.getMessage() + " (" + bad.hint() + ")");
        }
    }

    @Override
    public void close() throws IOException {
        sort.close();
        dump.close();
    }
}
