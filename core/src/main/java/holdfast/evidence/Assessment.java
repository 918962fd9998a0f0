package holdfast.evidence;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.FileJudgement;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.ServingSites;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.plan.Agreement;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.PlanFact;
import holdfast.plan.Waiver;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.SiteName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All verdicts of a plan taken again, file by file and with nothing remembered: slow and plain. Audits compare the
 * server's running sums with it, and a verifier takes the verdicts of a bundle with it; all must agree to the word.
 */
public final class Assessment {
    /** The day under which bytes are added up that no sharing period covers. */
    private static final LocalDate NO_PERIOD = LocalDate.of(1, 1, 1);

    private final Surroundings surroundings;
    private final Instant now;
    private final Map<ClauseId, ClauseSum> sums = new TreeMap<>();
    private final Map<Optional<ClassId>, List<ClauseSum>> byClass = new HashMap<>();
    private final Map<ClassId, Map<LocalDate, Map<SiteName, ByteSize>>> held = new HashMap<>();

    private Assessment(Surroundings surroundings, List<Waiver> waivers, Instant now) {
        this.surroundings = surroundings;
        this.now = now;
        surroundings.plan().clauses().forEach((id, clause) -> sums.put(id, new ClauseSum(clause, waivers, now)));
    }

    /** The verdict of every clause of the plan, in its order, with every file that falls short. */
    public static List<ClauseVerdict> of(
            Ledger ledger, Surroundings surroundings, Whole.JournalState journal, Instant now) {
        List<Waiver> waivers = ledger.waivers().stream()
                .filter(w -> now.isBefore(w.until()))
                .sorted(Comparator.comparing(Waiver::from).thenComparing(w -> w.id().toString()))
                .toList();
        Whole whole = new Whole(
                ledger.register(), journal, waivers, ledger.adopted().map(PlanFact.PlanAdopted::digest), Map.of());
        return of(ledger.holdings(), surroundings, whole, now);
    }

    /**
     * The verdict of every clause over some holdings.
     *
     * @param holdings all of them, each once, in the order of names
     * @param whole what is recorded beyond files; the bytes that it says are held are added up again here
     */
    public static List<ClauseVerdict> of(
            Stream<Holding> holdings, Surroundings surroundings, Whole whole, Instant now) {
        Assessment assessment = new Assessment(surroundings, whole.waivers(), now);
        holdings.forEach(assessment::add);
        Whole counted = new Whole(whole.register(), whole.journal(), whole.waivers(), whole.adopted(), assessment.held);
        return assessment.sums.values().stream()
                .map(sum -> Judge.judgeWhole(sum.clause(), sum.subjects(), surroundings, counted, now))
                .toList();
    }

    private void add(Holding holding) {
        FileJudgement judgement = FileJudgement.of(holding, surroundings, now);
        clausesFor(classOf(holding)).forEach(sum -> sum.add(holding, judgement));
        holding.file()
                .ifPresent(file -> judgement.standings().stream()
                        .filter(CopyStanding::counts)
                        .forEach(copy -> hold(file, copy)));
    }

    private void hold(FileRow file, CopyStanding standing) {
        if (file.belongs().isEmpty() || standing.element().isEmpty()) {
            return;
        }
        CopyRow copy = standing.copy();
        if (!copy.state().stands()) {
            return;
        }
        held.computeIfAbsent(file.belongs().get().classId(), c -> new HashMap<>())
                .computeIfAbsent(period(file), p -> new HashMap<>())
                .merge(standing.element().get().site(), file.size(), ByteSize::plus);
    }

    /** The day the file's sharing period begins; of several agreements the first by name that has one. */
    private LocalDate period(FileRow file) {
        return surroundings.sites().agreements().keySet().stream()
                .sorted()
                .flatMap(table -> ServingSites.period(table, file, surroundings).stream())
                .map(Agreement.Period::from)
                .findFirst()
                .orElse(NO_PERIOD);
    }

    /** A registered file keeps its class; of a file that only the register names, its name and run type tell. */
    private Optional<ClassId> classOf(Holding holding) {
        if (holding.file().isPresent()) {
            return holding.file().get().belongs().map(Belonging::classId);
        }
        Attributes stated = holding.expected()
                .map(e -> new Attributes(Map.of("run_type", e.runType())))
                .orElse(Attributes.NONE);
        Attributes known = surroundings.plan().attributesOf(holding.id(), stated);
        return surroundings.plan().classify(holding.id(), known).map(ClassRule::id);
    }

    /** A statement has no subjects; what has no class is a subject of the clauses that ask for one. */
    private List<ClauseSum> clausesFor(Optional<ClassId> classId) {
        return byClass.computeIfAbsent(
                classId,
                c -> sums.values().stream()
                        .filter(sum -> sum.clause().standing() == Standing.DUTY)
                        .filter(sum ->
                                c.map(sum.clause().about()::contains).orElseGet(() -> asksForAClass(sum.clause())))
                        .toList());
    }

    private static boolean asksForAClass(Clause clause) {
        return clause.must().stream().map(Duty::obligation).anyMatch(Obligation.OneLevel.class::isInstance);
    }
}
