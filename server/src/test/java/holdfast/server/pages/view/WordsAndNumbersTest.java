package holdfast.server.pages.view;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsAndNumbersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "3184499, 3184502, 99.9999 %",
        "99999999999, 100000000000, 99.9999 %",
        "100, 100, 100 %",
        "999, 1000, 99.9 %",
        "9989, 10000, 99.8 %",
        "1, 100000, under 0.1 %",
        "0, 5, 0 %",
        "44, 100, 44 %",
        "312, 1000, 31.2 %",
        "0, 0, not known"
    })
    void aShareIsNeverRoundedUp(long part, long whole, String shown) {
        assertThat(Numbers.percent(part, whole)).isEqualTo(shown);
    }

    @Test
    void countsHaveCommasAndTheirPlural() {
        assertThat(Numbers.count(3_184_502)).isEqualTo("3,184,502");
        assertThat(Numbers.count(1, "file")).isEqualTo("1 file");
        assertThat(Numbers.count(0, "file")).isEqualTo("0 files");
    }

    @Test
    void aMomentSaysHowLongAgo() {
        assertThat(Moment.of(Instant.parse("2026-11-21T22:00:12Z"), NOW))
                .isEqualTo(new Moment("2026-11-21T22:00:12Z", "2026-11-21 22:00 UTC", "7 h ago"));
        assertThat(Moment.of(NOW.plusSeconds(600), NOW).ago()).isEqualTo("in 10 min");
    }

    @ParameterizedTest
    @CsvSource({"61, 61 d", "2, 2 d"})
    void longSpansAreInDays(long days, String words) {
        assertThat(Spans.words(Duration.ofDays(days))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "P61D, P730D, 61 d, of 730, ''",
        "P585D, P730D, 585 d, of 730, due",
        "P103D, P92D, 103 d, of 92, late",
        "PT5H, P1D, 5 h, of 24, ''",
        "PT50M, P1D, 0.8 h, of 24, ''",
        "PT5H, P7D, 0.2 d, of 7, ''",
        "PT0S, P1D, 0 h, of 24, ''",
        "PT3H, PT12H, 3 h, of 12, ''",
        "PT90S, PT60S, 90 s, of 60, late"
    })
    void aProofIsSetAgainstWhatIsAllowed(Duration age, Duration allowed, String words, String of, String css) {
        AgeChip chip = AgeChip.of(Optional.of(NOW.minus(age)), List.of(new AgeChip.Limit(allowed, "tape")), NOW);
        assertThat(List.of(chip.age(), chip.allowed(), chip.css())).containsExactly(words, of, css);
    }

    @Test
    void twoLimitsAreBothNamedAndNeitherIsDrawn() {
        AgeChip chip = AgeChip.of(
                Optional.of(NOW.minus(Duration.ofDays(61))),
                List.of(
                        new AgeChip.Limit(Duration.ofDays(90), "disk"),
                        new AgeChip.Limit(Duration.ofDays(730), "tape")),
                NOW);
        assertThat(chip.dash()).isEmpty();
        assertThat(chip.allowed()).isEqualTo("of 90 d (disk) or 730 d (tape)");
    }

    @Test
    void noProofIsSaidAndNeverZero() {
        assertThat(AgeChip.of(Optional.empty(), List.of(), NOW)).isEqualTo(AgeChip.NO_PROOF);
    }

    @Test
    void aNameBreaksAfterItsSlashesOnly() {
        assertThat(Did.of(DataId.parse("raw:/a/b.root"))).isEqualTo(new Did("raw:", List.of("/", "a/", "b.root")));
        assertThat(Did.of(DataId.parse("raw:b.root")).parts()).containsExactly("b.root");
    }

    @Test
    void aPieceDrawnTooWideSaysByHowMuch() {
        CoverageBar three = CoverageBar.of(3_184_499, 3_184_502, "");
        assertThat(List.of(
                        three.covered(),
                        three.gapAt().orElseThrow(),
                        three.gap(),
                        three.tooWide().orElseThrow()))
                .containsExactly("510.0", "514.0", "6.0", "12,000");
        CoverageBar half = CoverageBar.of(1, 2, "");
        assertThat(half.tooWide()).isEmpty();
        CoverageBar whole = CoverageBar.of(5, 5, "");
        assertThat(whole.gapAt()).isEmpty();
        assertThat(whole.covered()).isEqualTo("520.0");
        assertThat(CoverageBar.of(0, 0, "").covered()).isEqualTo("0.0");
        assertThat(CoverageBar.of(0, 9, "").gap()).isEqualTo("520.0");
    }
}
