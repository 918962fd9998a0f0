package holdfast.server.api.rucio.replicas;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Doubts;
import holdfast.server.catalog.Doubts.Of;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Places;
import holdfast.server.catalog.ReplicaPlace;
import holdfast.server.catalog.ReplicaState;
import holdfast.server.members.Viewers;
import holdfast.server.sql.CopiesAt.MarkedCopy;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What clients say of copies that stand: their states, and that they are bad, suspicious or not to be kept. */
public final class DoubtSubject implements Subject {
    private static final String READ_AGAIN =
            "a copy that is declared bad counts no more and is shown as BAD until it was read again; nothing is"
                    + " deleted";

    private final Doubts doubts;
    private final Places places;
    private final Permissions permissions;
    private final Viewers viewers;

    public DoubtSubject(Doubts doubts, Places places, Permissions permissions, Viewers viewers) {
        this.viewers = viewers;
        this.doubts = doubts;
        this.places = places;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("PUT /replicas/", "D is a declaration as bad; B is refused: nothing is deleted so", this::states)
                .differs("POST /replicas/bad", READ_AGAIN, this::bad)
                .differs("POST /replicas/bad/dids", READ_AGAIN, this::badDids)
                .differs(
                        "POST /replicas/bad/pfns",
                        READ_AGAIN + "; done at once, unknown addresses are 404",
                        this::badPfns)
                .differs("POST /replicas/suspicious", "declarations of one copy are kept as one", this::suspicious)
                .differs("GET /replicas/suspicious", "cnt is always 1", this::listSuspicious)
                .differs("GET /replicas/bad/states", "until the copy was read again", this::badStates)
                .differs("GET /replicas/bad/summary", "until the copy was read again", this::summary)
                .differs(
                        "DELETE /replicas/",
                        "nobody may by the generic policy, as there; where a policy lets somebody, the answer says how"
                                + " copies are released: two people sign it (`holdfast release`)",
                        this::delete)
                .differs(
                        "POST /replicas/tombstone",
                        "404 and 401 as there, then refused: no time lets a copy go; two people sign a release",
                        this::tombstone)
                .refuses(
                        "POST /replicas/quarantine",
                        "what no file has is found by listing an element, and nothing is deleted for it");
    }

    private Answer states(RucioCall call) {
        Parameters sent = call.parameters();
        ReplicaPlace place = places.must(sent.text("rse"));
        permissions.require(
                call.account(),
                Action.UPDATE_REPLICAS,
                holdfast.access.Subject.at(places.element(place.name().name())));
        Map<ReplicaState, List<DataId>> byState = new EnumMap<>(ReplicaState.class);
        for (Parameters file : sent.list("files")) {
            byState.computeIfAbsent(state(file.text("state")), s -> new ArrayList<>())
                    .add(file.did());
        }
        if (byState.containsKey(ReplicaState.BEING_DELETED)) {
            throw deletion();
        }
        if (byState.containsKey(ReplicaState.BAD)) {
            permissions.require(call.account(), Action.DECLARE_BAD);
        }
        List<DataId> available = byState.getOrDefault(ReplicaState.AVAILABLE, List.of());
        byState.remove(ReplicaState.AVAILABLE);
        byState.values().forEach(ids -> refuseMissing(of(ids, place), call.sees()));
        // It refuses what never came; all others stand, as was just looked.
        if (!available.isEmpty()) {
            doubts.available(viewers.writer(call.caller(), call.sees()), place, available);
        }
        byState.forEach((state, ids) ->
                doubts.declare(of(ids, place), state, saying(call, Optional.empty(), Optional.empty())));
        return Answer.empty();
    }

    private static List<Of> of(List<DataId> ids, ReplicaPlace place) {
        return ids.stream().map(id -> new Of(id, place)).toList();
    }

    private void refuseMissing(List<Of> copies, Visible sees) {
        Map<String, List<String>> not = doubts.missing(copies, sees);
        if (!not.isEmpty()) {
            throw RucioError.notFound("ReplicaNotFound", "Replica not found: " + not);
        }
    }

    private static ReplicaState state(String word) {
        return ReplicaState.of(word)
                .orElseThrow(() -> RucioError.bad("ValueError", "'" + word + "' is not a valid ReplicaState"));
    }

    private Doubts.Saying saying(RucioCall call, Optional<String> why, Optional<Instant> until) {
        return new Doubts.Saying(viewers.writer(call.caller(), call.sees()), why, until);
    }

    private Answer bad(RucioCall call) {
        permissions.require(call.account(), Action.DECLARE_BAD);
        Parameters sent = call.parameters();
        Map<String, List<String>> not = new TreeMap<>();
        List<Of> copies = new ArrayList<>(doubts.named(sent.texts("pfns"), call.sees(), not));
        // Older clients send addresses under the key of objects.
        boolean texts = sent.node("replicas")
                .filter(l -> l.isArray() && l.size() > 0 && l.get(0).isString())
                .isPresent();
        if (texts) {
            copies.addAll(doubts.named(sent.texts("replicas"), call.sees(), not));
        } else {
            sent.maybeList("replicas").forEach(one -> copies.add(new Of(one.did(), place(one))));
        }
        merge(not, doubts.declare(copies, ReplicaState.BAD, saying(call, sent.maybeText("reason"), Optional.empty())));
        return Answer.json(201, out -> out.value(not));
    }

    private ReplicaPlace place(Parameters one) {
        return places.must(one.maybeText("rse").orElseGet(() -> one.text("rse_id")));
    }

    private static void merge(Map<String, List<String>> all, Map<String, List<String>> more) {
        more.forEach(
                (rse, texts) -> all.computeIfAbsent(rse, r -> new ArrayList<>()).addAll(texts));
    }

    private Answer badDids(RucioCall call) {
        permissions.require(call.account(), Action.DECLARE_BAD);
        Parameters sent = call.parameters();
        ReplicaPlace place = places.must(sent.text("rse"));
        List<Of> copies =
                sent.list("dids").stream().map(one -> new Of(one.did(), place)).toList();
        Map<String, List<String>> not = doubts.declare(
                copies,
                until(sent).isPresent() ? ReplicaState.TEMPORARY_UNAVAILABLE : ReplicaState.BAD,
                saying(call, sent.maybeText("reason"), until(sent)));
        return Answer.json(201, out -> out.value(not));
    }

    private static Optional<Instant> until(Parameters sent) {
        return sent.maybeDate("expires_at");
    }

    private Answer badPfns(RucioCall call) {
        Parameters sent = call.parameters();
        String state = sent.maybeText("state").orElse("BAD");
        boolean suspicious = state.equals("SUSPICIOUS") || state.equals("S");
        permissions.require(call.account(), suspicious ? Action.DECLARE_SUSPICIOUS : Action.DECLARE_BAD);
        ReplicaState known = suspicious ? ReplicaState.BAD : ofPfns(state, until(sent));
        Map<String, List<String>> not = new TreeMap<>();
        List<Of> copies = doubts.named(sent.texts("pfns"), call.sees(), not);
        if (!not.isEmpty()) {
            throw RucioError.notFound("ReplicaNotFound", "Replica not found: " + not);
        }
        Doubts.Saying saying = saying(call, sent.maybeText("reason"), until(sent));
        Map<String, List<String>> left = doubts.missing(copies, call.sees());
        if (!left.isEmpty()) {
            throw RucioError.conflict("Duplicate", "One PFN already exists! " + left);
        }
        if (suspicious) {
            doubts.suspect(copies, saying);
        } else {
            doubts.declare(copies, known, saying);
        }
        return Answer.created();
    }

    private static ReplicaState ofPfns(String word, Optional<Instant> until) {
        ReplicaState state = state(word);
        boolean known = state == ReplicaState.BAD || state == ReplicaState.TEMPORARY_UNAVAILABLE && until.isPresent();
        if (!known) {
            throw RucioError.bad(
                    "ValueError", "state must be BAD, SUSPICIOUS, or TEMPORARY_UNAVAILABLE with expires_at");
        }
        return state;
    }

    private Answer suspicious(RucioCall call) {
        permissions.require(call.account(), Action.DECLARE_SUSPICIOUS);
        Parameters sent = call.parameters();
        Map<String, List<String>> not = new TreeMap<>();
        List<Of> copies = doubts.named(sent.texts("pfns"), call.sees(), not);
        merge(not, doubts.suspect(copies, saying(call, sent.maybeText("reason"), Optional.empty())));
        return Answer.json(201, out -> out.value(not));
    }

    private Answer listSuspicious(RucioCall call) {
        return Answer.json(out -> {
            out.beginList();
            doubts.marked(
                    String.valueOf(Doubts.SUSPICIOUS),
                    call.sees(),
                    copy -> named(out, copy)
                            .put("cnt", 1)
                            .put("created_at", copy.at())
                            .end());
            out.endList();
        });
    }

    private JsonOut named(JsonOut out, MarkedCopy copy) {
        out.begin()
                .put("scope", copy.id().scope().name())
                .put("name", copy.id().name())
                .put("rse", copy.storage().name());
        return out.put("rse_id", places.find(copy.storage()).map(ReplicaPlace::id));
    }

    private Answer badStates(RucioCall call) {
        return Answer.lines(out -> doubts.marked(
                "DST",
                call.sees(),
                copy -> named(out, copy)
                        .put("state", word(copy))
                        .put("created_at", copy.at())
                        .put("updated_at", copy.at())
                        .end()));
    }

    private static String word(MarkedCopy copy) {
        return copy.letter() == Doubts.SUSPICIOUS
                ? "SUSPICIOUS"
                : ReplicaState.of(String.valueOf(copy.letter())).orElseThrow().name();
    }

    /** By element, reason and day. */
    private Answer summary(RucioCall call) {
        Map<Sum, Long> sums = new TreeMap<>();
        doubts.marked(
                "DST",
                call.sees(),
                copy -> sums.merge(
                        new Sum(
                                copy.storage().name(),
                                copy.at().truncatedTo(ChronoUnit.DAYS),
                                copy.why().orElse(""),
                                word(copy)),
                        1L,
                        Long::sum));
        return Answer.lines(sums.entrySet(), (out, entry) -> {
            Sum sum = entry.getKey();
            out.begin()
                    .put(sum.state, entry.getValue().longValue())
                    .put("rse_id", places.must(sum.rse).id())
                    .put("rse", sum.rse)
                    .put("created_at", sum.day)
                    .put("reason", sum.why.isEmpty() ? Optional.empty() : Optional.of(sum.why))
                    .end();
        });
    }

    private record Sum(String rse, Instant day, String why, String state) implements Comparable<Sum> {
        @Override
        public int compareTo(Sum other) {
            return java.util.Comparator.comparing(Sum::rse)
                    .thenComparing(Sum::day)
                    .thenComparing(Sum::why)
                    .thenComparing(Sum::state)
                    .compare(this, other);
        }
    }

    private Answer delete(RucioCall call) {
        Parameters sent = call.parameters();
        String rse = sent.text("rse");
        permissions.require(call.account(), Action.DELETE_REPLICAS, holdfast.access.Subject.at(places.element(rse)));
        throw deletion();
    }

    private Answer tombstone(RucioCall call) {
        permissions.require(call.account(), Action.SET_TOMBSTONE);
        for (Parameters one : call.parameters().maybeList("replicas")) {
            doubts.mustExist(one.did(), place(one), call.sees());
        }
        throw deletion();
    }

    private static RucioError deletion() {
        return RucioError.conflict(
                "UnsupportedOperation",
                "no call deletes copies here: let rules end, then two people sign a release (holdfast release)");
    }
}
