package holdfast.server.catalog;

import holdfast.journal.Fact;
import holdfast.placement.PlacementFact.LocksChanged;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.ContentDue;
import holdfast.server.sql.Descent;
import holdfast.server.sql.Leases;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.RuleSums;
import holdfast.server.sql.RuleTables;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps rules in step with what they are about: locks what was attached, lets go of what was detached, begins what was put
 * off, ends what is over. Whoever attaches calls it at once for the collection concerned; a round does the rest, on one node
 * at a time: the lease saves the others the same work, and what two would do all the same each rule's lock keeps apart.
 */
public final class RuleKeeper {
    private static final Actor KEEPER = new Actor("rules");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int BATCH = 500;

    private final RuleBook.Desk desk;
    private final Leases leases;
    private final CollectionTable collections;
    private final ContentDue due = new ContentDue();
    private final RuleTables rules;
    private final RuleSums sums;
    private final Descent descent;
    private final RuleCoverage coverage;

    public RuleKeeper(RuleBook.Desk desk, Leases leases) {
        this.desk = desk;
        this.leases = leases;
        this.collections = new CollectionTable(desk.words());
        this.rules = new RuleTables(desk.words());
        this.sums = new RuleSums(desk.words());
        this.descent = new Descent(desk.words());
        this.coverage = new RuleCoverage(desk.words(), new RuleChooser(desk.words(), desk.elements(), desk.usage()));
    }

    /** One turn; answers how much was done, which is nothing while another node does it. */
    public int step() {
        return isMine() ? settleDue() + begin() + end() : 0;
    }

    private boolean isMine() {
        return leases.take("rules", LEASE).isPresent();
    }

    /** Brings the rules over one collection, and over all that hold it, in step with its content. */
    public void settle(DataId collection) {
        List<Long> number = desk.database()
                .read(connection -> collections.find(connection, collection).stream()
                        .map(CollectionTable.Numbered::number)
                        .toList());
        if (!number.isEmpty()) {
            settle(number);
        }
    }

    private int settleDue() {
        ContentDue.Batch batch = desk.database().read(connection -> due.oldest(connection, BATCH));
        if (batch.collections().isEmpty()) {
            return 0;
        }
        settle(batch.collections());
        desk.database().writeWork(connection -> due.done(connection, batch));
        return batch.collections().size();
    }

    private void settle(List<Long> numbers) {
        List<Rule> over = desk.database().read(connection -> {
            List<NameKey> names = descent.above(connection, numbers).stream()
                    .map(c -> c.row().id().key())
                    .toList();
            return rules.about(connection, names, false);
        });
        over.stream().filter(RuleKeeper::mayNeedMore).map(Rule::id).forEach(this::settle);
    }

    /** A dataset's own lock covers what is attached to it; all other rules take locks for what came. */
    private static boolean mayNeedMore(Rule rule) {
        boolean byDataset =
                rule.target().kind() == Rule.Target.Kind.DATASET && rule.wish().grouping() != Rule.Grouping.NONE;
        boolean works = rule.paused().isEmpty() || rule.paused().equals(Optional.of(Rule.Pause.STUCK));
        return works && (!byDataset || rule.paused().isPresent());
    }

    /** Takes and gives up locks of one rule until it has those that it should have. */
    private void settle(UUID id) {
        boolean more = true;
        while (more) {
            boolean[] again = {false};
            desk.journal().appendAll(KEEPER, connection -> settled(connection, id, again));
            more = again[0];
        }
    }

    private List<Fact> settled(Connection connection, UUID id, boolean[] again) throws SQLException {
        again[0] = false;
        Optional<Rule> locked = rules.lock(connection, id).filter(r -> !r.removed());
        if (locked.isEmpty() || isObserved(connection, locked.get())) {
            return List.of();
        }
        Rule rule = locked.get();
        Instant now = desk.clock().now();
        try {
            RuleCoverage.Difference difference = coverage.difference(connection, rule);
            again[0] = difference.more();
            List<Fact> facts = new ArrayList<>();
            if (rule.paused().isPresent() && !difference.more()) {
                String details = RuleDetails.of(rule.details())
                        .withError(Optional.empty(), Optional.empty())
                        .text();
                facts.add(new RulesChanged(
                        List.of(rule.pause(Optional.empty(), now).withDetails(details, now))));
            }
            facts.addAll(RuleBook.facts(List.of(), difference.giveUp(), LocksChanged.Change.GIVEN_UP));
            facts.addAll(RuleBook.facts(List.of(), difference.take(), LocksChanged.Change.TAKEN));
            return facts;
        } catch (RucioError e) {
            return stuck(rule, e.text(), now);
        }
    }

    /** Another server keeps such a rule; here it stands as it was taken over. */
    private static boolean isObserved(Connection connection, Rule rule) throws SQLException {
        return ObservedScopes.in(connection).contains(rule.target().id().scope());
    }

    private static List<Fact> stuck(Rule rule, String why, Instant now) {
        RuleDetails details = RuleDetails.of(rule.details());
        if (details.error().equals(Optional.of(why)) && rule.paused().isPresent()) {
            return List.of();
        }
        String text = details.withError(Optional.of(why), details.stuckAt().or(() -> Optional.of(now)))
                .text();
        return List.of(new RulesChanged(
                List.of(rule.pause(Optional.of(Rule.Pause.STUCK), now).withDetails(text, now))));
    }

    /** Rules that were put off and whose time has come, and stuck ones, for which there may be room by now. */
    private int begin() {
        Instant now = desk.clock().now();
        List<Rule> waiting = desk.database().read(connection -> {
            List<Rule> found = new ArrayList<>();
            for (UUID id : rules.paused(connection, Rule.Pause.INJECT)) {
                rules.find(connection, id).ifPresent(found::add);
            }
            return found;
        });
        int begun = 0;
        for (Rule rule : waiting) {
            if (RuleDetails.of(rule.details())
                    .notBefore()
                    .map(t -> !t.isAfter(now))
                    .orElse(true)) {
                settle(rule.id());
                begun++;
            }
        }
        return begun;
    }

    /** Tries stuck rules once more; for a round of its own, since nothing says when it is worth it. */
    public int retry() {
        if (!isMine()) {
            return 0;
        }
        List<UUID> stuck = desk.database().read(connection -> rules.paused(connection, Rule.Pause.STUCK));
        stuck.forEach(this::settle);
        return stuck.size();
    }

    /** Ends rules whose time is over and that nobody locked, and those whose successor is kept. */
    private int end() {
        Instant now = desk.clock().now();
        List<UUID> expired = desk.database().read(connection -> rules.expired(connection, now, BATCH));
        int ended = 0;
        for (UUID id : expired) {
            ended += desk.journal()
                                    .append(
                                            KEEPER,
                                            connection -> rules.lock(connection, id)
                                                    .filter(r -> !r.removed()
                                                            && !r.hold().locked())
                                                    .filter(r -> r.hold()
                                                            .expires()
                                                            .map(t -> !t.isAfter(now))
                                                            .orElse(false))
                                                    .map(r -> new RulesChanged(List.of(r.remove(now)))))
                            instanceof holdfast.journal.Journal.Appended.Done
                    ? 1
                    : 0;
        }
        return ended + endReplaced(now);
    }

    private int endReplaced(Instant now) {
        List<Rule> parents = desk.database().read(rules::withChild);
        Set<UUID> children = new LinkedHashSet<>();
        parents.forEach(p -> RuleDetails.of(p.details()).child().ifPresent(children::add));
        if (children.isEmpty()) {
            return 0;
        }
        Set<UUID> kept = desk.database().read(connection -> kept(connection, children));
        int ended = 0;
        for (Rule parent : parents) {
            if (RuleDetails.of(parent.details()).child().filter(kept::contains).isPresent()) {
                desk.journal().append(KEEPER, connection -> replaced(connection, parent.id(), now));
                ended++;
            }
        }
        return ended;
    }

    private Optional<RulesChanged> replaced(Connection connection, UUID id, Instant now) throws SQLException {
        Optional<Rule> rule = rules.lock(connection, id).filter(r -> !r.removed());
        return rule.isEmpty() || isObserved(connection, rule.get())
                ? Optional.empty()
                : rule.map(r -> new RulesChanged(List.of(r.remove(now))));
    }

    private Set<UUID> kept(Connection connection, Set<UUID> ids) throws SQLException {
        Set<UUID> kept = new LinkedHashSet<>();
        var byRule = sums.of(connection, List.copyOf(ids));
        for (UUID id : ids) {
            Optional<Rule> rule = rules.find(connection, id);
            List<RuleSums.Sum> its = byRule.getOrDefault(id, List.of());
            if (rule.isPresent() && RuleState.of(rule.get(), its) == RuleState.OK) {
                kept.add(id);
            }
        }
        return kept;
    }
}
