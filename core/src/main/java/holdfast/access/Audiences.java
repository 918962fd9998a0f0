package holdfast.access;

import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Level;
import holdfast.plan.Level.Audience;
import holdfast.plan.Obligation;
import holdfast.plan.Plan;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one decision of who may know of, read and write what, by the levels of the plan (P-7, P-19, P-21, P-32). It is taken
 * for a scope, before anybody looks whether something is there: so it is the same for what exists and what does not. Of a
 * scope whose classes belong to several levels the strictest holds. Where no class takes everything of a scope, something
 * in it may have no level, and nobody but the custodian sees that scope.
 */
public final class Audiences {
    /** One of each kind of those from whom something may be hidden; what may be known of hangs on no role. */
    private static final List<Viewer> KINDS = List.of(new Viewer.Member(Set.of()), new Viewer.Outsider());

    private final Plan plan;

    public Audiences(Plan plan) {
        this.plan = plan;
    }

    /** What somebody wants of an object, as its level asks it. */
    public enum Wish {
        /** To learn that it exists: its name, its metadata, its share in a count. */
        KNOW,
        /** To read its bytes. */
        READ,
        /** To bring it in, or to change what is said of it. */
        WRITE
    }

    /** What somebody may know of. */
    public Visible visible(Viewer viewer) {
        if (knowsEverything(viewer)) {
            return Visible.EVERYTHING;
        }
        Map<Scope, Boolean> known = new ConcurrentHashMap<>();
        return new Visible.Only(scope -> known.computeIfAbsent(
                scope, one -> decide(viewer, Wish.KNOW, one).allowed()));
    }

    /** Whether nothing is hidden from them: each scope has a level then, and each level lets them know of it. */
    private boolean knowsEverything(Viewer viewer) {
        if (viewer instanceof Viewer.Custodian) {
            return true;
        }
        List<ClassRule> ofFiles =
                plan.classes().stream().filter(rule -> !rule.scopes().isEmpty()).toList();
        return ofFiles.stream().anyMatch(ClassRule::takesEverything)
                && ofFiles.stream()
                        .allMatch(
                                rule -> obstacle(viewer, Wish.KNOW, level(rule)).isEmpty());
    }

    public Decision decide(Viewer viewer, Wish wish, Scope scope) {
        if (viewer instanceof Viewer.Custodian) {
            return Decision.yes(Optional.empty(), "the custodian sees everything");
        }
        List<ClassRule> classes = classes(scope);
        if (classes.isEmpty()) {
            return Decision.no(
                    oneLevel(), "not every object of scope %s has a level, and none is open".formatted(scope));
        }
        for (ClassRule rule : classes) {
            Optional<String> obstacle = obstacle(viewer, wish, level(rule));
            if (obstacle.isPresent()) {
                return Decision.no(clause(rule), obstacle.get());
            }
        }
        return Decision.yes(
                clause(classes.getFirst()), level(classes.getFirst()).name() + " is open to them");
    }

    /** Whether all who may know of what lies in one scope may know of what lies in another: else the one would tell of the other. */
    public boolean mayHold(Scope holder, Scope held) {
        return holder.equals(held)
                || KINDS.stream()
                        .allMatch(viewer -> !decide(viewer, Wish.KNOW, holder).allowed()
                                || decide(viewer, Wish.KNOW, held).allowed());
    }

    /** The levels that objects of a scope may have; empty where some may have none. */
    public List<LevelId> levels(Scope scope) {
        return classes(scope).stream().map(ClassRule::level).distinct().sorted().toList();
    }

    /** Why a file may not come into a scope but by a signed act, with the clause of its level and what to do; empty where it may. */
    public Optional<String> entryOnlyByAct(Scope scope) {
        for (ClassRule rule : plan.classes()) {
            if (rule.reaches(scope)) {
                Level level = level(rule);
                if (level.entry() == Level.Entry.ACT) {
                    String by = clause(rule).map(clause -> " (" + clause + ")").orElse("");
                    return Optional.of(
                            "files come into scope %s only by an act that people signed: level %s, %s, says so%s; propose it with `holdfast publish`"
                                    .formatted(scope, level.id(), level.name(), by));
                }
                if (rule.takesAll()) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** The classes of a scope, the last one of which takes the rest; empty where none does. */
    private List<ClassRule> classes(Scope scope) {
        List<ClassRule> found = new ArrayList<>();
        for (ClassRule rule : plan.classes()) {
            if (rule.reaches(scope)) {
                found.add(rule);
                if (rule.takesAll()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private Level level(ClassRule rule) {
        return Optional.ofNullable(plan.levels().get(rule.level()))
                .orElseThrow(() -> new IllegalStateException(rule.id() + " is of no level of the plan"));
    }

    private static Optional<String> obstacle(Viewer viewer, Wish wish, Level level) {
        boolean inside = viewer instanceof Viewer.Member;
        return switch (wish) {
            case KNOW -> unless(inside || level.audience() == Audience.PUBLIC || !level.hidesExistence(), level);
            case READ -> unless(inside || level.audience() == Audience.PUBLIC, level);
            case WRITE -> viewer instanceof Viewer.Member(var roles) ? writes(roles, level) : unless(false, level);
        };
    }

    private static Optional<String> unless(boolean open, Level level) {
        return open
                ? Optional.empty()
                : Optional.of("level %s, %s, is for members".formatted(level.id(), level.name()));
    }

    private static Optional<String> writes(Set<String> roles, Level level) {
        return level.writtenBy().isEmpty() || !Collections.disjoint(roles, level.writtenBy())
                ? Optional.empty()
                : Optional.of("level %s, %s, is written by %s"
                        .formatted(
                                level.id(),
                                level.name(),
                                String.join(
                                        ", ",
                                        level.writtenBy().stream().sorted().toList())));
    }

    /** The clause that says who a class is open to. */
    private Optional<ClauseId> clause(ClassRule rule) {
        return plan.about(rule.id()).stream()
                .filter(clause -> asks(clause, Obligation.OpenTo.class))
                .map(Clause::id)
                .findFirst()
                .or(this::oneLevel);
    }

    /** The clause that says that everything has one level, by which access is decided. */
    private Optional<ClauseId> oneLevel() {
        return plan.clauses().values().stream()
                .filter(clause -> asks(clause, Obligation.OneLevel.class))
                .map(Clause::id)
                .findFirst();
    }

    private static boolean asks(Clause clause, Class<? extends Obligation> kind) {
        return clause.must().stream().map(Duty::obligation).anyMatch(kind::isInstance);
    }
}
