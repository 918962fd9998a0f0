package holdfast.transfer;

import holdfast.catalog.ChangesCatalog;
import holdfast.catalog.CopyRow;
import holdfast.journal.Line;
import holdfast.vocabulary.StorageName;
import java.util.ArrayList;
import java.util.List;

/** This room's own facts. Attempts and orders in flight are work, not facts. */
public sealed interface TransferFact extends ChangesCatalog {

    /**
     * Copies were written, made durable, and both ends agreed by digest.
     *
     * @param sources where each copy was read from, in the order of the copies
     */
    record CopiesArrived(List<CopyRow> copies, List<StorageName> sources) implements TransferFact {
        public static final String KIND = "transfer.copies-arrived";

        public CopiesArrived {
            copies = List.copyOf(copies);
            sources = List.copyOf(sources);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            List<Line> lines = new ArrayList<>(copies.size());
            for (int i = 0; i < copies.size(); i++) {
                lines.add(copies.get(i)
                        .write(new Line.Writer().put(sources.get(i)))
                        .line());
            }
            return lines;
        }

        public static CopiesArrived read(List<Line> lines) {
            List<CopyRow> copies = new ArrayList<>(lines.size());
            List<StorageName> sources = new ArrayList<>(lines.size());
            for (Line line : lines) {
                Line.Reader reader = new Line.Reader(line);
                sources.add(new StorageName(reader.text()));
                copies.add(CopyRow.read(reader));
            }
            return new CopiesArrived(copies, sources);
        }
    }
}
