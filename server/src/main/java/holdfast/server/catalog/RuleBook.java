package holdfast.server.catalog;

import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.placement.PlacementFact.LocksChanged;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.placement.RuleLock;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ArchiveTable;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.Words;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes, changes and ends rules. Elements are chosen when a rule begins to work, and recorded as its locks in the same
 * transaction; nothing is written for single files where a lock on their dataset says the same.
 *
 * <p>A rule is made under the lock of its target's row, which a release asks for too: a rule and the release of a copy that
 * it would lock never pass each other.
 */
public final class RuleBook {
    /** How long a rule that somebody ended still holds. */
    private static final java.time.Duration UNDO = java.time.Duration.ofHours(1);

    private final Desk desk;
    private final CollectionTable collections;
    private final RuleTables rules;
    private final RuleCoverage coverage;
    private final ArchiveTable archives;

    /** What a rule book works with. */
    public record Desk(
            Database database,
            Words words,
            SqlJournal journal,
            Holdings holdings,
            HouseClock clock,
            RuleElements elements,
            AccountUsage usage,
            ScopeModes modes) {}

    public RuleBook(Desk desk) {
        this.desk = desk;
        this.collections = new CollectionTable(desk.words);
        this.rules = new RuleTables(desk.words);
        this.archives = new ArchiveTable(desk.words);
        this.coverage = new RuleCoverage(desk.words, new RuleChooser(desk.words, desk.elements, desk.usage));
    }

    /**
     * Makes a rule for each name, all or none; answers their ids in the order of names.
     *
     * @param sees what is not seen is refused as if nothing had that name
     */
    public List<UUID> add(AccountName by, RuleRequest request, Visible sees) {
        List<UUID> ids = new ArrayList<>();
        done(desk.journal.appendAll(actor(by), connection -> {
            ids.clear();
            List<Rule> made = new ArrayList<>();
            List<RuleLock> locks = new ArrayList<>();
            for (DataId of : request.of()) {
                Rule rule = begin(connection, request, of, sees);
                if (rules.isThere(connection, rule)
                        || made.stream().anyMatch(m -> m.target().equals(rule.target()))) {
                    throw duplicate(rule);
                }
                made.add(rule);
                ids.add(rule.id());
                locks.addAll(rule.paused().isEmpty() ? coverage.first(connection, rule) : List.of());
            }
            return facts(made, locks, LocksChanged.Change.TAKEN);
        }));
        return ids;
    }

    /** Refuses a rule whose elements are none, before anything is done that it comes along with. */
    public void rehearse(RuleRequest request) {
        desk.elements.matching(request.wish().expression());
    }

    private Rule begin(Connection connection, RuleRequest request, DataId of, Visible sees) throws SQLException {
        if (!sees.allows(of)) {
            throw nothing(of);
        }
        desk.modes.refuseObserved(of.scope());
        Rule.Target target = target(connection, of, sees);
        Instant now = desk.clock.now();
        Rule.Hold hold = new Rule.Hold(
                request.account(),
                request.locked(),
                request.priority(),
                now,
                now,
                request.lifetime().map(now::plus));
        String details = request.details().text();
        Rule rule = new Rule(Database.newId(), target, request.wish(), hold, request.begin(), details, false);
        // A large rule over single files takes its locks in many transactions.
        boolean later = rule.paused().isEmpty() && coverage.isForLater(connection, rule);
        return later ? rule.pause(Optional.of(Rule.Pause.INJECT), now) : rule;
    }

    /** Locks a target's row until the transaction ends. */
    private Rule.Target target(Connection connection, DataId id, Visible sees) throws SQLException {
        Optional<Rule.Target> collection = collections
                .lock(connection, id)
                .filter(c -> !c.row().removed())
                .map(c -> new Rule.Target(
                        id, Rule.Target.Kind.valueOf(c.row().kind().name())));
        if (collection.isPresent()) {
            return collection.get();
        }
        Optional<DataId> archive = archives.keptIn(connection, id, sees);
        Holding file = desk.holdings
                .lock(
                        connection,
                        Stream.concat(Stream.of(id), archive.stream())
                                .map(DataId::key)
                                .toList())
                .get(id);
        if (file == null) {
            throw nothing(id);
        }
        // Of what lies in an archive alone nothing can be carried by itself: the archive is promised, as Rucio does.
        boolean elsewhere = file.copies().stream().allMatch(c -> c.state() == CopyState.RELEASED);
        DataId promised = archive.filter(a -> elsewhere).orElse(id);
        desk.modes.refuseObserved(promised.scope());
        return new Rule.Target(promised, Rule.Target.Kind.FILE);
    }

    private static RucioError nothing(DataId id) {
        return RucioError.notFound("DataIdentifierNotFound", "Data identifier " + id + " is not valid.");
    }

    /** Changes one rule as somebody wishes; what the change throws ends it without a trace. */
    public void change(AccountName by, UUID id, UnaryOperator<Rule> change) {
        done(desk.journal.append(actor(by), connection -> {
            Rule before = locked(connection, id);
            Rule after = change.apply(before);
            if (rules.isThere(connection, after)) {
                throw duplicate(after);
            }
            return after.equals(before) ? Optional.empty() : Optional.of(new RulesChanged(List.of(after)));
        }));
    }

    /** Lets a rule that waits for approval begin, or ends it. */
    public void decide(AccountName by, UUID id, boolean approved) {
        done(desk.journal.appendAll(actor(by), connection -> {
            Rule rule = locked(connection, id);
            if (!rule.paused().equals(Optional.of(Rule.Pause.WAITING_APPROVAL))) {
                throw RucioError.conflict(
                        "UnsupportedOperation", "The rule " + Ids.text(id) + " waits for no approval.");
            }
            Instant now = desk.clock.now();
            if (!approved) {
                return List.of(new RulesChanged(List.of(rule.remove(now))));
            }
            Rule begun = rule.pause(Optional.empty(), now);
            return facts(List.of(begun), coverage.first(connection, begun), LocksChanged.Change.TAKEN);
        }));
    }

    /** Ends a rule now. Copies that it locked stay until they are released by signatures, and only if nothing needs them. */
    public void remove(AccountName by, UUID id) {
        done(desk.journal.append(actor(by), connection -> {
            Rule rule = locked(connection, id);
            return Optional.of(new RulesChanged(List.of(rule.remove(desk.clock.now()))));
        }));
    }

    /** Ends a rule in an hour, as Rucio does, so that a slip can be mended by another lifetime. */
    public void endSoon(AccountName by, UUID id, boolean purge) {
        done(desk.journal.append(actor(by), connection -> {
            Rule rule = locked(connection, id);
            Rule.Hold hold = rule.hold();
            if (hold.locked()) {
                throw RucioError.of(
                        401,
                        "UnsupportedOperation",
                        "The replication rule is locked and has to be unlocked before it can be deleted.");
            }
            Instant now = desk.clock.now();
            Instant soon = now.plus(UNDO);
            Instant end = hold.expires().filter(soon::isAfter).orElse(soon);
            RuleDetails details = RuleDetails.of(rule.details());
            Rule ending = rule.with(new Rule.Hold(
                            hold.account(), false, hold.priority(), hold.created(), now, Optional.of(end)))
                    .withDetails(purge ? details.withPurge().text() : rule.details(), now);
            return Optional.of(new RulesChanged(List.of(ending)));
        }));
    }

    /**
     * Makes a rule that takes another's place: the old one ends once the new one is kept.
     *
     * @param next what the new rule is, from the old one
     */
    public UUID replace(AccountName by, UUID id, UnaryOperator<RuleRequest> next) {
        UUID[] made = new UUID[1];
        done(desk.journal.appendAll(actor(by), connection -> {
            Rule old = locked(connection, id);
            RuleDetails details = RuleDetails.of(old.details());
            if (details.child().isPresent()) {
                throw RucioError.conflict("RuleReplaceFailed", "The rule must not have a child rule.");
            }
            RuleRequest asked = next.apply(request(old, details));
            // Whoever may replace a rule knows of it, and it is about the same name.
            Rule rule = begin(connection, asked, old.target().id(), Visible.EVERYTHING);
            if (rules.isThere(connection, rule)) {
                throw duplicate(rule);
            }
            made[0] = rule.id();
            Rule parent = old.withDetails(details.withChild(rule.id()).text(), desk.clock.now());
            List<RuleLock> locks = rule.paused().isEmpty() ? coverage.first(connection, rule) : List.of();
            return facts(List.of(rule, parent), locks, LocksChanged.Change.TAKEN);
        }));
        return made[0];
    }

    private RuleRequest request(Rule old, RuleDetails details) {
        Rule.Hold hold = old.hold();
        Instant now = desk.clock.now();
        return new RuleRequest(
                List.of(old.target().id()),
                hold.account(),
                old.wish(),
                hold.expires().map(end -> java.time.Duration.between(now, end)),
                hold.locked(),
                hold.priority(),
                Optional.empty(),
                details.withError(Optional.empty(), Optional.empty()));
    }

    private Rule locked(Connection connection, UUID id) throws SQLException {
        Rule rule = rules.lock(connection, id).filter(r -> !r.removed()).orElseThrow(() -> missing(id));
        desk.modes.refuseObserved(rule.target().id().scope());
        return rule;
    }

    static RucioError missing(UUID id) {
        return RucioError.notFound("RuleNotFound", "No rule with the id " + Ids.text(id) + " found");
    }

    private static RucioError duplicate(Rule rule) {
        return RucioError.conflict(
                "DuplicateRule",
                "A rule of account %s for %d copies of %s at %s already exists."
                        .formatted(
                                rule.hold().account(),
                                rule.wish().copies(),
                                rule.target().id(),
                                rule.wish().expression()));
    }

    static List<Fact> facts(List<Rule> changed, List<RuleLock> locks, LocksChanged.Change change) {
        List<Fact> facts = new ArrayList<>();
        if (!changed.isEmpty()) {
            facts.add(new RulesChanged(changed));
        }
        if (!locks.isEmpty()) {
            facts.add(new LocksChanged(change, locks));
        }
        return facts;
    }

    static Actor actor(AccountName by) {
        return new Actor(by.name());
    }

    /** A lost answer of the database is no answer: the client must look before it asks again. */
    private static void done(Appended appended) {
        if (appended instanceof Appended.Unknown) {
            throw RucioError.of(
                    503, "DatabaseException", "not known whether this was done; look whether the rule is there first");
        }
    }
}
