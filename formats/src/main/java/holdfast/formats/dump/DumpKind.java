package holdfast.formats.dump;

import java.util.List;

/** What a dump holds. */
public enum DumpKind {
    /** The copies that the catalogue records at an element. */
    CATALOGUE("holdfast-catalogue-dump", List.of("path", "bytes", "checksums", "state", "written", "name")),
    /** What stands on an element. */
    LISTING("holdfast-listing-dump", List.of("path", "bytes", "checksums"));

    private final String label;
    private final List<String> columns;

    DumpKind(String label, List<String> columns) {
        this.label = label;
        this.columns = columns;
    }

    /** How the header calls it. */
    public String label() {
        return label;
    }

    /** The columns of a row, in their order. */
    public List<String> columns() {
        return columns;
    }
}
