package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names that are shown to the public, or are to be. What was public once stays in the list. */
public final class OpenData {
    private static final Pattern DOI = Pattern.compile("10\\.[0-9]{4,9}/\\S{1,240}");

    private final Collections collections;
    private final HouseClock clock;
    private final Shelf<Entry> shelf;

    /** Who sees it. A draft becomes public; what was public is at most suspended. */
    public enum State {
        DRAFT,
        PUBLIC,
        SUSPENDED
    }

    /**
     * One name's entry.
     *
     * @param meta a JSON object
     */
    public record Entry(
            State state,
            String meta,
            Optional<String> doi,
            Optional<Long> recordId,
            Instant created,
            Instant updated) {}

    /** What is to change; what is empty stays. */
    public record Change(Optional<State> state, Optional<String> meta, Optional<String> doi, Optional<Long> recordId) {}

    public OpenData(Registry registry, Collections collections, HouseClock clock) {
        this.collections = collections;
        this.clock = clock;
        this.shelf = new Shelf<>(registry, "opendata", Entry.class);
    }

    /** All that may be known of, by name, {@code scope:name}. */
    public NavigableMap<String, Entry> all(Visible sees) {
        NavigableMap<String, Entry> known = new TreeMap<>();
        shelf.all().forEach((name, entry) -> {
            if (sees.allows(DataId.parse(name))) {
                known.put(name, entry);
            }
        });
        return known;
    }

    /** 404 OpenDataDataIdentifierNotFound where the name has no entry. */
    public Entry must(DataId id, Visible sees) {
        return shelf.find(id.toString()).filter(_ -> sees.allows(id)).orElseThrow(() -> notFound(id));
    }

    public static RucioError notFound(DataId id) {
        return RucioError.notFound("OpenDataDataIdentifierNotFound", "OpenData DID '%s' not found.".formatted(id));
    }

    /** Adds a draft; 404 DataIdentifierNotFound where nothing has that name. */
    public void add(Writer who, DataId id) {
        who.mustKnow(List.of(id));
        collections.refuseObserved(List.of(id));
        collections.must(id, who.sees());
        Instant now = clock.now();
        shelf.change(who.account(), documents -> {
            if (shelf.find(documents, id.toString()).isPresent()) {
                throw RucioError.conflict(
                        "OpenDataDataIdentifierAlreadyExists", "OpenData DID '%s' already exists.".formatted(id));
            }
            return List.of(shelf.put(
                    id.toString(), new Entry(State.DRAFT, "{}", Optional.empty(), Optional.empty(), now, now)));
        });
    }

    public void update(Writer who, DataId id, Change change) {
        who.mustKnow(List.of(id));
        collections.refuseObserved(List.of(id));
        change.doi().filter(doi -> !DOI.matcher(doi).matches()).ifPresent(doi -> {
            throw RucioError.bad("InputValidationError", "'" + doi + "' is no DOI; it begins with 10. and has a slash");
        });
        boolean open = collections.must(id, who.sees()) instanceof Catalogued.OfCollection collection
                && collection.row().open();
        if (open && change.state().equals(Optional.of(State.PUBLIC))) {
            throw RucioError.bad(
                    "OpenDataInvalidStateUpdate", "Cannot set state to PUBLIC. The DID must be closed first.");
        }
        Instant now = clock.now();
        shelf.change(who.account(), documents -> {
            Entry old = shelf.find(documents, id.toString()).orElseThrow(() -> notFound(id));
            change.state().ifPresent(next -> check(old.state(), next));
            shelf.all(documents).forEach((name, other) -> {
                if (!name.equals(id.toString())) {
                    unlike(change.doi(), other.doi(), "OpenDataDuplicateDOI", name);
                    unlike(change.recordId(), other.recordId(), "OpenDataDuplicateRecordID", name);
                }
            });
            return List.of(shelf.put(
                    id.toString(),
                    new Entry(
                            change.state().orElse(old.state()),
                            change.meta().orElse(old.meta()),
                            change.doi().or(old::doi),
                            change.recordId().or(old::recordId),
                            old.created(),
                            now)));
        });
    }

    private static void check(State from, State to) {
        boolean fine = switch (to) {
            case DRAFT -> from == State.DRAFT;
            case PUBLIC -> true;
            case SUSPENDED -> from != State.DRAFT;
        };
        if (!fine) {
            throw RucioError.bad("OpenDataInvalidStateUpdate", "Cannot go from state %s to %s".formatted(from, to));
        }
    }

    private static <T> void unlike(Optional<T> mine, Optional<T> other, String kind, String name) {
        if (mine.isPresent() && mine.equals(other)) {
            throw RucioError.conflict(kind, "'%s' is that of %s already".formatted(mine.get(), name));
        }
    }

    /** Only a draft goes. */
    public void remove(Writer who, DataId id) {
        if (!who.sees().allows(id)) {
            throw notFound(id);
        }
        collections.refuseObserved(List.of(id));
        shelf.change(who.account(), documents -> {
            Entry old = shelf.find(documents, id.toString()).orElseThrow(() -> notFound(id));
            if (old.state() != State.DRAFT) {
                throw RucioError.bad(
                        "OpenDataInvalidState",
                        "OpenData entry '%s' not in a valid state for deletion. State: %s, expected: DRAFT"
                                .formatted(id, old.state()));
            }
            return List.of(shelf.drop(id.toString()));
        });
    }
}
