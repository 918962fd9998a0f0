package holdfast.catalog;

import holdfast.journal.Fact;
import java.util.List;

/** A fact whose effects are rows of the catalogue: each row it names takes the values it states, whatever it was. */
public interface ChangesCatalog extends Fact {
    default List<FileRow> files() {
        return List.of();
    }

    default List<CopyRow> copies() {
        return List.of();
    }
}
