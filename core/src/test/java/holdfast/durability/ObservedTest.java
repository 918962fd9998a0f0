package holdfast.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedTest {
    @Test
    void noEventInSoManyYearsIsNotZeroButThreeByTheYears() {
        Observed none = new Observed(0, 1500);
        assertThat(none.estimate()).isZero();
        assertThat(none.upper()).isEqualTo(3.0 / 1500);
        assertThat(none.lower()).isZero();
    }

    @Test
    void nothingWatchedSaysNothing() {
        assertThat(Observed.NOTHING.upper()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Observed.NOTHING.isAnything()).isFalse();
    }

    /** Exact 95 % bounds of a Poisson mean, half the quantiles of chi-squared with 2 n + 2 and 2 n degrees. */
    @ParameterizedTest
    @CsvSource({"1, 0.0513, 4.744", "2, 0.3554, 6.296", "5, 1.970, 10.513", "10, 5.425, 16.962", "100, 84.14, 118.08"})
    void theBoundsAreThoseOfAPoissonMean(long events, double lower, double upper) {
        Observed seen = new Observed(events, 1);
        assertThat(seen.upper()).isCloseTo(upper, within(upper * 0.005));
        assertThat(seen.lower()).isCloseTo(lower, within(0.02));
        assertThat(seen.estimate()).isEqualTo(events);
    }
}
