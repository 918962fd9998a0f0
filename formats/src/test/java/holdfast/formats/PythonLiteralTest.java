package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.formats.PythonLiteral.BadLiteral;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[{'name': 'ds*', 'length.gt': 3}]~[{name=ds*, length.gt=3}]",
                "{\"a\": \"it's\", 'b': 'say \"x\"'}~{a=it's, b=say \"x\"}",
                "[True, False, None]~[true, false, null]",
                "[true, false, null]~[true, false, null]",
                "(1, 2,)~[1, 2]",
                "[-1, +2, 3.5, 1e3, .5, 4.]~[-1, 2, 3.5, 1E+3, 0.5, 4]",
                "'a\\'b\\\\c\\x41\\u00e9'~a'b\\cAé",
                "u'x'~x",
                "[]~[]",
                "{}~{}",
                " [ 'a' , { 'b' : [ ] , } ] ~[a, {b=[]}]",
                "'100%'~100%",
                "'a\\.b'~a\\.b",
                "123456789012345678901234567890~123456789012345678901234567890",
            })
    void valuesAreReadAsPythonPrintsThem(String text, String expected) {
        assertThat(String.valueOf(PythonLiteral.read(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "[1",
                "[1 2]",
                "{'a'}",
                "{'a': }",
                "{a: 1}",
                "{1: 2}",
                "'a",
                "\"a'",
                "'a\nb'",
                "[1]]",
                "abc",
                "__import__('os')",
                "1+1",
                "'\\x0'",
                "'\\ud800'",
                "'\\x00'",
                "f'x'",
                "b'x'",
                "[,]",
                "{,}",
                "1e99999999",
                "nan",
                "--1"
            })
    void anythingElseIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> PythonLiteral.read(text))
                .isInstanceOf(BadLiteral.class)
                .hasMessageContaining("expected at character");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(PythonLiteral.read("[".repeat(100) + "]".repeat(100))).isNotNull();
        assertThatThrownBy(() -> PythonLiteral.read("[".repeat(200_000))).isInstanceOf(BadLiteral.class);
    }

    /** Whatever comes, the answer is a value or a BadLiteral. */
    @Test
    void noiseBreaksNothing() {
        Random random = new Random(20_261_123);
        String signs = "[]{}()'\"\\,: 0123456789.eE+-TrueFalsNonux\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder noise = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                noise.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                PythonLiteral.read(noise.toString());
            } catch (BadLiteral refused) {
                assertThat(refused).hasMessageContaining("character");
            }
        }
    }
}
