package holdfast.fixity;

import holdfast.catalog.ChangesCatalog;
import holdfast.catalog.CopyRow;
import holdfast.journal.Line;
import java.util.ArrayList;
import java.util.List;

/** This room's own facts. */
public sealed interface FixityFact extends ChangesCatalog {

    /**
     * Copies were inspected, and their rows are now so.
     *
     * @param outcomes what was seen of each copy, in the order of the copies
     */
    record CopiesInspected(List<CopyRow> copies, List<Outcome> outcomes) implements FixityFact {
        public static final String KIND = "fixity.copies-inspected";

        public CopiesInspected {
            copies = List.copyOf(copies);
            outcomes = List.copyOf(outcomes);
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
                        .write(new Line.Writer().put(outcomes.get(i)))
                        .line());
            }
            return lines;
        }

        public static CopiesInspected read(List<Line> lines) {
            List<CopyRow> copies = new ArrayList<>(lines.size());
            List<Outcome> outcomes = new ArrayList<>(lines.size());
            for (Line line : lines) {
                Line.Reader reader = new Line.Reader(line);
                outcomes.add(Outcome.valueOf(reader.text()));
                copies.add(CopyRow.read(reader));
            }
            return new CopiesInspected(copies, outcomes);
        }
    }
}
