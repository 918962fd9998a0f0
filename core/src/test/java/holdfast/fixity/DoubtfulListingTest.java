package holdfast.fixity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtfulListingTest {
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "0, 0, false",
        "9, 9, false",
        "10, 10, true",
        "10, 200, false",
        "11, 200, true",
        "50000, 1000000, false",
        "50001, 1000000, true"
    })
    void aListingIsDoubtedAboveATwentiethOfTheCopiesAndNeverForAHandful(long lacking, long expected, boolean doubted) {
        assertThat(DoubtfulListing.is(lacking, expected)).isEqualTo(doubted);
    }
}
