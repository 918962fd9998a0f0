package holdfast.server.adoption;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CollectionRow.Extent;
import holdfast.catalog.CollectionRow.Kind;
import holdfast.catalog.CollectionRow.Times;
import holdfast.custody.InForce;
import holdfast.journal.Fact;
import holdfast.server.adoption.AdoptionJournal.Step;
import holdfast.server.catalog.FileMeta;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ChildTable;
import holdfast.server.sql.ChildTable.CollectionChild;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes datasets and containers of the other server over, each with its dates and as open as it is there. */
public final class AdoptedCollections {
    private final AdoptionJournal journal;
    private final ChildTable children;
    private final HouseClock clock;
    private final Supplier<InForce> inForce;

    public AdoptedCollections(Words words, SqlJournal journal, HouseClock clock, Supplier<InForce> inForce) {
        this.journal = new AdoptionJournal(journal);
        this.children = new ChildTable(words);
        this.clock = clock;
        this.inForce = inForce;
    }

    /** What became of a batch. */
    public record Taken(Counted collections, List<Conflict> conflicts) {}

    /** One transaction; 409 where a scope is managed here. */
    public Taken take(List<CollectionSaid> said) {
        List<Conflict> unread = new ArrayList<>();
        Map<DataId, CollectionRow> rows = new TreeMap<>();
        Instant now = clock.now();
        for (CollectionSaid one : said) {
            read(one, now, unread).ifPresent(row -> rows.putIfAbsent(row.id(), row));
        }
        List<Scope> scopes = said.stream()
                .map(CollectionSaid::scope)
                .distinct()
                .map(Scope::new)
                .toList();
        return journal.append(scopes, connection -> {
            List<DataId> ids = List.copyOf(rows.keySet());
            Map<DataId, CollectionChild> there = children.collections(connection, 0, ids);
            var files = children.files(connection, 0, ids);
            List<Conflict> conflicts = new ArrayList<>(unread);
            List<CollectionRow> changed = new ArrayList<>();
            long fresh = 0;
            long known = 0;
            for (CollectionRow row : rows.values()) {
                Optional<CollectionRow> old = Optional.ofNullable(there.get(row.id()))
                        .map(c -> c.collection().row());
                if (files.containsKey(row.id())) {
                    conflicts.add(
                            Conflict.of(row.id(), "type", "FILE", row.kind().name()));
                } else if (old.isEmpty()) {
                    changed.add(row);
                    fresh++;
                } else if (differs(old.get(), row).isPresent()) {
                    conflicts.add(differs(old.get(), row).get());
                } else {
                    known++;
                    closed(old.get(), row).ifPresent(changed::add);
                }
            }
            List<Fact> facts = changed.isEmpty() ? List.of() : List.of(new CollectionsChanged(changed));
            return new Step<>(facts, new Taken(new Counted(fresh, known), conflicts));
        });
    }

    private static Optional<Conflict> differs(CollectionRow old, CollectionRow row) {
        if (old.removed()) {
            return Optional.of(Conflict.of(
                    row.id(), "collection", "it was removed here, and a name is never given again", "it stands"));
        }
        return old.kind() == row.kind()
                ? Optional.empty()
                : Optional.of(Conflict.of(
                        row.id(), "type", old.kind().name(), row.kind().name()));
    }

    /** What was closed there since it was taken over is closed here too. */
    private static Optional<CollectionRow> closed(CollectionRow old, CollectionRow row) {
        if (!old.open() || row.open()) {
            return Optional.empty();
        }
        Times times = new Times(
                old.times().created(),
                row.times().updated(),
                row.times().closed(),
                row.times().expires());
        return Optional.of(new CollectionRow(
                old.id(),
                old.kind(),
                old.account(),
                false,
                old.monotonic(),
                times,
                row.extent(),
                old.metadata(),
                false));
    }

    private Optional<CollectionRow> read(CollectionSaid said, Instant now, List<Conflict> conflicts) {
        try {
            DataId id = new DataId(new Scope(said.scope()), said.name());
            Optional<Kind> kind = kind(said.type());
            if (kind.isEmpty()) {
                conflicts.add(Conflict.of(id, "type", "a collection is a DATASET or a CONTAINER", "" + said.type()));
                return Optional.empty();
            }
            if (!inForce.get().naming().hasForm(id.name())) {
                String form = "the name does not have the form "
                        + inForce.get().naming().form();
                conflicts.add(Conflict.of(id, "name", form, id.name()));
                return Optional.empty();
            }
            return Optional.of(row(id, kind.get(), said, now, conflicts));
        } catch (BadWord bad) {
            conflicts.add(
                    new Conflict(said.scope(), said.name(), "name", String.valueOf(bad.getMessage()), said.name()));
            return Optional.empty();
        }
    }

    static Optional<Kind> kind(@Nullable String word) {
        return switch (String.valueOf(word).toUpperCase(Locale.ROOT)) {
            case "DATASET", "D" -> Optional.of(Kind.DATASET);
            case "CONTAINER", "C" -> Optional.of(Kind.CONTAINER);
            default -> Optional.empty();
        };
    }

    private static CollectionRow row(DataId id, Kind kind, CollectionSaid said, Instant now, List<Conflict> conflicts) {
        boolean open = said.open() == null || said.open();
        Instant created = said.created() == null || said.created().isAfter(now) ? now : said.created();
        Optional<Instant> closed = open
                ? Optional.empty()
                : Optional.of(Optional.ofNullable(said.closed()).orElse(now));
        Times times = new Times(created, closed.orElse(created), closed, Optional.ofNullable(said.expires()));
        Optional<Extent> extent = open || said.length() == null || said.bytes() == null
                ? Optional.empty()
                : Optional.of(new Extent(said.length(), said.bytes()));
        String metadata = FileMeta.metadata(SoundMetadata.of(
                        said.metadata(), (why, what) -> conflicts.add(Conflict.of(id, "metadata", why, what))))
                .text();
        return new CollectionRow(
                id,
                kind,
                account(id, said, conflicts),
                open,
                said.monotonic() != null && said.monotonic(),
                times,
                extent,
                metadata,
                false);
    }

    private static AccountName account(DataId id, CollectionSaid said, List<Conflict> conflicts) {
        if (said.account() == null || AccountName.isOne(said.account())) {
            return said.account() == null ? AccountName.ROOT : new AccountName(said.account());
        }
        conflicts.add(Conflict.of(id, "account", "no account can be called so; root has it", said.account()));
        return AccountName.ROOT;
    }
}
