package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.fixity.MassLoss;
import holdfast.journal.Fact;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.placement.PlacementFact.RulesChanged;
import holdfast.placement.Rule;
import holdfast.plan.Plan;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.retention.Act;
import holdfast.retention.Circumstances;
import holdfast.retention.Hold;
import holdfast.retention.LiftGuard;
import holdfast.retention.LossGuard;
import holdfast.retention.PublishGuard;
import holdfast.retention.ReleaseGuard;
import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.retention.RetentionFact.FilesDeclaredLost;
import holdfast.retention.RetentionFact.HoldLifted;
import holdfast.retention.SignedAct;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Conditions;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.Registry;
import holdfast.server.sql.RuleTables;
import holdfast.server.sql.Tolls;
import holdfast.server.sql.Words;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an act does once it is signed: the facts it comes to, judged by its guard under the locks of what it changes. */
final class Effects {
    private final Words words;
    private final Holdings holdings;
    private final Conditions conditions;
    private final Tolls tolls;
    private final ActTables acts = new ActTables();
    private final ReleaseCircumstances circumstances;

    Effects(Words words, Holdings holdings, ReleaseCircumstances circumstances) {
        this.words = words;
        this.holdings = holdings;
        this.conditions = new Conditions(words);
        this.tolls = new Tolls(words);
        this.circumstances = circumstances;
    }

    /**
     * The facts, in order.
     *
     * @throws ActRefused when its guard forbids it now
     */
    List<Fact> of(Connection connection, SignedAct signed, Instant now) throws SQLException {
        return switch (signed.act()) {
            case Act.ReleaseCopies release -> release(connection, signed, release, now);
            case Act.LiftHold _ -> lift(connection, signed, now);
            case Act.ClearSuspicion clear -> clear(connection, clear, now);
            case Act.DeclareLost lost -> declareLost(connection, lost, now);
            case Act.CartridgeLost lost -> cartridgeLost(connection, lost, now);
            case Act.AdoptPlan adopt -> adopt(adopt.plan());
            case Act.ManageScope manage -> manage(connection, manage, now);
            case Act.Publish publish -> publish(connection, publish);
        };
    }

    /** Texts that cannot be read, or are not what was looked at, never come into force. */
    private List<Fact> adopt(PlanAdopted plan) {
        Plan read = circumstances.read(plan).plan();
        if (!read.digest().equals(plan.digest()) || !read.version().equals(plan.planVersion())) {
            throw new ActRefused("the act states version %s and digest %s, its plan has %s and %s"
                    .formatted(plan.planVersion(), plan.digest(), read.version(), read.digest()));
        }
        return List.of(plan);
    }

    /** Only what was compared: files that came or went since were in no listing. */
    private List<Fact> manage(Connection connection, Act.ManageScope manage, Instant now) throws SQLException {
        Scope scope = manage.scope();
        if (!ObservedScopes.lock(connection, scope)) {
            throw new ActRefused("scope " + scope + " is not observed here; there is nothing to end");
        }
        long here = ObservedScopes.files(connection, words, scope);
        if (here != manage.compared().here()) {
            throw new ActRefused(
                    "the comparison saw %,d files of scope %s here, and there are %,d: compare again (holdfast adopt compare) and propose the act anew"
                            .formatted(manage.compared().here(), scope, here));
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new DocumentsChanged(List.of(Registry.drop(ObservedScopes.KIND, scope.name()))));
        // A rule without a lock would seem to be kept; a stuck one is tried again.
        List<Rule> stuck = new RuleTables(words)
                .holdingNothing(connection, scope).stream()
                        .map(rule -> rule.pause(Optional.of(Rule.Pause.STUCK), now))
                        .toList();
        if (!stuck.isEmpty()) {
            facts.add(new RulesChanged(stuck));
        }
        return facts;
    }

    /** Nothing yet: it is carried out when it can be undone no more. */
    private List<Fact> publish(Connection connection, Act.Publish publish) throws SQLException {
        PublishGuard.Ground ground = circumstances.ground(connection);
        List<NameKey> keys = publish.files().stream()
                .flatMap(one -> Stream.of(one.from(), one.to()))
                .map(DataId::key)
                .distinct()
                .toList();
        Map<DataId, Holding> known = new HashMap<>();
        holdings.of(connection, keys).forEach(holding -> known.put(holding.id(), holding));
        refuseFor(publish.files().stream()
                .flatMap(one -> PublishGuard.obstacles(
                        one,
                        known.getOrDefault(one.from(), Holding.unknown(one.from())),
                        known.getOrDefault(one.to(), Holding.unknown(one.to())),
                        ground)
                        .stream())
                .toList());
        return List.of();
    }

    private List<Fact> release(Connection connection, SignedAct signed, Act.ReleaseCopies release, Instant now)
            throws SQLException {
        Map<DataId, Holding> locked = holdings.lock(connection, keys(release.files()));
        Circumstances within = circumstances.now(connection, now, release.files());
        List<String> obstacles = new ArrayList<>();
        for (DataId file : release.files()) {
            Holding holding = locked.getOrDefault(file, Holding.unknown(file));
            if (ReleaseGuard.mayGo(holding, release.from(), within, now) instanceof ReleaseGuard.Word.Refused refused) {
                refused.obstacles().stream().map(Obstacle::why).forEach(why -> obstacles.add(file + ": " + why));
            }
        }
        refuseFor(obstacles);
        Optional<String> finding = Optional.of("released by act " + signed.id());
        List<CopyRow> copies = copies(locked, release.from(), c -> c.state() != CopyState.RELEASED)
                .map(c -> c.state(CopyState.RELEASING, now, finding))
                .toList();
        return List.of(new CopiesDecided(Decision.RELEASING, copies));
    }

    private List<Fact> lift(Connection connection, SignedAct signed, Instant now) throws SQLException {
        Circumstances within = circumstances.now(connection, now);
        Hold hold = within.hold().orElseThrow(() -> new ActRefused("the house is in no custody hold"));
        if (signed.proposal().at().isBefore(hold.since())) {
            throw new ActRefused(
                    "this act was proposed before the hold of " + hold.since() + " began; propose it anew");
        }
        Surroundings here = within.plans().getFirst();
        refuseFor(LiftGuard.obstacles(hold, here.sites(), here.conditions()));
        return List.of(new HoldLifted(signed.id()));
    }

    private List<Fact> clear(Connection connection, Act.ClearSuspicion clear, Instant now) throws SQLException {
        Condition before = conditions.lock(connection, List.of(clear.element())).getFirst();
        Instant since =
                before.suspectSince().orElseThrow(() -> new ActRefused(clear.element() + " is not under suspicion"));
        Fact cleared = new ConditionChanged(Cause.CLEARED, List.of(before.withSuspectSince(Optional.empty())));
        if (!clear.readAgain()) {
            return List.of(cleared);
        }
        List<NameKey> damaged = tolls.damagedAt(connection, clear.element(), since.minus(MassLoss.WITHIN));
        List<CopyRow> copies = copies(
                        holdings.lock(connection, damaged),
                        clear.element(),
                        c -> c.state().isDamage())
                .map(c -> readAgain(c, now))
                .toList();
        return copies.isEmpty() ? List.of(cleared) : List.of(new CopiesDecided(Decision.READ_AGAIN, copies), cleared);
    }

    /** A copy whose recorded state is believed no more: it counts again when it was read. */
    static CopyRow readAgain(CopyRow copy, Instant now) {
        return copy.state(CopyState.CLAIMED, now, Optional.empty());
    }

    private List<Fact> declareLost(Connection connection, Act.DeclareLost lost, Instant now) throws SQLException {
        Map<DataId, Holding> locked = holdings.lock(connection, keys(lost.files()));
        Surroundings here = circumstances.now(connection, now).plans().getFirst();
        List<String> obstacles = lost.files().stream()
                .flatMap(f -> LossGuard.obstacle(locked.getOrDefault(f, Holding.unknown(f)), here, now).stream())
                .toList();
        refuseFor(obstacles);
        List<FileRow> files = locked.values().stream()
                .flatMap(h -> h.file().stream())
                .map(FileRow::declareLost)
                .toList();
        return List.of(new FilesDeclaredLost(files));
    }

    private List<Fact> cartridgeLost(Connection connection, Act.CartridgeLost lost, Instant now) throws SQLException {
        Map<DataId, Holding> locked = holdings.lock(connection, keys(lost.files()));
        Optional<String> finding = Optional.of("its cartridge " + lost.cartridge() + " was declared lost");
        List<CopyRow> copies = copies(locked, lost.element(), c -> c.state().stands())
                .filter(c -> c.locator().flatMap(l -> l.cartridge()).equals(Optional.of(lost.cartridge())))
                .map(c -> c.state(CopyState.MISSING, now, finding))
                .toList();
        if (copies.isEmpty()) {
            throw new ActRefused("no copy of these files stands on cartridge " + lost.cartridge() + " of "
                    + lost.element() + " any more");
        }
        return List.of(new CopiesDecided(Decision.DECLARED_MISSING, copies));
    }

    static Stream<CopyRow> copies(Map<DataId, Holding> locked, StorageName at, Predicate<CopyRow> which) {
        return locked.values().stream()
                .flatMap(h -> h.copies().stream())
                .filter(c -> c.storage().equals(at) && which.test(c));
    }

    private static List<NameKey> keys(List<DataId> files) {
        return files.stream().map(DataId::key).toList();
    }

    private static void refuseFor(List<String> obstacles) {
        if (!obstacles.isEmpty()) {
            throw new ActRefused(obstacles);
        }
    }
}
