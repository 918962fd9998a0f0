package holdfast.server.api.rucio.settings;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.sql.AccessTable;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Traces of reads and writes. They come without a token, so they only ever move the date of the last access. */
public final class TraceSubject implements Subject {
    private static final String KEPT =
            "answered without an account of its own; kept is when a name was last used, shown as accessed_at; the rest"
                    + " of a trace is not";

    private final Consumer<List<DataId>> used;

    /** @param used notes that names were used now; see {@link AccessTable} */
    public TraceSubject(Consumer<List<DataId>> used) {
        this.used = used;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("POST /traces/", KEPT, this::take).differs("POST /nongrid_traces/", KEPT, this::take);
    }

    private Answer take(RucioCall call) {
        Parameters trace = call.parameters();
        List<DataId> names = new ArrayList<>();
        name(trace, "scope", "filename").ifPresent(names::add);
        name(trace, "datasetScope", "dataset").ifPresent(names::add);
        if (!names.isEmpty()) {
            used.accept(names);
        }
        return Answer.created();
    }

    /** A trace may hold anything; what names nothing is passed over. */
    private static Optional<DataId> name(Parameters trace, String scope, String name) {
        Optional<String> inScope = text(trace, scope);
        Optional<String> called = text(trace, name);
        if (inScope.isEmpty() || called.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DataId(new Scope(inScope.get()), called.get()));
        } catch (BadWord nothingHere) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Parameters trace, String key) {
        return trace.node(key).filter(value -> value.isString()).map(value -> value.stringValue());
    }
}
