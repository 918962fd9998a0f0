package holdfast.server.api.rucio.explain;

import holdfast.catalog.CopyRow;
import holdfast.judgement.CopyStanding;
import holdfast.placement.Demand;
import holdfast.placement.Placement;
import holdfast.placement.Promise;
import holdfast.placement.Promises;
import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.RuleView;
import holdfast.server.catalog.RuleViews;
import holdfast.server.sql.LockRows;
import holdfast.server.work.Acts;
import holdfast.server.work.Explainer;
import holdfast.server.work.Explainer.Explained;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a file or a collection to whoever asks. */
public final class ExplainSubject implements Subject {
    /** Where this is mounted beside Rucio's own endpoints. */
    public static final String MOUNT = "/holdfast/v1";

    private static final int NAMED = 100;

    private final Explainer explainer;
    private final Acts acts;
    private final RuleViews rules;

    public ExplainSubject(Explainer explainer, Acts acts, RuleViews rules) {
        this.explainer = explainer;
        this.acts = acts;
        this.rules = rules;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                "GET /explain/{scope}/{name}",
                "Holdfast's own, also at " + MOUNT + "/explain/{scope}/{name}",
                this::explain);
    }

    private Answer explain(RucioCall call) {
        DataId id = call.did();
        // In a hidden scope nothing is looked for: so what is there takes as long as what is not.
        Optional<Explained> file = call.sees().allows(id) ? explainer.explain(id, call.sees()) : Optional.empty();
        if (file.isPresent()) {
            return Answer.json(out -> file(out, file.get(), call.sees()));
        }
        if (!rules.isCollection(id, call.sees())) {
            throw RucioError.notFound("DataIdentifierNotFound", "Data identifier '%s' not found".formatted(id));
        }
        return Answer.json(out -> collection(out, id, call.sees()));
    }

    private void file(JsonOut out, Explained explained, Visible sees) {
        DataId id = explained.holding().id();
        Told told = new Told(rules.over(id, sees), sees.isWhole());
        List<RuleView> over = told.rules;
        out.begin()
                .put("did", id.toString())
                .put("type", "FILE")
                .put("in_archive", explained.archive().map(DataId::toString))
                .put("published_by", explained.publication().map(p -> p.act().toString()))
                .put(
                        "published_from",
                        explained.publication().flatMap(p -> p.from()).map(DataId::toString))
                .put("observed", explained.observed());
        out.putList("copies", explained.copies(), (o, copy) -> copy(o, id, copy, told));
        out.putList(
                "on_order",
                explained.wanted().stream().filter(w -> told.tells(w.reason())).toList(),
                (o, w) -> o.begin()
                        .put("rse", w.to().name())
                        .put("because", told.reason(w.reason()))
                        .put("attempts", w.attempts())
                        .put("next_try", w.dueAt())
                        .put("problem", w.problem())
                        .end());
        out.putList("clauses_not_met", explained.shortfalls(), (o, s) -> {
            o.begin()
                    .put("clause", s.clause().name())
                    .put("verdict", s.failing().verdict())
                    .put("since", s.since())
                    .putList("because", s.failing().reasons(), (p, reason) -> p.value(reason.text()))
                    .end();
        });
        rules(out, over);
        Placement byRules = explained.observed() ? new Placement(List.of(), List.of()) : rulesWant(explained, over);
        Set<StorageName> ordered = explained.wanted().stream().map(w -> w.to()).collect(Collectors.toSet());
        List<Demand> soon = Stream.concat(explained.placement().demands().stream(), byRules.demands().stream())
                .filter(d -> !ordered.contains(d.to()))
                .toList();
        out.putList(
                "ordered_next",
                soon,
                (o, d) -> o.begin()
                        .put("rse", d.to().name())
                        .put("because", d.reason())
                        .end());
        List<String> unmet = Stream.concat(explained.placement().unmet().stream(), byRules.unmet().stream())
                .toList();
        String next = soon.isEmpty()
                ? explained.next()
                : "a copy to %s is ordered at the next turn"
                        .formatted(soon.getFirst().to());
        out.putList("unmet", unmet, JsonOut::value).put("next", next).end();
    }

    /**
     * What may be told of the rules over a file: of those about what may be known of. Whoever does not see everything is
     * told of no rule by its id where it is a reason, for of several rules only one is named there.
     */
    private record Told(List<RuleView> rules, boolean whole) {
        private static final String BY_RULE = "rule ";

        /** Whether an order may be told of. */
        boolean tells(String reason) {
            return whole || !reason.startsWith(BY_RULE) || !rules.isEmpty();
        }

        String reason(String reason) {
            return whole || !reason.startsWith(BY_RULE) ? reason : "a rule";
        }

        /** Whether an obstacle may be told of. */
        boolean names(String why) {
            return whole || !why.startsWith(BY_RULE);
        }
    }

    /** What keeps a copy: the clauses that would fall short without it, and the rules that hold it. */
    private void copy(JsonOut out, DataId id, CopyStanding standing, Told told) {
        CopyRow copy = standing.copy();
        List<String> kept = copy.state().stands()
                ? acts.obstacles(id, copy.storage()).stream()
                        .map(Obstacle::why)
                        .filter(told::names)
                        .toList()
                : List.of();
        out.begin()
                .put("rse", copy.storage().name())
                .put("state", copy.state())
                .put("counts", standing.counts())
                .put("proved_at", copy.proof().map(CopyRow.Proof::at))
                .putList("kept_by", kept, JsonOut::value)
                .putList("but", standing.reasons(), (o, reason) -> o.value(reason.text()))
                .end();
    }

    private Placement rulesWant(Explained explained, List<RuleView> over) {
        List<Promise> promises = new ArrayList<>();
        over.forEach(view -> rules.locksOn(view.rule().id(), explained.holding().id())
                .forEach(
                        at -> promises.add(new Promise(at, "rule " + view.rule().id()))));
        return Promises.plan(explained.holding(), promises, explained.surroundings(), explained.at());
    }

    private void collection(JsonOut out, DataId id, Visible sees) {
        List<RuleView> about = rules.about(id, false, sees);
        out.begin().put("did", id.toString()).put("type", "COLLECTION");
        rules(out, about);
        out.key("datasets_locked").beginList();
        rules.datasetLocks(
                id,
                sees,
                lock -> out.begin()
                        .put("rse", lock.at().name())
                        .put("rule_id", lock.rule())
                        .put("complete", lock.available())
                        .end());
        out.endList().key("not_there_yet").beginList();
        int[] left = {NAMED};
        about.forEach(view -> rules.locks(view.rule().id(), sees, lock -> missing(out, lock, left)));
        out.endList();
        String next = about.stream().allMatch(v -> v.replicating() + v.stuck() == 0)
                ? "nothing is on order for its rules"
                : "%d copies are on their way or wait"
                        .formatted(about.stream()
                                .mapToLong(v -> v.replicating() + v.stuck())
                                .sum());
        out.put("next", next).end();
    }

    /** The first hundred by name, with what stands in the way. */
    private static void missing(JsonOut out, LockRows.OfFile lock, int[] left) {
        if (lock.available() || left[0]-- <= 0) {
            return;
        }
        out.begin()
                .put("did", lock.file().toString())
                .put("rse", lock.at().name())
                .put("problem", lock.problem().orElse("on its way"))
                .end();
    }

    private static void rules(JsonOut out, List<RuleView> views) {
        out.putList(
                "rules",
                views,
                (o, view) -> o.begin()
                        .put("rule_id", view.rule().id())
                        .put("of", view.rule().target().id().toString())
                        .put("account", view.rule().hold().account().name())
                        .put("rse_expression", view.rule().wish().expression())
                        .put("copies", view.rule().wish().copies())
                        .put("state", view.state())
                        .put("locks_ok", view.ok())
                        .put("locks_replicating", view.replicating())
                        .put("locks_stuck", view.stuck())
                        .put("because", view.error())
                        .put("until", view.rule().hold().expires())
                        .end());
    }
}
