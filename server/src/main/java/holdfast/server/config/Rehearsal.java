package holdfast.server.config;

import holdfast.custody.Attended;
import holdfast.custody.Attended.DutyKey;
import holdfast.custody.Attended.Order;
import holdfast.custody.Commitments;
import holdfast.custody.Custodian;
import holdfast.custody.InForce;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.Subjects;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Tally;
import holdfast.judgement.Whole;
import holdfast.placement.LoadView;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Homes;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.work.Assessor;
import holdfast.server.work.Assessor.Assessment;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What another plan would change, judged over everything that is registered; nothing is adopted, nothing ordered. */
public final class Rehearsal {
    private final Database database;
    private final Homes homes;
    private final Holdings holdings;
    private final Assessor assessor;
    private final HouseClock clock;

    public Rehearsal(Database database, Homes homes, Holdings holdings, Assessor assessor, HouseClock clock) {
        this.database = database;
        this.homes = homes;
        this.holdings = holdings;
        this.assessor = assessor;
        this.clock = clock;
    }

    /** A clause whose verdict would be another; {@code -} where one of the plans does not have it. */
    public record Flip(String clause, String before, String after) {}

    /** What would change. */
    public record Changes(String version, String digest, List<Flip> flips, long copiesToOrder, long bytesToOrder) {}

    public Changes changes(InForce next) {
        Assessment now = assessor.assess(0);
        Surroundings there = next.surroundings(
                now.surroundings().conditions(),
                now.surroundings().doubtBefore(),
                now.surroundings().trials());
        Sum sum = new Sum(there, database.read(ObservedScopes::in), clock.now());
        for (long home : database.read(homes::all)) {
            sum.add(database.read(connection -> holdings.home(connection, home)));
        }
        Map<ClauseId, String> after = new HashMap<>();
        for (Clause clause : next.plan().clauses().values()) {
            Whole whole = now.whole();
            Whole asIf = new Whole(
                    whole.register(),
                    whole.journal(),
                    whole.waivers(),
                    Optional.of(next.plan().digest()),
                    whole.held());
            after.put(clause.id(), word(Judge.judgeWhole(clause, sum.subjects(clause), there, asIf, sum.now)));
        }
        return new Changes(next.plan().version(), next.plan().digest().hex(), flips(now, after), sum.orders, sum.bytes);
    }

    private static List<Flip> flips(Assessment now, Map<ClauseId, String> after) {
        Map<ClauseId, String> before = new HashMap<>();
        now.verdicts().forEach(v -> before.put(v.clause().id(), word(v)));
        Set<ClauseId> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        List<Flip> flips = new ArrayList<>();
        for (ClauseId id : all) {
            String one = before.getOrDefault(id, "-");
            String other = after.getOrDefault(id, "-");
            if (!one.equals(other)) {
                flips.add(new Flip(id.name(), one, other));
            }
        }
        return flips;
    }

    private static String word(ClauseVerdict verdict) {
        return verdict.verdict().map(Enum::name).orElse("NOT A DUTY");
    }

    /** Homes added up under the other plan. */
    private static final class Sum {
        private final Surroundings surroundings;
        private final Commitments given;
        private final Instant now;
        private final Map<DutyKey, Tally> tallies = new HashMap<>();
        private LoadView load = LoadView.NONE;
        private long orders;
        private long bytes;

        Sum(Surroundings surroundings, Set<Scope> observed, Instant now) {
            this.surroundings = surroundings;
            this.given = new Commitments(Map.of(), Map.of(), observed);
            this.now = now;
        }

        void add(List<Holding> home) {
            Attended attended = Custodian.attend(home, given, surroundings, load, now);
            attended.tallies().forEach((key, tally) -> tallies.merge(key, tally, Tally::plus));
            load = attended.load();
            orders += attended.orders().size();
            bytes += attended.orders().stream()
                    .map(Order::size)
                    .mapToLong(s -> s.bytes())
                    .sum();
        }

        Subjects subjects(Clause clause) {
            Map<Duty, Tally> duties = new HashMap<>();
            for (int i = 0; i < clause.must().size(); i++) {
                Tally tally = tallies.get(new DutyKey(clause.id(), i));
                if (tally != null) {
                    duties.put(clause.must().get(i), tally);
                }
            }
            Tally worst = tallies.getOrDefault(new DutyKey(clause.id(), DutyKey.WHOLE), Tally.NONE);
            return new Subjects(duties, worst, List.of(), Set.of());
        }
    }
}
