package holdfast.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The floors of core, the highest first, as ARCHITECTURE.md draws them. Imports lead down only, and rooms on one floor do
 * not import each other. A room that is not drawn here fails: draw it first.
 */
final class Floors extends ArchCondition<JavaClass> {

    private static final List<Set<String>> HIGHEST_FIRST = List.of(
            Set.of("custody", "alarm"),
            Set.of("evidence"),
            Set.of("placement", "retention", "durability"),
            Set.of("judgement"),
            Set.of("ingest", "transfer", "fixity", "packaging", "reproduction", "publication"),
            Set.of("catalog", "registry", "records", "conditions", "access"),
            Set.of("plan"),
            Set.of("storage"),
            Set.of("journal"),
            Set.of("vocabulary"));

    private final String root;

    /** Looks at the rooms below one root package, {@code holdfast} but for the fixtures of the rule's own test. */
    Floors(String root) {
        super("import only from rooms on lower floors");
        this.root = root + ".";
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackageName().startsWith(root)) {
            return;
        }
        String room = room(type);
        if (floor(room).isEmpty()) {
            events.add(SimpleConditionEvent.violated(
                    type, type.getName() + " is in a room that no floor has: " + room + "; draw it in Floors first"));
            return;
        }
        type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> !leadsDown(room, dependency.getTargetClass()))
                .forEach(dependency -> events.add(SimpleConditionEvent.violated(type, sentence(room, dependency))));
    }

    private boolean leadsDown(String room, JavaClass target) {
        JavaClass imported = target.getBaseComponentType();
        if (!imported.getPackageName().startsWith(root) || room(imported).equals(room)) {
            return true;
        }
        OptionalInt below = floor(room(imported));
        return below.isPresent() && below.getAsInt() > floor(room).orElseThrow();
    }

    private String sentence(String room, Dependency dependency) {
        return room + " must not import from "
                + room(dependency.getTargetClass().getBaseComponentType()) + ": " + dependency.getDescription();
    }

    /** The first part of the package below the root: a room may have inner packages. */
    private String room(JavaClass type) {
        String below = type.getPackageName().substring(root.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private static OptionalInt floor(String room) {
        return IntStream.range(0, HIGHEST_FIRST.size())
                .filter(floor -> HIGHEST_FIRST.get(floor).contains(room))
                .findFirst();
    }
}
