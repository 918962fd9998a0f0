package holdfast.server.work;

import holdfast.custody.Attended.DutyKey;
import holdfast.custody.InForce;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.Judge;
import holdfast.judgement.Subjects;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Tally;
import holdfast.judgement.Whole;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Waiver;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Memory;
import holdfast.server.sql.State;
import holdfast.server.sql.Verdicts;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.Visible;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes the verdicts of all clauses from the summaries. Homes that are due are attended first, as far as that takes no
 * longer than a reader waits; what is still due then makes the verdicts over files UNDETERMINED, never stale.
 */
public final class Assessor {
    /** The memory under which the last audit of the journal is kept, and the last head written outside. */
    public static final String AUDIT = "journal-audit";

    public static final String HEAD_OUTSIDE = "head-outside";

    private static final Duration PATIENCE = Duration.ofMillis(900);

    private final Database database;
    private final Reads reads;
    private final Attendant attendant;
    private final Supplier<InForce> inForce;
    private final HouseClock clock;

    /** Where an assessor reads. */
    public record Reads(Verdicts verdicts, State state, Memory memory) {}

    public Assessor(Database database, Reads reads, Attendant attendant, Supplier<InForce> inForce, HouseClock clock) {
        this.database = database;
        this.reads = reads;
        this.attendant = attendant;
        this.inForce = inForce;
        this.clock = clock;
    }

    /**
     * All verdicts of one moment.
     *
     * @param due homes that were still due: their part of the numbers is of an earlier moment
     */
    public record Assessment(
            InForce inForce,
            Surroundings surroundings,
            Whole whole,
            List<ClauseVerdict> verdicts,
            long due,
            Instant at) {}

    /** Takes all verdicts, each with at most so many failing files by name. */
    public Assessment assess(int named) {
        return assess(named, PATIENCE);
    }

    /** Takes all verdicts, attending what is due for at most so long. */
    public Assessment assess(int named, Duration patience) {
        long stillDue = catchUp(patience);
        InForce plan = inForce.get();
        return database.read(connection -> {
            // What another node summed up by a plan that this one has not read yet is none of this plan's answers.
            long due = attendant.isInForce(connection, plan) ? stillDue : Math.max(stillDue, 1);
            Instant now = clock.now();
            Surroundings surroundings = reads.state.surroundings(connection, plan);
            Whole whole = whole(connection, plan, now);
            Map<DutyKey, Tally> totals = reads.verdicts.totals(connection);
            if (due > 0) {
                totals.replaceAll((key, tally) -> lapsed(tally, now));
            }
            List<ClauseVerdict> verdicts = new java.util.ArrayList<>();
            for (Clause clause : plan.plan().clauses().values()) {
                Subjects subjects = subjects(connection, clause, totals, new Asked(named, whole.waivers(), now));
                verdicts.add(Judge.judgeWhole(clause, subjects, surroundings, whole, now));
            }
            return new Assessment(plan, surroundings, whole, verdicts, due, now);
        });
    }

    /** Attends what is due until nothing is, or patience ends; answers how many homes are still due. */
    public long catchUp(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (attendant.step() > 0 && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return database.read(reads.verdicts::dueHomes);
    }

    private record Asked(int named, List<Waiver> waivers, Instant now) {}

    private Subjects subjects(Connection connection, Clause clause, Map<DutyKey, Tally> totals, Asked asked)
            throws SQLException {
        Map<Duty, Tally> duties = new HashMap<>();
        for (int i = 0; i < clause.must().size(); i++) {
            Tally tally = totals.get(new DutyKey(clause.id(), i));
            if (tally != null) {
                duties.put(clause.must().get(i), tally);
            }
        }
        Tally worst = totals.getOrDefault(new DutyKey(clause.id(), DutyKey.WHOLE), Tally.NONE);
        boolean some = worst.breached() + worst.undetermined() > 0 && asked.named > 0;
        List<Failing> named = some
                ? reads.verdicts.failing(connection, clause.id(), Optional.empty(), asked.named).stream()
                        .map(Verdicts.Short::failing)
                        .toList()
                : List.of();
        Set<DataId> waived = Judge.waived(clause.id(), asked.waivers, asked.now);
        Set<DataId> waivedShort = waived.isEmpty() ? Set.of() : reads.verdicts.among(connection, clause.id(), waived);
        return new Subjects(duties, worst, named, waivedShort);
    }

    private static Tally lapsed(Tally tally, Instant now) {
        return tally.plus(new Tally(0, 0, 0, 0, Optional.empty(), Optional.empty(), now, Optional.empty()));
    }

    private Whole whole(Connection connection, InForce plan, Instant now) throws SQLException {
        return new Whole(
                reads.state.register(connection),
                State.journal(reads.memory.recall(AUDIT), reads.memory.recall(HEAD_OUTSIDE)),
                reads.state.waivers(connection, now),
                reads.state.adopted(connection).map(PlanAdopted::digest),
                held(connection, plan));
    }

    private Map<ClassId, Map<LocalDate, Map<SiteName, ByteSize>>> held(Connection connection, InForce plan)
            throws SQLException {
        Map<ClassId, Map<LocalDate, Map<SiteName, ByteSize>>> held = new HashMap<>();
        for (State.HeldSum sum : reads.state.held(connection)) {
            Optional<SiteName> site = plan.sites().element(sum.storage()).map(StorageElement::site);
            site.ifPresent(s -> held.computeIfAbsent(sum.classId(), c -> new HashMap<>())
                    .computeIfAbsent(sum.period(), p -> new HashMap<>())
                    .merge(s, sum.bytes(), ByteSize::plus));
        }
        return held;
    }

    /**
     * Files that fall short of a clause and that somebody may know of, page by page. A page is shorter only where it is the last
     * one, so that none has to be continued by a name that is hidden from them; after such a name comes what comes after an
     * absent one: nothing.
     */
    public List<Verdicts.Short> failing(ClauseId clause, Optional<DataId> after, int most, Visible sees) {
        if (!after.map(sees::allows).orElse(true)) {
            return List.of();
        }
        return database.read(connection -> {
            List<Verdicts.Short> found = new ArrayList<>();
            Optional<DataId> last = after;
            boolean more = true;
            while (more && found.size() < most) {
                List<Verdicts.Short> page = reads.verdicts.failing(connection, clause, last, most);
                page.stream()
                        .filter(one -> one.failing().file().map(sees::allows).orElse(true))
                        .limit(most - found.size())
                        .forEach(found::add);
                more = page.size() == most;
                last = page.isEmpty() ? last : page.getLast().failing().file();
            }
            return found;
        });
    }
}
