package holdfast.catalog;

import holdfast.journal.Line;
import java.util.List;

/** This room's own facts. */
public sealed interface CatalogFact extends ChangesCatalog {

    /** All placement duties of these files were met for the first time: grace is over for them. */
    record FilesPlaced(List<FileRow> files) implements CatalogFact {
        public static final String KIND = "catalog.files-placed";

        public FilesPlaced {
            files = List.copyOf(files);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return files.stream().map(f -> f.write(new Line.Writer()).line()).toList();
        }

        public static FilesPlaced read(List<Line> lines) {
            return new FilesPlaced(
                    lines.stream().map(l -> FileRow.read(new Line.Reader(l))).toList());
        }
    }
}
