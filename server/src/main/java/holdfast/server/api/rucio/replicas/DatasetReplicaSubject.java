package holdfast.server.api.rucio.replicas;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.CopyNames;
import holdfast.server.catalog.Places;
import holdfast.server.catalog.ReplicaPlace;
import holdfast.server.catalog.Replicas;
import holdfast.server.sql.DatasetReplicas.Row;
import holdfast.vocabulary.DataId;
import java.util.List;
import java.util.Optional;

/** Where datasets lie, as a whole; and what lies at an address. */
public final class DatasetReplicaSubject implements Subject {
    private static final String NEVER_STALE =
            "never stale: deep or not, homes with work due are counted from their rows";

    private final Replicas replicas;
    private final CopyNames names;

    public DatasetReplicaSubject(Replicas replicas, CopyNames names) {
        this.replicas = replicas;
        this.names = names;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET /replicas/{scope}/{name}/datasets", NEVER_STALE, call -> of(call, List.of(call.did())))
                .differs("POST /replicas/datasets_bulk", NEVER_STALE, this::bulk)
                .differs(
                        "GET /replicas/{scope}/{name}/datasets_vp",
                        NEVER_STALE + "; there is no virtual placement",
                        call -> of(call, List.of(call.did())))
                .differs("GET /replicas/rse/{rse}", NEVER_STALE, this::at)
                .differs("POST /replicas/dids", "addresses that nothing is known to lie at are left out", this::named);
    }

    private Answer bulk(RucioCall call) {
        return of(
                call,
                call.parameters().list("dids").stream().map(Parameters::did).toList());
    }

    private Answer of(RucioCall call, List<DataId> ids) {
        return Answer.lines(out -> replicas.ofDatasets(ids, call.sees(), row -> write(out, row)));
    }

    private Answer at(RucioCall call) {
        ReplicaPlace place = replicas.places().must(call.path("rse"));
        return Answer.lines(out -> replicas.datasetsAt(place, call.sees(), row -> write(out, row)));
    }

    private void write(JsonOut out, Row row) {
        Places places = replicas.places();
        out.begin()
                .put("scope", row.dataset().scope().name())
                .put("name", row.dataset().name())
                .put("rse_id", places.find(row.storage()).map(ReplicaPlace::id))
                .put("rse", row.storage().name())
                .put("available_bytes", (double) row.available().bytes())
                .put("available_length", row.available().files())
                .put("created_at", row.created())
                .put("updated_at", row.updated())
                .put("accessed_at", Optional.empty())
                .put("length", row.whole().files())
                .put("bytes", (double) row.whole().bytes())
                .put("state", row.available().files() >= row.whole().files() ? "AVAILABLE" : "UNAVAILABLE")
                .end();
    }

    private Answer named(RucioCall call) {
        Parameters sent = call.parameters();
        ReplicaPlace place = replicas.places().must(sent.text("rse"));
        return Answer.lines(out -> names.of(sent.texts("pfns"), place, call.sees())
                .forEach(named -> named.file()
                        .ifPresent(id -> out.begin()
                                .key(named.pfn())
                                .begin()
                                .put("scope", id.scope().name())
                                .put("name", id.name())
                                .end()
                                .end())));
    }
}
