package holdfast.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import holdfast.house.HouseRules;
import holdfast.journal.BadEntry;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FactKindsTest {

    /** A new fact record fails here until {@link Samples} makes one of it and {@link FactKinds} reads it. */
    @Test
    void everyFactOfTheHouseHasASampleAndEveryKindOneReader() {
        Map<Class<?>, Set<FactKind>> kinds = new HashMap<>();
        for (Fact fact : new Samples(1).oneOfEach()) {
            kinds.computeIfAbsent(fact.getClass(), c -> new HashSet<>()).add(new FactKind(fact.kind(), fact.version()));
        }
        assertThat(kinds.keySet().stream().map(Class::getName)).containsExactlyInAnyOrderElementsOf(factRecords());
        List<FactKind> sampled = kinds.values().stream().flatMap(Set::stream).toList();
        assertThat(sampled).doesNotHaveDuplicates();
        assertThat(FactKinds.all()).containsExactlyInAnyOrderElementsOf(sampled);
    }

    @Test
    void everyFactIsReadBackAsItWasWritten() {
        for (int seed = 0; seed < 300; seed++) {
            Samples samples = new Samples(seed);
            for (Fact fact : samples.oneOfEach()) {
                Entry entry = samples.entry(fact);
                assertThat(FactKinds.read(entry)).isEqualTo(fact);
                List<Line> asText =
                        entry.lines().stream().map(l -> Line.of(l.text())).toList();
                assertThat(asText).isEqualTo(fact.lines());
            }
        }
    }

    @Test
    void anUnknownKindOrVersionStopsTheNode() {
        for (FactKind kind : List.of(new FactKind("moon.fell", 1), new FactKind("catalog.files-placed", 2))) {
            assertThatThrownBy(() -> FactKinds.read(kind, List.of()))
                    .isInstanceOf(BadEntry.class)
                    .hasMessageContaining("a newer node wrote a fact of kind " + kind);
        }
    }

    /** Whatever is changed in a line, it is either another fact or refused; it is never read as the same fact. */
    @Test
    void aLineHasNoSecondSpelling() {
        for (int seed = 0; seed < 40; seed++) {
            for (Fact fact : new Samples(seed).oneOfEach()) {
                FactKind kind = new FactKind(fact.kind(), fact.version());
                for (int at = 0; at < fact.lines().size(); at++) {
                    String text = fact.lines().get(at).text();
                    for (String changed : List.of(text + "\tmore", text + "\t\\-", text.replace("\t1", "\t+1"))) {
                        if (changed.equals(text)) {
                            continue;
                        }
                        List<Line> lines = new java.util.ArrayList<>(fact.lines());
                        lines.set(at, Line.of(changed));
                        try {
                            assertThat(FactKinds.read(kind, lines)).isNotEqualTo(fact);
                        } catch (BadEntry e) {
                            assertThat(e).hasMessageContaining(kind.name());
                        }
                    }
                }
            }
        }
    }

    @Test
    void linesOfAnotherShapeAreTold() {
        for (FactKind kind : FactKinds.all()) {
            assertThatThrownBy(() -> FactKinds.read(kind, List.of(Line.of("what\tis\tthis"))))
                    .as(kind.name())
                    .isInstanceOf(BadEntry.class)
                    .hasMessageContaining(kind.name());
        }
    }

    private static Set<String> factRecords() {
        return HouseRules.mainClasses().stream()
                .filter(c -> c.isAssignableTo(Fact.class))
                .filter(c -> !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }
}
