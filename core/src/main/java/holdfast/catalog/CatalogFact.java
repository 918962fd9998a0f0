package holdfast.catalog;

import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** This room's own facts. */
public sealed interface CatalogFact extends Fact {

    /** All placement duties of these files were met for the first time: grace is over for them. */
    record FilesPlaced(List<FileRow> files) implements CatalogFact, ChangesCatalog {
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

    /** Somebody said something else of these files: their attributes changed. */
    record FilesDescribed(List<FileRow> files) implements CatalogFact, ChangesCatalog {
        public static final String KIND = "catalog.files-described";

        public FilesDescribed {
            files = List.copyOf(files);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return new FilesPlaced(files).lines();
        }

        public static FilesDescribed read(List<Line> lines) {
            return new FilesDescribed(FilesPlaced.read(lines).files());
        }
    }

    /** Copies of registered files of which somebody said so: nothing was read, so each is to be inspected. */
    record CopiesClaimed(List<CopyRow> copies) implements CatalogFact, ChangesCatalog {
        public static final String KIND = "catalog.copies-claimed";

        public CopiesClaimed {
            copies = List.copyOf(copies);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return copies.stream().map(c -> c.write(new Line.Writer()).line()).toList();
        }

        public static CopiesClaimed read(List<Line> lines) {
            return new CopiesClaimed(
                    lines.stream().map(l -> CopyRow.read(new Line.Reader(l))).toList());
        }
    }

    /** Collections as they stand now: made, closed, described, removed. */
    record CollectionsChanged(List<CollectionRow> collections) implements CatalogFact {
        public static final String KIND = "catalog.collections-changed";

        public CollectionsChanged {
            collections = List.copyOf(collections);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return collections.stream()
                    .map(c -> c.write(new Line.Writer()).line())
                    .toList();
        }

        public static CollectionsChanged read(List<Line> lines) {
            return new CollectionsChanged(lines.stream()
                    .map(l -> CollectionRow.read(new Line.Reader(l)))
                    .toList());
        }
    }

    /**
     * The content of one collection grew or shrank by these.
     *
     * @param children files of a dataset, or collections of a container, each once
     */
    record ContentChanged(Change change, DataId parent, List<DataId> children) implements CatalogFact {
        public ContentChanged {
            children = List.copyOf(children);
        }

        /** What happened; each is a kind of the journal of its own. */
        public enum Change {
            ATTACHED,
            DETACHED;

            public String kind() {
                return "catalog.content-" + name().toLowerCase(Locale.ROOT);
            }
        }

        public static List<String> kinds() {
            return Arrays.stream(Change.values()).map(Change::kind).toList();
        }

        @Override
        public String kind() {
            return change.kind();
        }

        /** The parent's line, then one for each child. */
        @Override
        public List<Line> lines() {
            return named(parent, children);
        }

        public static ContentChanged read(String kind, List<Line> lines) {
            Change change = Arrays.stream(Change.values())
                    .filter(c -> c.kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
            List<DataId> ids = lines.stream().map(CatalogFact::id).toList();
            return new ContentChanged(change, ids.getFirst(), ids.subList(1, ids.size()));
        }
    }

    /**
     * Somebody said that these files lie within one file that is an archive. It only grows: the archive's bytes never
     * change.
     *
     * @param constituents registered files that it was not said of before, each once
     */
    record ArchiveFilled(DataId archive, List<DataId> constituents) implements CatalogFact {
        public static final String KIND = "catalog.archive-filled";

        public ArchiveFilled {
            constituents = List.copyOf(constituents);
        }

        @Override
        public String kind() {
            return KIND;
        }

        /** The archive's line, then one for each constituent. */
        @Override
        public List<Line> lines() {
            return named(archive, constituents);
        }

        public static ArchiveFilled read(List<Line> lines) {
            List<DataId> ids = lines.stream().map(CatalogFact::id).toList();
            return new ArchiveFilled(ids.getFirst(), ids.subList(1, ids.size()));
        }
    }

    /** Names, one a line. */
    private static List<Line> named(DataId first, List<DataId> others) {
        List<Line> lines = new ArrayList<>(others.size() + 1);
        lines.add(line(first));
        others.forEach(id -> lines.add(line(id)));
        return lines;
    }

    private static Line line(DataId id) {
        return new Line.Writer().put(id.scope()).put(id.name()).line();
    }

    private static DataId id(Line text) {
        Line.Reader line = new Line.Reader(text);
        return new DataId(new Scope(line.text()), line.text());
    }
}
