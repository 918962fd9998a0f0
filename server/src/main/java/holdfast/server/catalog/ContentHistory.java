package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CatalogFact.ContentChanged.Change;
import holdfast.server.sql.Entries;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a collection held once and holds no more, from the journal. */
public final class ContentHistory {
    private final Entries entries;

    public ContentHistory(Entries entries) {
        this.entries = entries;
    }

    /** When each of these left last; what is hidden is left out. */
    public Map<DataId, Instant> left(DataId collection, Visible sees) {
        Map<DataId, Instant> left = new TreeMap<>();
        entries.ofKind(Change.DETACHED.kind(), entry -> {
            ContentChanged fact = ContentChanged.read(entry.kind(), entry.lines());
            if (fact.parent().equals(collection)) {
                fact.children().stream().filter(sees::allows).forEach(child -> left.put(child, entry.at()));
            }
        });
        return left;
    }
}
