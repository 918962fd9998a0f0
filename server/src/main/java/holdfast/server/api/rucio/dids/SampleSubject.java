package holdfast.server.api.rucio.dids;

import holdfast.access.Action;
import holdfast.catalog.CollectionRow.Kind;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Attachment;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.NewCollection;
import holdfast.server.catalog.Scopes;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Datasets of some files of others, chosen by chance; and what is asked of names that nothing here answers. */
public final class SampleSubject implements Subject {
    private static final String NOBODY = "nobody follows names here; ask for what changed by listing them";
    private static final int MOST = 1_000_000;

    private final Collections collections;
    private final DidGate gate;

    public SampleSubject(Collections collections, DidGate gate) {
        this.collections = collections;
        this.gate = gate;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("POST /dids/sample", this::sent)
                .supports(
                        "POST /dids/{input_scope}/{input_name}/{output_scope}/{output_name}/{nbfiles}/sample",
                        this::inPath)
                .refuses("GET /dids/{scope}/{name}/follow", NOBODY)
                .refuses("POST /dids/{scope}/{name}/follow", NOBODY)
                .refuses("DELETE /dids/{scope}/{name}/follow", NOBODY)
                .refuses(
                        "GET /dids/new",
                        "subscriptions look at new names by themselves; nothing has to ask which are new");
    }

    private Answer sent(RucioCall call) {
        Parameters sent = call.parameters();
        return sample(
                call,
                id(sent.text("input_scope"), sent.text("input_name")),
                id(sent.text("output_scope"), sent.text("output_name")),
                number(sent.mustNode("nbfiles").asString()));
    }

    private Answer inPath(RucioCall call) {
        return sample(
                call,
                id(call.path("input_scope"), call.path("input_name")),
                id(call.path("output_scope"), call.path("output_name")),
                number(call.path("nbfiles")));
    }

    private static DataId id(String scope, String name) {
        try {
            return new DataId(Scopes.scope(scope), name);
        } catch (BadWord bad) {
            throw RucioError.invalid("Problem validating did: " + bad.getMessage());
        }
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw RucioError.bad("ValueError", "'nbfiles' must be a whole number");
        }
        throw RucioError.bad("ValueError", "'nbfiles' must be from 1 to " + MOST);
    }

    private Answer sample(RucioCall call, DataId from, DataId to, int number) {
        gate.require(call, Action.SAMPLE_DID, to);
        if (!(collections.must(from, call.sees()) instanceof OfCollection collection)) {
            throw RucioError.conflict("UnsupportedOperation", "'%s' is a file and holds nothing".formatted(from));
        }
        Reservoir chosen = new Reservoir(number);
        collections.files(collection, call.sees(), file -> chosen.offer(file.id()));
        collections.make(
                List.of(NewCollection.of(to, Kind.DATASET, call.account())),
                List.of(Attachment.of(to, chosen.kept)),
                gate.writer(call));
        return Answer.created();
    }

    /** Keeps some of what is offered, each with the same chance, without knowing how many will come. */
    private static final class Reservoir {
        private final int size;
        private final List<DataId> kept = new ArrayList<>();
        private long offered;

        Reservoir(int size) {
            this.size = size;
        }

        void offer(DataId id) {
            offered++;
            if (kept.size() < size) {
                kept.add(id);
                return;
            }
            long place = ThreadLocalRandom.current().nextLong(offered);
            if (place < size) {
                kept.set((int) place, id);
            }
        }
    }
}
