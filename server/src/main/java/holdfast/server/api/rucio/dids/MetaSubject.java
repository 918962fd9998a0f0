package holdfast.server.api.rucio.dids;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.ColumnView;
import holdfast.server.catalog.Metadata;
import holdfast.server.catalog.Noted;
import holdfast.server.catalog.Writer;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of names. */
public final class MetaSubject implements Subject {
    private final Collections collections;
    private final DidGate gate;

    public MetaSubject(Collections collections, DidGate gate) {
        this.collections = collections;
        this.gate = gate;
    }

    /** Which of what is said is asked for. */
    private enum Plugin {
        DID_COLUMN,
        JSON,
        ALL
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /dids/{scope}/{name}/meta", this::one)
                .supports("POST /dids/bulkmeta", this::several)
                .differs(
                        "POST /dids/{scope}/{name}/meta",
                        "bytes and digests are never set; recursive reaches every level, in steps of 5,000 names",
                        this::setAll)
                .differs(
                        "POST /dids/{scope}/{name}/meta/{key}",
                        "bytes and digests are never set; recursive reaches every level, in steps of 5,000 names",
                        this::set)
                .differs(
                        "DELETE /dids/{scope}/{name}/meta",
                        "known keys can be taken away too, not only those of the JSON plugin",
                        this::forget)
                .supports("POST /dids/bulkdidsmeta", this::setOfSeveral);
    }

    private static Plugin plugin(Optional<String> name) {
        for (Plugin plugin : Plugin.values()) {
            if (name.isEmpty() || plugin.name().equals(name.get())) {
                return plugin;
            }
        }
        throw RucioError.bad(
                "UnsupportedMetadataPlugin",
                "Metadata plugin \"%s\" is not enabled on the server; DID_COLUMN, JSON and ALL are"
                        .formatted(name.orElseThrow()));
    }

    private Answer one(RucioCall call) {
        Plugin plugin = plugin(call.query().text("plugin"));
        Catalogued named = collections.must(call.did(), call.sees());
        Noted noted = collections.noted(List.of(named.id()), call.sees()).getOrDefault(named.id(), Noted.NOTHING);
        Map<String, @Nullable Object> values = values(named, noted, plugin);
        return Answer.json(out -> out.value(values));
    }

    private static Map<String, @Nullable Object> values(Catalogued named, Noted noted, Plugin plugin) {
        return switch (plugin) {
            case DID_COLUMN -> ColumnView.of(named, noted);
            case JSON -> new LinkedHashMap<>(Metadata.of(named).json());
            case ALL -> {
                Map<String, @Nullable Object> all = ColumnView.of(named, noted);
                all.putAll(Metadata.of(named).json());
                yield all;
            }
        };
    }

    private Answer several(RucioCall call) {
        Parameters sent = call.parameters();
        Plugin plugin = plugin(sent.maybeText("plugin"));
        boolean inherit = sent.flag("inherit", false);
        List<DataId> ids =
                sent.list("dids").stream().map(Parameters::did).distinct().toList();
        Map<DataId, Catalogued> found = collections.find(ids, call.sees());
        Map<DataId, Noted> noted = collections.noted(ids, call.sees());
        return Answer.lines(out -> ids.stream()
                .filter(found::containsKey)
                .map(found::get)
                .forEach(named -> {
                    Map<String, @Nullable Object> own =
                            values(named, noted.getOrDefault(named.id(), Noted.NOTHING), plugin);
                    line(out, named, inherit ? inherited(named, own, plugin, call.sees()) : own);
                }));
    }

    private static void line(JsonOut out, Catalogued named, Map<String, @Nullable Object> values) {
        DidLines.did(out.begin(), named.id());
        values.forEach((key, value) -> {
            if (!key.equals("scope") && !key.equals("name")) {
                out.put(key, value);
            }
        });
        out.end();
    }

    /** What a name says itself, and where it says nothing what the nearest collection above it says. */
    private Map<String, @Nullable Object> inherited(
            Catalogued named, Map<String, @Nullable Object> values, Plugin plugin, Visible sees) {
        for (OfCollection above : collections.above(named, sees)) {
            values(above, Noted.NOTHING, plugin).forEach((key, value) -> {
                if (value != null && values.get(key) == null) {
                    values.put(key, value);
                }
            });
        }
        return values;
    }

    private Answer setAll(RucioCall call) {
        Parameters sent = call.parameters();
        Parameters meta = sent.maybeObject("meta").orElseThrow(() -> RucioError.bad("KeyError", "'meta' not defined"));
        return set(call, SentMetadata.of(meta), sent.flag("recursive", false));
    }

    private Answer set(RucioCall call) {
        Parameters sent = call.parameters();
        if (!sent.has("value")) {
            throw RucioError.bad("KeyError", "'value' not defined");
        }
        Metadata said = SentMetadata.of(Map.of(call.path("key"), sent.json().get("value")));
        return set(call, said, sent.flag("recursive", false));
    }

    private Answer set(RucioCall call, Metadata said, boolean recursive) {
        DataId id = call.did();
        gate.require(call, Action.SET_METADATA, id);
        Writer writer = gate.writer(call);
        collections.describe(Map.of(id, said), writer);
        if (recursive && collections.must(id, call.sees()) instanceof OfCollection collection) {
            collections.describeBelow(collection, said, writer);
        }
        return Answer.created();
    }

    private Answer setOfSeveral(RucioCall call) {
        Parameters sent = call.parameters();
        Map<DataId, Metadata> said = new LinkedHashMap<>();
        for (Parameters one : sent.list("dids")) {
            DataId id = one.did();
            gate.require(call, Action.SET_METADATA, id);
            Metadata put = one.maybeObject("meta").map(SentMetadata::of).orElse(Metadata.NONE);
            said.merge(id, put, Metadata::with);
        }
        Writer writer = gate.writer(call);
        collections.describe(said, writer);
        if (sent.flag("recursive", false)) {
            collections.find(List.copyOf(said.keySet()), call.sees()).forEach((id, named) -> {
                if (named instanceof OfCollection collection) {
                    collections.describeBelow(collection, said.getOrDefault(id, Metadata.NONE), writer);
                }
            });
        }
        return Answer.created();
    }

    private Answer forget(RucioCall call) {
        String key = call.query().text("key").orElseThrow(() -> RucioError.notFound("KeyNotFound", "no key was given"));
        gate.require(call, Action.SET_METADATA, call.did());
        collections.forget(call.did(), key, gate.writer(call));
        return Answer.empty();
    }
}
