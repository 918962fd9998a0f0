package holdfast.formats.bundle;

import holdfast.evidence.Refusal;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.VerdictReport;
import holdfast.formats.VerdictReport.ClauseReport;
import holdfast.formats.VerdictReport.FailingReport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Names where claimed verdicts differ from those taken again: value by value, failing names in any order. */
final class ClaimDifference {
    private static final String NAMED = "named";

    private final List<Refused> refused = new ArrayList<>();

    private ClaimDifference() {}

    static List<Refused> of(VerdictReport claimed, VerdictReport again) {
        ClaimDifference difference = new ClaimDifference();
        Map<String, ClauseReport> theirs = difference.byClause(claimed);
        Map<String, ClauseReport> ours = difference.byClause(again);
        TreeSet<String> clauses = new TreeSet<>(theirs.keySet());
        clauses.addAll(ours.keySet());
        for (String clause : clauses) {
            difference.clause(clause, theirs.get(clause), ours.get(clause));
        }
        return difference.refused;
    }

    private Map<String, ClauseReport> byClause(VerdictReport report) {
        Map<String, ClauseReport> clauses = new TreeMap<>();
        for (ClauseReport clause : report.clauses()) {
            if (clauses.put(clause.clause(), clause) != null) {
                refused.add(Refusal.VERDICT_CHANGED.because(clause.clause() + " is claimed twice"));
            }
        }
        return clauses;
    }

    private void clause(String clause, @Nullable ClauseReport claimed, @Nullable ClauseReport again) {
        if (claimed == null) {
            refused.add(
                    Refusal.VERDICT_CHANGED.because(clause + " is a clause of the plan, and nothing is claimed of it"));
        } else if (again == null) {
            refused.add(Refusal.VERDICT_CHANGED.because(clause + " is claimed, and the plan has no such clause"));
        } else if (!claimed.equals(again)) {
            named(clause, claimed.named(), again.named());
            values(clause, claimed, again);
        }
    }

    private void named(String clause, List<FailingReport> claimed, List<FailingReport> again) {
        Map<String, FailingReport> theirs = bySubject(clause, claimed);
        Map<String, FailingReport> ours = bySubject(clause, again);
        ours.forEach((subject, failing) -> {
            if (!theirs.containsKey(subject)) {
                refused.add(Refusal.FAILING_LEFT_OUT.because(
                        clause + ": " + subject + " falls short (" + failing.verdict() + ") and is not named"));
            } else if (!failing.equals(theirs.get(subject))) {
                refused.add(Refusal.VERDICT_CHANGED.because(clause + ": " + subject + " is claimed as "
                        + theirs.get(subject) + ", taken again as " + failing));
            }
        });
        theirs.keySet().stream()
                .filter(subject -> !ours.containsKey(subject))
                .forEach(subject -> refused.add(Refusal.FAILING_LEFT_OUT.because(
                        clause + ": " + subject + " is named and does not fall short")));
    }

    private Map<String, FailingReport> bySubject(String clause, List<FailingReport> named) {
        Map<String, FailingReport> subjects = new LinkedHashMap<>();
        for (FailingReport failing : named) {
            if (subjects.put(failing.subject(), failing) != null) {
                refused.add(Refusal.VERDICT_CHANGED.because(clause + ": " + failing.subject() + " is named twice"));
            }
        }
        return subjects;
    }

    /** Every value of the clause but the names, by the record's own fields, so that none can be forgotten here. */
    private void values(String clause, ClauseReport claimed, ClauseReport again) {
        for (RecordComponent component : ClauseReport.class.getRecordComponents()) {
            Object theirs = value(component, claimed);
            Object ours = value(component, again);
            if (!component.getName().equals(NAMED) && !theirs.equals(ours)) {
                refused.add(Refusal.VERDICT_CHANGED.because(
                        clause + ": " + component.getName() + " is claimed as " + theirs + ", taken again as " + ours));
            }
        }
    }

    private static Object value(RecordComponent component, ClauseReport of) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(of));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a field of a report cannot be read: " + component.getName(), e);
        }
    }
}
