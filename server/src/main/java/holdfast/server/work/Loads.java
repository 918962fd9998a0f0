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
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the sites hold and are about to hold, in bytes, from the summaries and the demands. */
public final class Loads {
    private final Database database;
    private final State state;
    private final DemandTable demands;

    public Loads(Database database, State state, DemandTable demands) {
        this.database = database;
        this.state = state;
        this.demands = demands;
    }

    LoadView view(Surroundings surroundings) {
        Map<LocalDate, Map<SiteName, ByteSize>> bytes = new HashMap<>();
        database.read(connection -> {
            state.held(connection).forEach(h -> add(bytes, surroundings, h.period(), new At(h.storage(), h.bytes())));
            demands.sums(connection).forEach(d -> add(bytes, surroundings, d.period(), new At(d.storage(), d.bytes())));
            return bytes;
        });
        return new LoadView(bytes, Map.of());
    }

    private record At(StorageName storage, ByteSize bytes) {}

    private static void add(
            Map<LocalDate, Map<SiteName, ByteSize>> bytes, Surroundings surroundings, LocalDate period, At at) {
        Optional<SiteName> site = surroundings.element(at.storage).map(StorageElement::site);
        site.ifPresent(s -> bytes.computeIfAbsent(period, p -> new HashMap<>()).merge(s, at.bytes, ByteSize::plus));
    }
}
