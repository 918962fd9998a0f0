package holdfast.server.alarm;

import holdfast.alarm.Situation;
import holdfast.alarm.Situation.Breached;
import holdfast.alarm.Situation.Drill;
import holdfast.alarm.Situation.Keeping;
import holdfast.alarm.Situation.Lost;
import holdfast.alarm.Thresholds;
import holdfast.custody.InForce;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.Limits;
import holdfast.server.clock.HouseClock;
import holdfast.server.keeping.JournalKeeper;
import holdfast.server.sql.Breaches;
import holdfast.server.sql.ClauseVerdicts;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Fading;
import holdfast.server.sql.Memory;
import holdfast.server.sql.State;
import holdfast.server.work.Assessor;
import holdfast.server.work.Assessor.Assessment;
import holdfast.storage.Condition;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks around the house: verdicts, conditions, proofs about to run out, how the journal is kept, free space. */
public final class Lookout {
    /** Copies of one element that are counted at most; beyond it is a flood, whatever its size. */
    private static final int COUNTED = 100_000;

    private final Reads reads;
    private final Assessor assessor;
    private final Spaces spaces;
    private final Supplier<Drill> drill;
    private final HouseClock clock;
    private final Instant since;

    /** Where a look-out reads. */
    public record Reads(
            Database database, Breaches breaches, State state, Fading fading, Entries entries, Memory memory) {}

    /** @param drill what is recorded of restore drills and custody hold */
    public Lookout(Reads reads, Assessor assessor, Spaces spaces, Supplier<Drill> drill, HouseClock clock) {
        this.reads = reads;
        this.assessor = assessor;
        this.spaces = spaces;
        this.drill = drill;
        this.clock = clock;
        this.since = clock.now();
    }

    /**
     * A look.
     *
     * @param verdicts of the duties, when all of them are fresh; none while homes are due, whose verdicts would only say
     *     that they are being taken again
     */
    public record Look(Situation situation, Map<ClauseId, Verdict> verdicts, Instant at) {}

    public Look look(Thresholds thresholds) {
        Assessment assessment = assessor.assess(0);
        spaces.note();
        return reads.database.read(connection -> {
            Instant now = clock.now();
            Situation situation = new Situation(
                    breached(connection, assessment),
                    lost(connection),
                    conditions(connection, assessment.inForce()),
                    reads.fading.of(connection, holds(assessment.inForce(), thresholds), now, COUNTED),
                    keeping());
            return new Look(situation, assessment.due() > 0 ? Map.of() : verdicts(assessment), now);
        });
    }

    private static Map<ClauseId, Verdict> verdicts(Assessment assessment) {
        Map<ClauseId, Verdict> verdicts = new HashMap<>();
        for (ClauseVerdict v : assessment.verdicts()) {
            v.readAt(assessment.at())
                    .verdict()
                    .ifPresent(word -> verdicts.put(v.clause().id(), word));
        }
        return verdicts;
    }

    private List<Breached> breached(Connection connection, Assessment assessment) throws SQLException {
        Map<ClauseId, Instant> byFile = reads.breaches.latest(connection);
        Map<ClauseId, Instant> byClause = ClauseVerdicts.since(connection);
        return assessment.verdicts().stream()
                .filter(v -> v.verdict().equals(Optional.of(Verdict.BREACHED)))
                .map(v -> new Breached(
                        v.clause().id(),
                        v.clause().says().replaceAll("\\.$", ""),
                        v.failing(),
                        v.waived(),
                        Optional.ofNullable(byFile.get(v.clause().id()))
                                .or(() -> Optional.ofNullable(
                                        byClause.get(v.clause().id())))
                                .orElse(assessment.at())))
                .toList();
    }

    private List<Lost> lost(Connection connection) throws SQLException {
        return reads.state.census(connection).stream()
                .filter(c -> c.lost() > 0)
                .map(c -> new Lost(c.classId().map(ClassId::name).orElse("none"), c.lost()))
                .toList();
    }

    private List<Condition> conditions(Connection connection, InForce inForce) throws SQLException {
        return reads.state.conditions(connection).values().stream()
                .filter(c -> inForce.sites()
                        .element(c.element())
                        .filter(e -> e.use() != Use.LEFT)
                        .isPresent())
                .toList();
    }

    private static List<Fading.Holds> holds(InForce inForce, Thresholds thresholds) {
        Limits limits = inForce.plan().limits();
        return inForce.sites().all().stream()
                .filter(e -> e.use() != Use.LEFT && e.isArchival())
                .map(e -> new Fading.Holds(
                        e.name(), e.isTape() ? limits.proofTape() : limits.proofDisk(), thresholds.proofLeft()))
                .toList();
    }

    private Keeping keeping() {
        Optional<Instant> head = reads.memory.recall(Assessor.HEAD_OUTSIDE).map(Memory.Note::at);
        long shipped = reads.memory
                .recall(JournalKeeper.SEGMENT)
                .map(n -> Long.parseLong(n.value()))
                .orElse(0L);
        return new Keeping(since, head, reads.entries.writtenAt(shipped), spaces.all(), drill.get());
    }

    /** Elements by name, for those who ask what a driver can tell of its space. */
    static List<StorageElement> elements(InForce inForce) {
        return inForce.sites().all().stream().filter(e -> e.use() != Use.LEFT).toList();
    }
}
