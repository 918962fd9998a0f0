package holdfast.server.work;

import holdfast.judgement.Surroundings;
import holdfast.placement.LoadView;
import holdfast.server.sql.Database;
import holdfast.server.sql.DemandTable;
import holdfast.server.sql.State;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the sites hold and are about to hold, in bytes, from the summaries and the demands. A copy that arrived is no demand any
 * more, and is in no summary before it was read back and its home judged again; so that a site which is quick does not look
 * empty meanwhile, what this node saw is not forgotten for a minute or two.
 */
public final class Loads {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Database database;
    private final State state;
    private final DemandTable demands;
    private final AtomicReference<Recent> recent =
            new AtomicReference<>(new Recent(Instant.EPOCH, LoadView.NONE, LoadView.NONE));

    /** What was seen since a moment, and in the minute before. */
    private record Recent(Instant since, LoadView now, LoadView before) {
        Recent at(Instant time) {
            return time.isBefore(since.plus(REMEMBERED)) ? this : new Recent(time, LoadView.NONE, now);
        }

        Recent with(LoadView seen) {
            return new Recent(since, seen.atLeast(now), before);
        }
    }

    public Loads(Database database, State state, DemandTable demands) {
        this.database = database;
        this.state = state;
        this.demands = demands;
    }

    LoadView view(Surroundings surroundings, Instant now) {
        Map<LocalDate, Map<SiteName, ByteSize>> bytes = new HashMap<>();
        database.read(connection -> {
            state.held(connection).forEach(h -> add(bytes, surroundings, h.period(), new At(h.storage(), h.bytes())));
            demands.sums(connection).forEach(d -> add(bytes, surroundings, d.period(), new At(d.storage(), d.bytes())));
            return bytes;
        });
        Recent known = recent.get().at(now);
        return new LoadView(bytes, Map.of()).atLeast(known.now).atLeast(known.before);
    }

    /** Remembers what the sites hold with the orders that were just given. */
    void remember(LoadView load, Instant now) {
        LoadView bytes = new LoadView(load.bytes(), Map.of());
        recent.updateAndGet(known -> known.at(now).with(bytes));
    }

    private record At(StorageName storage, ByteSize bytes) {}

    private static void add(
            Map<LocalDate, Map<SiteName, ByteSize>> bytes, Surroundings surroundings, LocalDate period, At at) {
        Optional<SiteName> site = surroundings.element(at.storage).map(StorageElement::site);
        site.ifPresent(s -> bytes.computeIfAbsent(period, p -> new HashMap<>()).merge(s, at.bytes, ByteSize::plus));
    }
}
