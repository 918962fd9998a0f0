package holdfast.server.movers;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.plan.Roads;
import holdfast.plan.Roads.Link;
import holdfast.server.movers.Mover.Trip;
import holdfast.server.sql.DemandTable.Deferred;
import holdfast.server.sql.DemandTable.Leased;
import holdfast.server.sql.TripTable;
import holdfast.transfer.Traffic;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets copies set out while the roads have room for them, counted over all nodes of the database; the others give their leases
 * back and say what they wait for. Where the sites file limits nothing, nothing is counted.
 */
final class Departures {
    /** Copies take seconds to hours; who waits for a free road looks again after this. */
    private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

    /** The copy at the hop wakes what waits for it; this is for one that came in another way. */
    private static final Duration NEXT_LOOK_FOR_HOP = Duration.ofMinutes(1);

    private final Mover.Desk desk;

    Departures(Mover.Desk desk) {
        this.desk = desk;
    }

    /**
     * A copy that could set out.
     *
     * @param sources where it may come from, the best first; never empty
     * @param before the copy that its target has now
     */
    record Wish(Leased lease, FileRow file, List<Sources.Source> sources, Optional<CopyRow> before) {
        Trip trip(Sources.Source from) {
            return new Trip(lease, file, List.of(from), before);
        }

        /** A trip that may come from any source that need not be recalled, since no road is counted. */
        Trip tripFromAny() {
            boolean tape = sources.getFirst().tape();
            return new Trip(lease, file, tape ? List.of(sources.getFirst()) : sources, before);
        }
    }

    List<Trip> setOut(Roads roads, List<Wish> wishes) {
        if (roads.limitNothing() || wishes.isEmpty()) {
            return wishes.stream().map(Wish::tripFromAny).toList();
        }
        return desk.database().writeWork(connection -> counted(connection, roads, wishes));
    }

    private List<Trip> counted(Connection connection, Roads roads, List<Wish> wishes) throws SQLException {
        Instant now = desk.clock().now();
        TripTable underWay = desk.demands().trips();
        Traffic traffic = new Traffic(roads);
        underWay.lockAndCount(connection, now).forEach(traffic::add);
        List<Trip> going = new ArrayList<>();
        List<Deferred> waiting = new ArrayList<>();
        for (Wish wish : wishes) {
            Optional<Sources.Source> free = wish.sources.stream()
                    .filter(s -> traffic.obstacle(link(s, wish)).isEmpty())
                    .findFirst();
            free.ifPresentOrElse(
                    source -> {
                        traffic.add(link(source, wish), 1);
                        going.add(wish.trip(source));
                    },
                    () -> waiting.add(new Deferred(
                            wish.lease,
                            now.plus(NEXT_LOOK),
                            traffic.obstacle(link(wish.sources.getFirst(), wish))
                                    .orElseThrow())));
        }
        underWay.add(
                connection,
                going.stream()
                        .map(t ->
                                new TripTable.Trip(t.lease(), t.source().copy().storage()))
                        .toList());
        desk.demands().defer(connection, waiting);
        return going;
    }

    /** Orders copies that cannot come straight at the elements by way of which they come, and lets them wait for those. */
    void byWayOf(Map<Leased, StorageName> hops) {
        if (hops.isEmpty()) {
            return;
        }
        Instant now = desk.clock().now();
        List<Deferred> waiting = hops.entrySet().stream()
                .map(e -> new Deferred(e.getKey(), now.plus(NEXT_LOOK_FOR_HOP), waits(e.getValue())))
                .toList();
        desk.database().writeWork(connection -> {
            desk.demands().orderHops(connection, hops, now);
            desk.demands().defer(connection, waiting);
            return true;
        });
    }

    private static String waits(StorageName hop) {
        return "comes by way of %s, where a copy is ordered first: no source sends it straight".formatted(hop);
    }

    private static Link link(Sources.Source from, Wish wish) {
        return new Link(from.copy().storage(), wish.lease.to());
    }
}
