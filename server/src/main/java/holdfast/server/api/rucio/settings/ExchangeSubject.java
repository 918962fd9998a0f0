package holdfast.server.api.rucio.settings;

import holdfast.access.Action;
import holdfast.server.api.rucio.rses.RseJson;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Distances;
import holdfast.server.catalog.Distances.Distance;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.RseImport;
import holdfast.server.catalog.Rses;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives elements and distances out as one document, and takes them in. */
public final class ExchangeSubject implements Subject {
    private final Rses rses;
    private final Distances distances;
    private final RseImport imports;
    private final Permissions permissions;

    public ExchangeSubject(Rses rses, Distances distances, RseImport imports, Permissions permissions) {
        this.rses = rses;
        this.distances = distances;
        this.imports = imports;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /export/", this::export)
                .differs(
                        "POST /import/",
                        "adds and changes, and takes nothing away; what the sites file says of its elements stays;"
                                + " accounts are refused; all of it or nothing",
                        this::take);
    }

    private Answer export(RucioCall call) {
        permissions.require(call.account(), Action.EXPORT);
        boolean withDistances = call.query().flag("distance", true);
        return Answer.json(out -> {
            out.begin().key("rses").begin();
            rses.all().forEach(rse -> RseJson.exported(out.key(rse.name().name()), rse));
            out.end();
            if (withDistances) {
                distances(out);
            }
            out.end();
        });
    }

    private void distances(JsonOut out) {
        Map<String, List<Distance>> bySource = new TreeMap<>();
        for (Distance one : distances.all()) {
            bySource.computeIfAbsent(one.way().from().name(), from -> new java.util.ArrayList<>())
                    .add(one);
        }
        out.key("distances").begin();
        bySource.forEach((from, all) -> {
            out.key(from).begin();
            all.forEach(one -> out.key(one.way().to().name())
                    .begin()
                    .put("distance", one.value())
                    .put("created_at", one.created())
                    .put("updated_at", one.updated())
                    .end());
            out.end();
        });
        out.end();
    }

    private Answer take(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.IMPORT);
        imports.take(call.account(), sent);
        return Answer.created();
    }
}
