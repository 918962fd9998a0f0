package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {

    static Stream<String> golden() {
        return Golden.raw("lines.tsv").stream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aGoldenLineKeepsItsBytesForEver(String row) {
        String[] part = row.split("\t", -1);
        Line line = new Line(
                Arrays.stream(part[0].split(",", -1)).map(LineTest::field).toList());
        byte[] bytes = HexFormat.of().parseHex(part[1]);
        assertThat(line.bytes()).isEqualTo(bytes);
        assertThat(Line.of(new String(bytes, StandardCharsets.UTF_8))).isEqualTo(line);
    }

    @Test
    void everyLineIsReadBackAsItWasWritten() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            List<Optional<String>> fields = new ArrayList<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                fields.add(random.nextInt(6) == 0 ? Optional.empty() : Optional.of(text(random)));
            }
            Line line = new Line(fields);
            assertThat(line.text()).doesNotContain("\n", "\r", "\0");
            assertThat(Line.of(line.text())).isEqualTo(line);
        }
    }

    @Test
    void everyTextIsEitherTheOneSpellingOfALineOrRefused() {
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                text.append("\\\\\\tnr0-a\t\n".charAt(random.nextInt(11)));
            }
            try {
                assertThat(Line.of(text.toString()).text()).isEqualTo(text.toString());
            } catch (BadEntry e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\x", "a\\-", "a\nb", "a\rb", "a\0b", "\ud800", "a\udc00b"})
    void textThatIsNoLineIsRefused(String text) {
        assertThatThrownBy(() -> Line.of(text)).isInstanceOf(BadEntry.class);
    }

    @Test
    void aLineHasAField() {
        assertThatThrownBy(() -> new Line(List.of())).isInstanceOf(BadEntry.class);
    }

    @Test
    void aFieldThatIsNoNumberIsToldWithItsLine() {
        Line.Reader reader = new Line.Reader(Line.of("a\tb"));
        reader.text();
        assertThatThrownBy(reader::number)
                .isInstanceOf(BadEntry.class)
                .hasMessage("field 2 is not a number in the line: a\tb");
    }

    private static Optional<String> field(String hex) {
        return hex.equals("none")
                ? Optional.empty()
                : Optional.of(new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_16BE));
    }

    private static String text(Random random) {
        int[] alphabet = {'\\', '\t', '\n', '\r', 0, '-', 't', 'n', 'r', '0', 'é', 0x1F600, ' ', 0x2028};
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(5); n > 0; n--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }
}
