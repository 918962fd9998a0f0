package holdfast.server.api.rucio.rses;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Distances;
import holdfast.server.catalog.Distances.Distance;
import holdfast.server.catalog.Distances.Way;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Rses;
import java.util.Optional;

/** Distances between elements. */
public final class DistanceSubject implements Subject {
    private static final String PATH = " /rses/{source}/distances/{destination}";
    private static final String NO_DISTANCE =
            "where there is no distance, 404 NoDistance and not a silent success; a distance is never negative";
    private static final int OK = 200;

    private final Rses rses;
    private final Distances distances;
    private final Permissions permissions;

    public DistanceSubject(Rses rses, Distances distances, Permissions permissions) {
        this.rses = rses;
        this.distances = distances;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET" + PATH, this::find)
                .differs("POST" + PATH, "a distance must be stated and is never negative", this::add)
                .differs("PUT" + PATH, NO_DISTANCE, this::update)
                .differs("DELETE" + PATH, NO_DISTANCE, this::remove);
    }

    private Way way(RucioCall call) {
        return new Way(
                rses.find(call.path("source")).name(),
                rses.find(call.path("destination")).name());
    }

    private Answer find(RucioCall call) {
        Optional<Distance> found = distances.find(way(call));
        return Answer.json(out -> {
            out.beginList();
            found.ifPresent(distance -> write(out, distance));
            out.endList();
        });
    }

    private void write(JsonOut out, Distance distance) {
        Way way = distance.way();
        out.begin()
                .put("src_rse_id", rses.find(way.from().name()).id())
                .put("dest_rse_id", rses.find(way.to().name()).id())
                .put("src_rse", way.from().name())
                .put("dest_rse", way.to().name())
                .put("distance", distance.value())
                .put("ranking", distance.value())
                .put("created_at", distance.created())
                .put("updated_at", distance.updated())
                .end();
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_DISTANCE);
        distances.add(call.account(), way(call), value(sent), sent.flag("bidirectional", false));
        return Answer.created();
    }

    private Answer update(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_DISTANCE);
        distances.update(call.account(), way(call), value(sent), sent.flag("bidirectional", false));
        return Answer.empty();
    }

    private Answer remove(RucioCall call) {
        permissions.require(call.account(), Action.SET_DISTANCE);
        distances.remove(call.account(), way(call), call.query().flag("bidirectional", false));
        return Answer.text(OK, "text/html; charset=utf-8", "Deleted");
    }

    /** Its old name is ranking. */
    private static long value(Parameters sent) {
        return sent.maybeNumber("distance").isEmpty() && sent.node("ranking").isPresent()
                ? sent.number("ranking")
                : sent.number("distance");
    }
}
