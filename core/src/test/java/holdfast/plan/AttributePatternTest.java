package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributePatternTest {
    private static final AttributePattern PATTERN =
            AttributePattern.of("{type}.{experiment:number}.{run:number}.{unit}[.{part}].{number}.root");

    @Test
    void theLastSegmentTellsTheAttributesAndNumbersLoseTheirZeros() {
        assertThat(PATTERN.derive("/a/b/physics.0003.04794.HLT2.f00000.root").values())
                .isEqualTo(Map.of(
                        "type", "physics", "experiment", "3", "run", "4794", "unit", "HLT2", "number", "f00000"));
    }

    @Test
    void aPartInBracketsMayBeThere() {
        assertThat(PATTERN.derive("physics.0026.00000.HLT5.p03.f00012.root").values())
                .containsEntry("part", "p03")
                .containsEntry("run", "0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "notes.txt", "physics.x.04794.HLT2.f0.root", "physics.0003.04794.HLT2.f0.root.tmp"})
    void aNameThatDoesNotFitTellsNothing(String name) {
        assertThat(PATTERN.derive(name)).isEqualTo(Attributes.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type}.{type}", "[{a}", "{a}]", "[a[b]]", "{Type}", "{run:date}", "{"})
    void aTemplateThatMakesNoSenseIsRefusedAndQuoted(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttributePattern.of(template))
                .withMessageStartingWith("name template '" + template + "' has ");
    }

    @Test
    void equalTemplatesAreEqual() {
        assertThat(AttributePattern.of("{a}.{b}"))
                .isEqualTo(AttributePattern.of("{a}.{b}"))
                .hasToString("{a}.{b}");
        assertThat(AttributePattern.of("{a}.{b}").names()).containsExactly("a", "b");
    }
}
