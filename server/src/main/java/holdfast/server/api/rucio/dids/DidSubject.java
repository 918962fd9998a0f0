package holdfast.server.api.rucio.dids;

import holdfast.catalog.CollectionRow.Extent;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.ContentHistory;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.Catalogued.OfFile;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a name stands for and what it holds. */
public final class DidSubject implements Subject {
    private final Collections collections;
    private final ContentHistory history;

    public DidSubject(Collections collections, ContentHistory history) {
        this.collections = collections;
        this.history = history;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /dids/{scope}/{name}", this::one)
                .supports("GET /dids/{scope}/{name}/status", this::one)
                .supports("GET /dids/{scope}/{name}/dids", this::content)
                .supports("GET /dids/{scope}/{name}/files", this::files)
                .supports("GET /dids/{scope}/{name}/parents", this::parents)
                .differs(
                        "GET /dids/{scope}/{name}/dids/history",
                        "read from the journal, all of which it looks through; what was put in again is left out",
                        this::history)
                .supports("GET /archives/{scope}/{name}/files", this::archive)
                .supports("GET /dids/{guid}/guid", this::ofGuid)
                .supports("POST /dids/bulkfiles", this::filesOfSeveral);
    }

    private Answer one(RucioCall call) {
        Catalogued named = collections.must(call.did(), call.sees());
        boolean counts = call.query()
                        .text("dynamic_depth")
                        .filter(depth -> !depth.equals("None"))
                        .isPresent()
                || call.query().flag("dynamic", false);
        Optional<Extent> counted = counts && named instanceof OfCollection collection
                ? Optional.of(collections.extent(collection))
                : Optional.empty();
        return Answer.json(out -> DidLines.whole(out, named, counted));
    }

    private Answer content(RucioCall call) {
        return switch (collections.must(call.did(), call.sees())) {
            case OfFile file -> Answer.lines(out -> {});
            case OfCollection collection ->
                switch (collection.row().kind()) {
                    case DATASET ->
                        Answer.lines(
                                out -> collections.files(collection, call.sees(), file -> DidLines.child(out, file)));
                    case CONTAINER -> Answer.lines(collections.children(collection, call.sees()), DidLines::child);
                };
        };
    }

    private Answer files(RucioCall call) {
        boolean all = call.query().flag("long", false);
        return switch (collections.must(call.did(), call.sees())) {
            case OfFile file ->
                Answer.lines(out -> {
                    DidLines.file(out, file.row());
                    if (all) {
                        out.put("lumiblocknr", DidLines.number(file.row().attributes(), "lumiblocknr"));
                    }
                    out.end();
                });
            case OfCollection collection ->
                Answer.lines(out -> collections.files(collection, call.sees(), file -> {
                    DidLines.file(out, file);
                    if (all) {
                        out.put("lumiblocknr", DidLines.number(file.attributes(), "lumiblocknr"));
                    }
                    out.end();
                }));
        };
    }

    private Answer history(RucioCall call) {
        DataId id = call.did();
        Catalogued named = collections.must(id, call.sees());
        Map<DataId, Instant> left = new TreeMap<>(history.left(id, call.sees()));
        Map<DataId, Catalogued> found = collections.find(List.copyOf(left.keySet()), call.sees());
        left.keySet()
                .removeIf(child -> found.containsKey(child)
                        && collections.parents(found.get(child), call.sees()).stream()
                                .anyMatch(parent -> parent.id().equals(named.id())));
        return Answer.lines(out -> left.forEach((child, at) -> DidLines.left(out, child, found.get(child), at)));
    }

    private Answer archive(RucioCall call) {
        DataId archive = collections.must(call.did(), call.sees()).id();
        return Answer.lines(out -> collections.archived(archive, call.sees(), file -> DidLines.constituent(out, file)));
    }

    private Answer filesOfSeveral(RucioCall call) {
        List<DataId> ids = call.parameters().maybeList("dids").stream()
                .map(Parameters::did)
                .distinct()
                .toList();
        Map<DataId, Catalogued> found = collections.find(ids, call.sees());
        return Answer.lines(out -> ids.forEach(id -> {
            if (found.get(id) instanceof OfCollection parent) {
                collections.files(parent, call.sees(), file -> ofParent(DidLines.file(out, file), id));
            } else if (found.get(id) instanceof OfFile file) {
                ofParent(DidLines.file(out, file.row()), id);
            }
        }));
    }

    private static void ofParent(JsonOut out, DataId parent) {
        out.put("parent_scope", parent.scope().name())
                .put("parent_name", parent.name())
                .end();
    }

    private Answer ofGuid(RucioCall call) {
        List<OfCollection> datasets = collections.datasetsOfGuid(call.path("guid"), call.sees());
        if (datasets.isEmpty()) {
            throw RucioError.notFound(
                    "DataIdentifierNotFound", "No dataset associated to GUID '%s'".formatted(call.path("guid")));
        }
        return Answer.lines(
                datasets,
                (out, dataset) -> DidLines.did(out.begin(), dataset.id()).end());
    }

    private Answer parents(RucioCall call) {
        Catalogued named = collections.must(call.did(), call.sees());
        return Answer.lines(collections.parents(named, call.sees()), DidLines::parent);
    }
}
