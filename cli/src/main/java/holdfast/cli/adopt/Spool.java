package holdfast.cli.adopt;

import holdfast.formats.dump.ExternalSort;
import holdfast.formats.dump.TextLine;
import holdfast.formats.rucio.RucioDid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;

/** Names in their order, however many: what memory does not hold lies in a file that goes with this process. */
final class Spool implements Closeable {
    /** Less than every character that may stand in a scope, so that names sort by scope first. */
    private static final char PARTED = '\u0001';

    private static final long MEMORY = 48L << 20;

    private final ExternalSort sort;
    private final Iterator<TextLine> sorted;
    private final long number;

    private Spool(ExternalSort sort, Iterator<TextLine> sorted, long number) {
        this.sort = sort;
        this.sorted = sorted;
        this.number = number;
    }

    static Spool of(Iterator<RucioDid> names, Path folder) throws IOException {
        long[] number = {0};
        Iterator<TextLine> lines = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return names.hasNext();
            }

            @Override
            public TextLine next() {
                RucioDid did = names.next();
                return new TextLine(number[0]++, (did.scope() + PARTED + did.name()).getBytes(StandardCharsets.UTF_8));
            }
        };
        ExternalSort sort = new ExternalSort(folder, MEMORY);
        try {
            Iterator<TextLine> sorted = sort.sort(lines);
            return new Spool(sort, sorted, number[0]);
        } catch (IOException | RuntimeException broken) {
            sort.close();
            throw broken;
        }
    }

    long number() {
        return number;
    }

    /** The names, once. */
    Iterator<RucioDid> names() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sorted.hasNext();
            }

            @Override
            public RucioDid next() {
                String text = sorted.next().text();
                int end = text.indexOf(PARTED);
                return new RucioDid(text.substring(0, end), text.substring(end + 1));
            }
        };
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }
}
