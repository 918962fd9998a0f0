package holdfast.plan;

import holdfast.plan.Change.Direction;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What differs between two versions of a class, and in the clauses that bind it. */
final class ClassDiff {
    private ClassDiff() {}

    static List<Change> between(ClassRule was, ClassRule is) {
        String subject = "class " + was.id();
        List<Change> changes = new ArrayList<>();
        if (!was.level().equals(is.level())) {
            changes.add(
                    new Change(Direction.LOOSENED, subject, "is of level " + is.level() + ", before " + was.level()));
        }
        if (was.undeletable() != is.undeletable()) {
            changes.add(new Change(
                    is.undeletable() ? Direction.TIGHTENED : Direction.LOOSENED,
                    subject,
                    is.undeletable() ? "is undeletable now" : "is no longer undeletable"));
        }
        if (was.zeroBytes() != is.zeroBytes()) {
            changes.add(new Change(
                    Direction.CHANGED, subject, is.zeroBytes() ? "allows empty files" : "refuses empty files"));
        }
        if (!selector(was).equals(selector(is))) {
            String says = "takes other files: " + selector(is) + "; before: " + selector(was);
            changes.add(new Change(Direction.LOOSENED, subject, says));
        }
        return changes;
    }

    /** For each class that both plans have, the clauses that bind it in one alone. */
    static List<Change> duties(Plan was, Plan is) {
        List<Change> changes = new ArrayList<>();
        for (ClassRule rule : is.classes()) {
            if (was.classRule(rule.id()).isEmpty()) {
                continue;
            }
            Set<ClauseId> before = clauses(was, rule.id());
            Set<ClauseId> after = clauses(is, rule.id());
            compare(rule.id(), before, after, Direction.LOOSENED, "is no longer bound by ", changes);
            compare(rule.id(), after, before, Direction.TIGHTENED, "is bound too by ", changes);
        }
        return changes;
    }

    private static void compare(
            ClassId id, Set<ClauseId> these, Set<ClauseId> those, Direction direction, String says, List<Change> to) {
        Set<ClauseId> alone = new TreeSet<>(these);
        alone.removeAll(those);
        if (!alone.isEmpty()) {
            String names = alone.stream().map(ClauseId::name).collect(Collectors.joining(", "));
            to.add(new Change(direction, "class " + id, says + names));
        }
    }

    private static Set<ClauseId> clauses(Plan plan, ClassId id) {
        return plan.about(id).stream()
                .filter(c -> c.standing() == Clause.Standing.DUTY)
                .map(Clause::id)
                .collect(Collectors.toSet());
    }

    /** Which files a class takes, in words. */
    static String selector(ClassRule rule) {
        String scopes = rule.scopes().isEmpty() ? "records" : "scope " + String.join(" or ", rule.scopes());
        String path = rule.pathPrefix().map(p -> " under " + p).orElse("");
        String where = rule.where().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(e -> " where " + e.getKey() + " is " + String.join(" or ", new TreeSet<>(e.getValue())))
                .collect(Collectors.joining(" and"));
        return scopes + path + where;
    }
}
