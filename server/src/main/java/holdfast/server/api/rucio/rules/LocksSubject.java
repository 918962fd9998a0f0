package holdfast.server.api.rucio.rules;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.RuleElements;
import holdfast.server.catalog.RuleViews;
import holdfast.server.sql.LockRows;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Locks on whole datasets. */
public final class LocksSubject implements Subject {
    private final RuleViews views;
    private final RuleElements elements;

    public LocksSubject(RuleViews views, RuleElements elements) {
        this.views = views;
        this.elements = elements;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /locks/{rse}", this::atElement)
                .supports("GET /locks/{scope}/{name}", call -> {
                    mustAskForDatasets(call);
                    DataId id = call.did();
                    return Answer.lines(out -> views.datasetLocks(id, call.sees(), lock -> write(out, lock)));
                })
                .supports("POST /locks/bulk_locks_for_dids", this::bulk);
    }

    private Answer atElement(RucioCall call) {
        mustAskForDatasets(call);
        StorageName element = elements.named(call.path("rse"));
        return Answer.lines(out -> views.datasetLocksAt(element, call.sees(), lock -> write(out, lock)));
    }

    private Answer bulk(RucioCall call) {
        JsonNode sent = call.json();
        List<DataId> ids = RucioCall.objects(sent.isArray() ? sent : new Parameters(sent).mustNode("dids")).stream()
                .map(Parameters::did)
                .distinct()
                .toList();
        return Answer.lines(out -> ids.forEach(id -> views.datasetLocks(id, call.sees(), lock -> write(out, lock))));
    }

    private static void mustAskForDatasets(RucioCall call) {
        String type = call.query().text("did_type").orElse("dataset");
        if (!type.equalsIgnoreCase("dataset")) {
            throw RucioError.bad("ValueError", "only locks of datasets are listed here: did_type=dataset");
        }
    }

    private void write(JsonOut out, LockRows.OfDataset lock) {
        out.begin()
                .put("rse_id", elements.id(lock.at()))
                .put("rse", lock.at().name())
                .put("scope", lock.dataset().scope().name())
                .put("name", lock.dataset().name())
                .put("rule_id", lock.rule())
                .put("account", lock.account())
                .put("state", RulesSubject.state(lock.available(), lock.stuck()))
                .put("length", lock.closedFiles())
                .put("bytes", lock.closedBytes())
                .putNull("accessed_at")
                .end();
    }
}
