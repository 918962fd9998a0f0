package holdfast.server.api.rucio.settings;

import holdfast.access.Action;
import holdfast.catalog.CollectionRow;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.OpenData;
import holdfast.server.catalog.OpenData.Entry;
import holdfast.server.catalog.OpenData.State;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Writer;
import holdfast.server.sql.Catalogued;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The list of open data: a draft is seen by those who keep it, what is public by everybody, without a token. */
public final class OpenDataSubject implements Subject {
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final String NO_ADDRESSES = "download_urls is refused: ask POST /replicas/list where copies are";

    private final OpenData data;
    private final Collections collections;
    private final Permissions permissions;

    public OpenDataSubject(OpenData data, Collections collections, Permissions permissions) {
        this.data = data;
        this.collections = collections;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /opendata/dids", this::list)
                .differs("GET /opendata/dids/{scope}/{name}", NO_ADDRESSES, this::one)
                .supports("POST /opendata/dids/{scope}/{name}", this::add)
                .supports("PUT /opendata/dids/{scope}/{name}", this::update)
                .supports("DELETE /opendata/dids/{scope}/{name}", this::remove)
                .supports("GET /opendata/public/dids", call -> list(call, Optional.of(State.PUBLIC)))
                .differs("GET /opendata/public/dids/{scope}/{name}", NO_ADDRESSES, this::onePublic);
    }

    private Answer list(RucioCall call) {
        permissions.require(call.account(), Action.SEE_OPENDATA);
        return list(call, call.query().text("state").map(OpenDataSubject::state));
    }

    private Answer list(RucioCall call, Optional<State> state) {
        long offset = atLeastZero(call.query().number("offset"), 0);
        long limit = atLeastZero(call.query().number("limit"), Long.MAX_VALUE);
        List<Map.Entry<String, Entry>> all = data.all(call.sees()).entrySet().stream()
                .filter(entry ->
                        state.isEmpty() || state.get() == entry.getValue().state())
                .toList();
        List<Map.Entry<String, Entry>> found =
                all.stream().skip(offset).limit(limit).toList();
        return Answer.json(out -> out.begin()
                .put("total", all.size())
                .put("offset", offset)
                .putList("dids", found, (o, entry) -> {
                    brief(o.begin(), DataId.parse(entry.getKey()), entry.getValue());
                    o.end();
                })
                .end());
    }

    private static long atLeastZero(OptionalLong number, long otherwise) {
        if (number.isPresent() && number.getAsLong() < 0) {
            throw RucioError.bad("ValueError", "limit and offset are not negative");
        }
        return number.orElse(otherwise);
    }

    private static void brief(JsonOut out, DataId id, Entry entry) {
        out.put("scope", id.scope())
                .put("name", id.name())
                .put("state", entry.state())
                .put("created_at", entry.created())
                .put("updated_at", entry.updated());
    }

    private Answer one(RucioCall call) {
        permissions.require(call.account(), Action.SEE_OPENDATA);
        DataId id = call.did();
        Entry entry = data.must(id, call.sees());
        call.query()
                .text("state")
                .map(OpenDataSubject::state)
                .filter(wanted -> wanted != entry.state())
                .ifPresent(other -> {
                    throw OpenData.notFound(id);
                });
        return whole(call, id, entry);
    }

    private Answer onePublic(RucioCall call) {
        DataId id = call.did();
        Entry entry = data.must(id, call.sees());
        if (entry.state() != State.PUBLIC) {
            throw OpenData.notFound(id);
        }
        return whole(call, id, entry);
    }

    private Answer whole(RucioCall call, DataId id, Entry entry) {
        if (call.query().flag("download_urls", false)) {
            throw RucioError.conflict("UnsupportedOperation", NO_ADDRESSES);
        }
        boolean files = call.query().flag("files", false);
        Optional<Catalogued> catalogued = files ? collections.find(id, call.sees()) : Optional.empty();
        return Answer.json(out -> {
            brief(out.begin(), id, entry);
            if (call.query().flag("doi", true)) {
                out.put("doi", entry.doi());
            }
            if (call.query().flag("record_id", true)) {
                out.put("record_id", entry.recordId());
            }
            if (call.query().flag("meta", false)) {
                out.key("meta").raw(entry.meta());
            }
            if (files) {
                out.key("files").beginList();
                catalogued.ifPresent(found -> files(out, found, call.sees()));
                out.endList();
                catalogued.ifPresent(found -> summary(out, found));
            }
            out.end();
        });
    }

    private void files(JsonOut out, Catalogued found, Visible sees) {
        switch (found) {
            case Catalogued.OfFile file ->
                out.begin()
                        .put("scope", file.id().scope())
                        .put("name", file.id().name())
                        .put("bytes", file.row().size().bytes())
                        .end();
            case Catalogued.OfCollection collection ->
                collections.files(
                        collection,
                        sees,
                        file -> out.begin()
                                .put("scope", file.scope())
                                .put("name", file.name())
                                .put("bytes", file.bytes())
                                .put("adler32", file.adler32())
                                .end());
        }
    }

    private void summary(JsonOut out, Catalogued found) {
        CollectionRow.Extent extent = switch (found) {
            case Catalogued.OfFile file ->
                new CollectionRow.Extent(1, file.row().size().bytes());
            case Catalogued.OfCollection collection -> collections.extent(collection);
        };
        out.key("files_summary")
                .begin()
                .put("length", extent.files())
                .put("bytes", extent.bytes())
                .end();
    }

    private Answer add(RucioCall call) {
        permissions.require(call.account(), Action.CHANGE_OPENDATA);
        data.add(Writer.knowing(call.account(), call.sees()), call.did());
        return shown(CREATED, call);
    }

    private Answer shown(int status, RucioCall call) {
        DataId id = call.did();
        Entry entry = data.must(id, call.sees());
        return Answer.json(status, out -> {
            brief(out.begin(), id, entry);
            out.put("doi", entry.doi()).put("record_id", entry.recordId()).end();
        });
    }

    private Answer update(RucioCall call) {
        Parameters sent = call.parameters();
        OptionalLong record = sent.maybeNumber("record_id");
        OpenData.Change change = new OpenData.Change(
                sent.maybeText("state").map(OpenDataSubject::state),
                sent.maybeObject("meta").map(meta -> meta.json().toString()),
                sent.maybeText("doi"),
                record.isPresent() ? Optional.of(record.getAsLong()) : Optional.empty());
        permissions.require(call.account(), Action.CHANGE_OPENDATA);
        data.update(Writer.knowing(call.account(), call.sees()), call.did(), change);
        return shown(200, call);
    }

    private Answer remove(RucioCall call) {
        permissions.require(call.account(), Action.CHANGE_OPENDATA);
        data.remove(Writer.knowing(call.account(), call.sees()), call.did());
        return Answer.text(NO_CONTENT, Answer.JSON, "");
    }

    private static State state(String text) {
        return Arrays.stream(State.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT))
                        || state.name().substring(0, 1).equals(text))
                .findFirst()
                .orElseThrow(() -> RucioError.bad(
                        "OpenDataInvalidState", "'" + text + "' is no state; there are DRAFT, PUBLIC and SUSPENDED"));
    }
}
