package holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.vocabulary.StorageName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageExpressionTest {
    private static final Map<StorageName, Map<String, String>> ELEMENTS = new LinkedHashMap<>();

    static {
        ELEMENTS.put(new StorageName("A"), Map.of("tier", "2", "disk", "true", "country", "jp", "free", "10.5"));
        ELEMENTS.put(new StorageName("B"), Map.of("tier", "2", "disk", "False", "country", "it", "free", "7"));
        ELEMENTS.put(new StorageName("C-1"), Map.of("tier", "1", "tape", "True", "free", "much"));
        ELEMENTS.put(new StorageName("D_2"), Map.of("tier", "3", "country", "jp"));
    }

    private static String found(String expression) {
        return String.join(
                " ",
                StorageExpression.parse(expression).among(ELEMENTS).stream()
                        .map(StorageName::name)
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "*; A B C-1 D_2",
                "A; A",
                "C-1; C-1",
                "D_2; D_2",
                "(((A))); A",
                "tier=2; A B",
                "disk; A",
                "disk=true; A",
                "disk=FALSE; B",
                "tape; C-1",
                "A=true; A",
                "tier<3; A B C-1",
                "tier>1; A B D_2",
                "free>8; A",
                "free<8; B",
                "tier=2|tier=1; A B C-1",
                "tier=2&country=jp; A",
                "*\\tier=2; C-1 D_2",
                "*\\(tier=2&country=jp); B C-1 D_2",
            })
    void setsAreFoundByTheirAttributes(String expression, String expected) {
        assertThat(found(expression)).isEqualTo(expected);
    }

    /** With precedence of the intersection the first would hold A, and the second C-1 too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A|B&tier=2&country=it; B",
                "C-1|tier=2&country=jp; A",
                "C-1|(tier=2&country=jp); A C-1",
                "*\\A\\B; C-1 D_2",
                "*\\(A\\B); B C-1 D_2",
                "A\\B|B; A B",
            })
    void whatStandsFurtherLeftIsDoneFirst(String expression, String expected) {
        assertThat(found(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"((", "(A", "A)", ")A(", "A)|(B", "tier=2)"})
    void parenthesesThatDoNotFitAreTold(String expression) {
        assertThatThrownBy(() -> StorageExpression.parse(expression))
                .isInstanceOf(StorageExpression.BadExpression.class)
                .hasMessage("Problem with parentheses.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "A B",
                " A",
                "A ",
                "A|",
                "|A",
                "A||B",
                "!A",
                "A!=B",
                "tier='2'",
                "tier=2.5",
                "tier=",
                "=2",
                "()",
                "A()",
                "(A)B",
                "A&|B",
                "A-",
                "-A",
                "A__B",
                "tier==2",
                "tier<=2",
                "A/B",
                "**",
                "A*",
                "é"
            })
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> StorageExpression.parse(expression))
                .isInstanceOf(StorageExpression.BadExpression.class)
                .hasMessage("Expression does not comply to RSE Expression syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier=99", "NOPE", "A&B", "A\\A", "free>1000", "country<1", "disk&tape"})
    void anEmptySetIsAnError(String expression) {
        StorageExpression parsed = StorageExpression.parse(expression);
        assertThat(parsed.matching(ELEMENTS)).isEmpty();
        assertThatThrownBy(() -> parsed.among(ELEMENTS)).hasMessage("RSE Expression resulted in an empty set.");
    }

    @Test
    void aLongOrDeepExpressionIsReadOrRefusedButNeverBreaks() {
        String deep = "(".repeat(1_400) + "A" + ")".repeat(1_400);
        assertThat(found(deep)).isEqualTo("A");
        String wide = String.join(
                "|", Arrays.asList(new String[1_400]).stream().map(x -> "A").toList());
        assertThat(found(wide)).isEqualTo("A");
        assertThatThrownBy(() -> StorageExpression.parse("A|".repeat(5_000) + "A"))
                .isInstanceOf(StorageExpression.BadExpression.class);
    }
}
