package holdfast.spark;

import holdfast.fixity.ListedBytes;
import holdfast.fixity.Reconciliation;
import holdfast.fixity.RecordedCopy;
import holdfast.formats.dump.BadRow;
import holdfast.formats.dump.DumpKind;
import holdfast.formats.dump.DumpRows;
import holdfast.formats.dump.DumpText;
import holdfast.formats.dump.Findings;
import holdfast.formats.dump.TextLine;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapFunction2;
import scala.Tuple2;

/**
 * Compares one range of both dumps, whose lines the cluster has sorted: findings as lines, then a note of what was counted
 * or of what cannot be believed.
 *
 * @param listedAt when the listing began
 */
record RangeComparison(Instant listedAt)
        implements FlatMapFunction2<Iterator<Tuple2<byte[], byte[]>>, Iterator<Tuple2<byte[], byte[]>>, String> {

    @Override
    public Iterator<String> call(Iterator<Tuple2<byte[], byte[]>> recorded, Iterator<Tuple2<byte[], byte[]>> listed) {
        return new Lines(recorded, listed, listedAt);
    }

    /** A bad row with the dump that it stands in. */
    private static final class BadSide extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final DumpKind dump;
        private final BadRow row;

        BadSide(DumpKind dump, BadRow row) {
            super(row);
            this.dump = dump;
            this.row = row;
        }
    }

    /** The sorted rows of one dump in this range. */
    private static final class Side<T> implements Iterator<T> {
        private final DumpKind dump;
        private final DumpRows<T> rows;

        Side(DumpKind dump, Iterator<Tuple2<byte[], byte[]>> keyed, Function<TextLine, T> read) {
            this.dump = dump;
            this.rows = new DumpRows<>(
                    new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return keyed.hasNext();
                        }

                        @Override
                        public TextLine next() {
                            return KeyedLine.line(keyed.next());
                        }
                    },
                    read);
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public T next() {
            try {
                return rows.next();
            } catch (BadRow bad) {
                throw new BadSide(dump, bad);
            }
        }
    }

    private static final class Lines implements Iterator<String> {
        private final Iterator<Tuple2<byte[], byte[]>> recorded;
        private final Iterator<Tuple2<byte[], byte[]>> listed;
        private final Instant listedAt;
        private java.util.Optional<Reconciliation> begun = java.util.Optional.empty();
        private boolean ended;

        Lines(Iterator<Tuple2<byte[], byte[]>> recorded, Iterator<Tuple2<byte[], byte[]>> listed, Instant listedAt) {
            this.recorded = recorded;
            this.listed = listed;
            this.listedAt = listedAt;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public String next() {
            if (ended) {
                throw new NoSuchElementException("this range was compared");
            }
            try {
                Reconciliation comparison = begun.orElseGet(this::begin);
                begun = java.util.Optional.of(comparison);
                if (comparison.hasNext()) {
                    return Findings.line(comparison.next());
                }
                ended = true;
                return new Note.Counted(comparison.counted()).line();
            } catch (BadSide bad) {
                ended = true;
                return new Note.Bad(bad.dump, bad.row).line();
            }
        }

        /** Reads the first rows, so that a bad one among them is told too. */
        private Reconciliation begin() {
            return new Reconciliation(
                    new Side<RecordedCopy>(DumpKind.CATALOGUE, recorded, DumpText::recorded),
                    new Side<ListedBytes>(DumpKind.LISTING, listed, DumpText::listed),
                    listedAt);
        }
    }
}
