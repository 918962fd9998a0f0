package holdfast.custody;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.custody.Attended.Census;
import holdfast.custody.Attended.DutyKey;
import holdfast.custody.Attended.Held;
import holdfast.custody.Attended.HeldKey;
import holdfast.custody.Attended.Order;
import holdfast.custody.Attended.Shortfall;
import holdfast.judgement.Answer;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.FileJudgement;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.ServingSites;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Tally;
import holdfast.judgement.Verdict;
import holdfast.placement.Demand;
import holdfast.placement.LoadView;
import holdfast.placement.Placement;
import holdfast.placement.Placer;
import holdfast.placement.Promise;
import holdfast.placement.Promises;
import holdfast.plan.Agreement;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Attends files: judges each against every clause that speaks of it, says which copies to order, and adds up. Pure: what
 * is seen comes in as holdings, what is to be done goes out as values; the server does it and records it.
 */
public final class Custodian {
    /** The period of copies whose file no sharing period covers. */
    public static final LocalDate NO_PERIOD = LocalDate.of(1, 1, 1);

    private final Surroundings surroundings;
    private final Commitments given;
    private LoadView load;
    private final Instant now;
    private final Map<Optional<ClassId>, List<Clause>> clausesByClass = new HashMap<>();

    private final Map<DutyKey, Tally> tallies = new HashMap<>();
    private final List<Shortfall> shortfalls = new ArrayList<>();
    private final Map<HeldKey, Held> held = new HashMap<>();
    private final Map<Optional<ClassId>, Census> census = new HashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<FileRow> placed = new ArrayList<>();

    private Custodian(Surroundings surroundings, Commitments given, LoadView load, Instant now) {
        this.surroundings = surroundings;
        this.given = given;
        this.load = load;
        this.now = now;
    }

    /**
     * Attends some files as they are recorded now.
     *
     * @param given what was decided about them before
     * @param load what the sites hold and are about to hold, in bytes
     */
    public static Attended attend(
            List<Holding> holdings, Commitments given, Surroundings surroundings, LoadView load, Instant now) {
        Custodian custodian = new Custodian(surroundings, given, load, now);
        holdings.forEach(custodian::attend);
        return new Attended(
                custodian.tallies,
                custodian.shortfalls,
                custodian.held,
                custodian.census,
                custodian.orders,
                custodian.placed,
                custodian.load);
    }

    private void attend(Holding holding) {
        List<Clause> clauses = clauses(holding);
        FileJudgement judgement = FileJudgement.of(holding, surroundings, now);
        clauses.forEach(clause -> judge(clause, holding, judgement));
        holding.file().ifPresent(file -> {
            census.merge(
                    file.belongs().map(Belonging::classId),
                    new Census(1, file.size().bytes(), file.lost() ? 1 : 0),
                    Census::plus);
            holding.copies().forEach(copy -> add(file, copy));
            if (!given.isObserved(file.id())) {
                order(file, clauses, holding);
            }
        });
        holding.file()
                .filter(file -> !file.placed() && isPlaced(clauses, holding))
                .ifPresent(file -> placed.add(file.markPlaced()));
    }

    private void order(FileRow file, List<Clause> clauses, Holding holding) {
        Set<StorageName> already = given.ordered(file.id());
        LoadView view = new LoadView(load.bytes(), already.isEmpty() ? Map.of() : Map.of(file.id(), already));
        Placement placement = Placer.plan(holding, clauses, surroundings, view, now);
        placement.demands().forEach(d -> orders.add(new Order(d, file.size(), period(file))));
        promised(file, holding, placement);
        load = new LoadView(view.after(placement, file, surroundings).bytes(), Map.of());
    }

    /** Rules and clauses often want the same copy; then it is ordered once, for the clause. */
    private void promised(FileRow file, Holding holding, Placement forClauses) {
        List<Promise> promises = given.promised(file.id());
        if (promises.isEmpty()) {
            return;
        }
        Set<StorageName> ordered = forClauses.demands().stream().map(Demand::to).collect(Collectors.toSet());
        Promises.plan(holding, promises, surroundings, now).demands().stream()
                .filter(d -> !ordered.contains(d.to()))
                .forEach(d -> orders.add(new Order(d, file.size(), period(file))));
    }

    private void judge(Clause clause, Holding holding, FileJudgement judgement) {
        List<Answer> answers = new ArrayList<>(clause.must().size());
        for (int i = 0; i < clause.must().size(); i++) {
            Obligation obligation = clause.must().get(i).obligation();
            if (!Judge.isSubject(obligation, holding)) {
                continue;
            }
            Answer answer = judgement.answer(obligation);
            answers.add(answer);
            add(new DutyKey(clause.id(), i), answer, holding);
        }
        Tally beside = Judge.beside(clause, judgement);
        if (!beside.equals(Tally.NONE)) {
            tallies.merge(new DutyKey(clause.id(), DutyKey.WHOLE), beside, Tally::plus);
        }
        if (!answers.isEmpty()) {
            Answer worst = Judge.worst(answers);
            add(new DutyKey(clause.id(), DutyKey.WHOLE), worst, holding);
            if (worst.verdict() != Verdict.MET) {
                shortfalls.add(new Shortfall(holding.id(), clause.id(), worst));
            }
        }
    }

    /** Whether there are duties of placement, and all are met now. */
    private boolean isPlaced(List<Clause> clauses, Holding holding) {
        List<Obligation> duties = clauses.stream()
                .flatMap(c -> c.must().stream())
                .map(Duty::obligation)
                .filter(Obligation::places)
                .toList();
        return !duties.isEmpty()
                && duties.stream()
                        .allMatch(
                                d -> Judge.judge(d, holding, surroundings, now).verdict() == Verdict.MET);
    }

    private void add(DutyKey key, Answer answer, Holding holding) {
        Instant mention = holding.file()
                .map(FileRow::mention)
                .or(() -> holding.expected().flatMap(Holding.ExpectedFile::closed))
                .orElse(now);
        tallies.merge(key, Tally.of(answer, mention), Tally::plus);
    }

    private void add(FileRow file, CopyRow copy) {
        Optional<ClassId> classId = file.belongs().map(Belonging::classId);
        if (classId.isEmpty() || !copy.state().stands()) {
            return;
        }
        CopyStanding standing = CopyStanding.of(copy, surroundings, now);
        boolean counts = standing.word() == CopyStanding.Word.COUNTS;
        held.merge(
                new HeldKey(classId.get(), copy.storage(), period(file)),
                new Held(1, counts ? 1 : 0, counts ? file.size().bytes() : 0),
                Held::plus);
    }

    private LocalDate period(FileRow file) {
        return surroundings.sites().agreements().keySet().stream()
                .sorted()
                .flatMap(table -> ServingSites.period(table, file, surroundings).stream())
                .map(Agreement.Period::from)
                .findFirst()
                .orElse(NO_PERIOD);
    }

    private List<Clause> clauses(Holding holding) {
        return clausesByClass.computeIfAbsent(classOf(holding), this::clauses);
    }

    private Optional<ClassId> classOf(Holding holding) {
        if (holding.file().isPresent()) {
            return holding.file().get().belongs().map(Belonging::classId);
        }
        Attributes known = holding.expected()
                .map(e -> new Attributes(Map.of("run_type", e.runType())))
                .orElse(Attributes.NONE);
        return surroundings
                .plan()
                .classify(holding.id(), surroundings.plan().attributesOf(holding.id(), known))
                .map(ClassRule::id);
    }

    /** An object of no class is a subject of the clauses that ask for a class, and of no others. */
    private List<Clause> clauses(Optional<ClassId> classId) {
        return classId
                .map(surroundings.plan()::about)
                .orElseGet(() -> surroundings.plan().clauses().values().stream()
                        .filter(c ->
                                c.must().stream().map(Duty::obligation).anyMatch(Obligation.OneLevel.class::isInstance))
                        .toList())
                .stream()
                .filter(c -> c.standing() == Clause.Standing.DUTY)
                .toList();
    }
}
