package holdfast.server.keeping;

import holdfast.evidence.Assessment;
import holdfast.evidence.Ledger;
import holdfast.evidence.StateLines;
import holdfast.judgement.ClauseVerdict;
import holdfast.retention.Hold;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Memory;
import holdfast.server.sql.StateRows;
import holdfast.server.work.Assessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folds the whole journal again and compares: the rows with the fold, line by line, and the verdicts that the summaries
 * give with those taken file by file from the fold. Holds the fold in memory: its cost grows with the files registered.
 */
public final class Auditor {
    private static final int MOST_DIFFERENCES = 20;
    private static final int MOST_LOOKS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Entries entries;
    private final StateRows rows;
    private final Assessor assessor;
    private final Memory memory;
    private final HouseClock clock;

    public Auditor(Entries entries, StateRows rows, Assessor assessor, Memory memory, HouseClock clock) {
        this.entries = entries;
        this.rows = rows;
        this.assessor = assessor;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * What an audit found.
     *
     * @param stateHash of the journal folded
     * @param rowsHash of the rows
     * @param differences the first few lines that only one side has
     */
    public record Audit(
            long entries,
            boolean agrees,
            String stateHash,
            String rowsHash,
            List<String> differences,
            boolean verdictsAgree) {}

    /**
     * Audits once. Journal and rows are read as of one moment. Verdicts are taken apart from them, so a difference of
     * verdicts tells something only when no fact was written meanwhile; else it is looked again, and nothing is recorded
     * of an audit that never came to an answer.
     */
    public Audit audit() {
        Look look = look();
        for (int again = 1; again < MOST_LOOKS && !look.answers(); again++) {
            look = look();
        }
        Audit audit = look.audit;
        if (look.answers()) {
            memory.keep(Assessor.AUDIT, audit.agrees && audit.verdictsAgree ? "agreed" : "differed", clock.now());
        }
        return audit;
    }

    /** An audit, and whether anything was written or still to be summed up while its verdicts were taken. */
    private record Look(Audit audit, boolean disturbed) {
        boolean answers() {
            return !audit.agrees || audit.verdictsAgree || !disturbed;
        }
    }

    private Look look() {
        long before = entries.written();
        Assessor.Assessment now = assessor.assess(0, PATIENCE);
        Ledger ledger = new Ledger();
        List<String> fromRows = rows.lines(ledger::apply);
        List<String> differences = differences(ledger, fromRows);
        List<ClauseVerdict> again = Assessment.of(
                ledger.holdings(),
                now.inForce()
                        .surroundings(ledger.conditions(), ledger.hold().flatMap(Hold::doubtBefore), ledger.trials()),
                now.whole(),
                now.at());
        Audit audit = new Audit(
                ledger.entries(),
                differences.isEmpty(),
                ledger.stateHash().hex(),
                StateLines.hash(fromRows.stream()).hex(),
                differences,
                sameVerdicts(now.verdicts(), again));
        return new Look(audit, ledger.entries() != before || now.due() > 0);
    }

    private static List<String> differences(Ledger ledger, List<String> fromRows) {
        List<String> differences = new ArrayList<>();
        try (Stream<String> folded = ledger.stateLines()) {
            Iterator<String> fold = folded.iterator();
            Iterator<String> row = fromRows.iterator();
            String left = next(fold);
            String right = next(row);
            while (differences.size() < MOST_DIFFERENCES && !(left.isEmpty() && right.isEmpty())) {
                int order = left.isEmpty() ? 1 : right.isEmpty() ? -1 : StateLines.ORDER.compare(left, right);
                if (order < 0) {
                    differences.add("only in the journal: " + left);
                } else if (order > 0) {
                    differences.add("only in the rows: " + right);
                }
                left = order <= 0 ? next(fold) : left;
                right = order >= 0 ? next(row) : right;
            }
        }
        return differences;
    }

    private static String next(Iterator<String> lines) {
        return lines.hasNext() ? lines.next() : "";
    }

    private static boolean sameVerdicts(List<ClauseVerdict> summed, List<ClauseVerdict> again) {
        return summed.stream()
                .map(Auditor::figures)
                .toList()
                .equals(again.stream().map(Auditor::figures).toList());
    }

    private static List<Object> figures(ClauseVerdict v) {
        return List.of(
                v.clause().id(), v.verdict(), v.subjects(), v.arriving(), v.failing(), v.undetermined(), v.waived());
    }
}
