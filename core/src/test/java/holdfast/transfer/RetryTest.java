package holdfast.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.storage.ThirdPartyCopy.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

    @Test
    void whatPassesByItselfIsTriedSoonAndADestinationIsGivenTime() {
        assertThat(Retry.after(Fault.TRANSIENT, 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(Retry.after(Fault.SOURCE, 1)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Retry.after(Fault.DESTINATION, 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theWaitGrowsAndHasAnEnd(Fault fault) {
        Duration before = Duration.ZERO;
        for (int attempts = 0; attempts < 100; attempts++) {
            Duration wait = Retry.after(fault, attempts);
            assertThat(wait).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofHours(1));
            before = wait;
        }
        assertThat(Retry.after(fault, Integer.MAX_VALUE)).isEqualTo(before);
    }
}
