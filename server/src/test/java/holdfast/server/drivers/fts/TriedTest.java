package holdfast.server.drivers.fts;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.fts.Tried.OneSource;
import holdfast.storage.ThirdPartyCopy.Ended;
import holdfast.storage.ThirdPartyCopy.Fault;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriedTest {
    private static final URI FIRST = URI.create("https://one.example.org/f");
    private static final URI SECOND = URI.create("https://two.example.org/f");

    @Test
    void betweenTwoSourcesNoneIsOnItsWayAndNothingHasEnded() {
        assertThat(tried(false, "FAILED", "SOURCE [2] gone", "NOT_USED", "").ended())
                .isEmpty();
        assertThat(tried(true, "FAILED", "SOURCE [2] gone", "NOT_USED", "").ended())
                .hasValueSatisfying(e -> assertThat(e.how()).isInstanceOf(Ended.Failure.class));
    }

    @Test
    void theOneThatBroughtItIsTheSourceWhateverBecameOfTheOthers() {
        FtsEnded ended = tried(false, "FAILED", "SOURCE [2] gone", "FINISHED", "")
                .ended()
                .orElseThrow();
        assertThat(ended.how()).isEqualTo(new Ended.Success());
        assertThat(ended.source()).contains(SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE [2] gone, SOURCE [13] refused, SOURCE",
        "SOURCE [2] gone, TRANSFER [110] timed out, TRANSIENT",
        "DESTINATION [28] No space left on device, SOURCE [2] gone, DESTINATION",
        "TRANSFER [110] timed out, DESTINATION [28] No space left on device, DESTINATION",
    })
    void theSourcesAreToBlameOnlyWhereAllAre(String first, String second, Fault fault) {
        assertThat(tried(true, "FAILED", first, "FAILED", second)
                        .ended()
                        .orElseThrow()
                        .how())
                .isInstanceOfSatisfying(Ended.Failure.class, f -> {
                    assertThat(f.fault()).isEqualTo(fault);
                    assertThat(f.why()).contains(FIRST + ": " + first, SECOND + ": " + second);
                });
    }

    @Test
    void whatMayStandThereIsLookedAt() {
        for (List<String> second : List.of(
                List.of("FAILED", "DESTINATION OVERWRITE [17] Destination file exists and overwrite is not enabled"),
                List.of("CANCELED", ""),
                List.of("FAILED", "ARCHIVING [110] archiving timeout has been exceeded"))) {
            assertThat(tried(true, "FAILED", "SOURCE [2] gone", second.getFirst(), second.getLast())
                            .ended()
                            .orElseThrow()
                            .how())
                    .isInstanceOf(Ended.Unknown.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"STAGING", "STARTED", "SUBMITTED", "READY", "ACTIVE", "ARCHIVING", "A_STATE_OF_TOMORROW"})
    void whatIsNotAnEndIsOnItsWay(String state) {
        assertThat(tried(false, state, "").ended()).isEmpty();
    }

    @Test
    void aRecallThatFailsIsTheSourcesAndAnArchiveThatIsLateIsLookedAt() {
        assertThat(tried(true, "FAILED", "STAGING [110] bring-online timeout has been exceeded")
                        .ended()
                        .orElseThrow()
                        .how())
                .isInstanceOfSatisfying(
                        Ended.Failure.class, f -> assertThat(f.fault()).isEqualTo(Fault.SOURCE));
        assertThat(tried(true, "FAILED", "ARCHIVING [110] archiving timeout has been exceeded")
                        .ended()
                        .orElseThrow()
                        .how())
                .isInstanceOf(Ended.Unknown.class);
    }

    /** States and reasons, one after the other. */
    private static Tried tried(boolean isOver, String... states) {
        List<OneSource> sources = states.length == 2
                ? List.of(one(FIRST, states[0], states[1]))
                : List.of(one(FIRST, states[0], states[1]), one(SECOND, states[2], states[3]));
        assertThat(Arrays.asList(states)).hasSizeLessThanOrEqualTo(4);
        return new Tried(sources, isOver);
    }

    private static OneSource one(URI source, String state, String reason) {
        return new OneSource(source, FileState.of(state), reason);
    }
}
