package holdfast.server.catalog;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.FilesDescribed;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.DidType;
import holdfast.catalog.FileRow;
import holdfast.journal.Fact;
import holdfast.judgement.Holding;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Decides what is said of names from now on. Rows are locked before they are read: files, then collections. */
final class Describing {
    /** What may be said of one name in all, as characters of JSON. */
    private static final int MOST = 64 << 10;

    /** Keys that are columns of a collection's own. */
    private static final Set<String> SPECIAL =
            Set.of(MetadataKeys.LIFETIME, MetadataKeys.ACCOUNT, MetadataKeys.MONOTONIC);

    private static final Set<String> OF_FILES = Set.of(MetadataKeys.GUID, "events");

    private final Holdings holdings;
    private final CollectionTable collections;
    private final MetaConventions conventions;

    Describing(Words words, MetaConventions conventions) {
        this.conventions = conventions;
        this.holdings = new Holdings(words);
        this.collections = new CollectionTable(words);
    }

    /**
     * What is to be said of one name.
     *
     * @param put in place of what was said of these keys; null takes a known key away
     * @param drop a key of which nothing is said any more; 404 KeyNotFound where nothing was
     */
    record Saying(Metadata put, Optional<String> drop) {
        static Saying of(Metadata put) {
            return new Saying(put, Optional.empty());
        }

        static Saying without(String key) {
            return new Saying(Metadata.NONE, Optional.of(key));
        }

        private Metadata on(DataId id, Metadata said) {
            if (drop.isPresent() && !said.has(drop.get())) {
                throw RucioError.notFound("KeyNotFound", "Key '%s' not found for %s".formatted(drop.get(), id));
            }
            Metadata next = said.with(new Metadata(put.column(), put.json()).without(SPECIAL));
            return drop.map(next::without).orElse(next);
        }
    }

    /** What of it may be said of everything below a collection. */
    static Metadata handedDown(Metadata said) {
        return said.without(SPECIAL).without(OF_FILES);
    }

    List<Fact> decide(Connection connection, Map<DataId, Saying> unsorted, Instant now) throws SQLException {
        Map<DataId, Saying> changes = new TreeMap<>(unsorted);
        Map<DataId, Holding> files = holdings.lock(
                connection, changes.keySet().stream().map(DataId::key).toList());
        List<FileRow> described = new ArrayList<>();
        List<CollectionRow> changed = new ArrayList<>();
        for (Map.Entry<DataId, Saying> one : changes.entrySet()) {
            DataId id = one.getKey();
            Optional<FileRow> file = Optional.ofNullable(files.get(id)).flatMap(Holding::file);
            if (file.isPresent()) {
                conventions.check(DidType.FILE, one.getValue().put);
                describe(file.get(), one.getValue()).ifPresent(described::add);
            } else {
                CollectionRow row = locked(connection, id);
                conventions.check(DidType.of(row.kind()), one.getValue().put);
                change(row, one.getValue(), now).ifPresent(changed::add);
            }
        }
        List<Fact> facts = new ArrayList<>();
        if (!described.isEmpty()) {
            facts.add(new FilesDescribed(described));
        }
        if (!changed.isEmpty()) {
            facts.add(new CollectionsChanged(changed));
        }
        return facts;
    }

    private CollectionRow locked(Connection connection, DataId id) throws SQLException {
        return collections
                .lock(connection, id)
                .map(CollectionTable.Numbered::row)
                .filter(row -> !row.removed())
                .orElseThrow(() -> Collections.notFound(id));
    }

    private static Optional<FileRow> describe(FileRow row, Saying saying) {
        for (String key : SPECIAL) {
            if (saying.put.column().containsKey(key)) {
                throw unsettable(key, row.id(), "it is a file, which ends with the rules that hold it");
            }
        }
        Metadata next = bounded(row.id(), saying.on(row.id(), FileMetadata.of(row.attributes())));
        FileRow described = row.describe(FileMetadata.attributes(next));
        return described.equals(row) ? Optional.empty() : Optional.of(described);
    }

    private static Optional<CollectionRow> change(CollectionRow row, Saying saying, Instant now) {
        Map<String, JsonNode> put = saying.put.column();
        for (String key : OF_FILES) {
            if (put.containsKey(key)) {
                throw unsettable(key, row.id(), "only files have it");
            }
        }
        CollectionRow changed = row;
        if (put.containsKey(MetadataKeys.LIFETIME)) {
            changed = changed.expiring(
                    MetadataKeys.lifetime(put.get(MetadataKeys.LIFETIME)).map(now::plus), now);
        }
        if (put.containsKey(MetadataKeys.ACCOUNT)) {
            changed = changed.withAccount(MetadataKeys.account(put.get(MetadataKeys.ACCOUNT)), now);
        }
        if (put.containsKey(MetadataKeys.MONOTONIC)) {
            changed = changed.withMonotonic(MetadataKeys.monotonic(put.get(MetadataKeys.MONOTONIC)), now);
        }
        Metadata said = Metadata.read(row.metadata());
        Metadata next = bounded(row.id(), saying.on(row.id(), said));
        if (!next.equals(said)) {
            changed = changed.withMetadata(next.text(), now);
        }
        return changed.equals(row) ? Optional.empty() : Optional.of(changed);
    }

    private static RucioError unsettable(String key, DataId id, String why) {
        return RucioError.conflict("UnsupportedOperation", "%s for %s cannot be updated: %s".formatted(key, id, why));
    }

    private static Metadata bounded(DataId id, Metadata said) {
        if (said.text().length() > MOST) {
            throw RucioError.bad(
                    "InvalidMetadata",
                    "the metadata of %s would be longer than %d characters; put what is large into a file"
                            .formatted(id, MOST));
        }
        return said;
    }
}
