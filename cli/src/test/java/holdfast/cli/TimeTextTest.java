package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeTextTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

    @Test
    void aTimeWithoutAZoneIsUtc() {
        assertThat(TimeText.moment("2026-08-03", NOW)).contains(Instant.parse("2026-08-03T00:00:00Z"));
        assertThat(TimeText.moment("2026-08-03T10:00", NOW)).contains(Instant.parse("2026-08-03T10:00:00Z"));
        assertThat(TimeText.moment("2026-08-03T10:00+09:00", NOW)).contains(Instant.parse("2026-08-03T01:00:00Z"));
    }

    @Test
    void aSpanCountsFromNow() {
        assertThat(TimeText.moment("now", NOW)).contains(NOW);
        assertThat(TimeText.moment("+2h", NOW)).contains(NOW.plus(Duration.ofHours(2)));
        assertThat(TimeText.span("5min")).contains(Duration.ofMinutes(5));
        assertThat(TimeText.span("90 d")).contains(Duration.ofDays(90));
    }

    @Test
    void otherTextIsNoTime() {
        assertThat(TimeText.moment("tomorrow", NOW)).isEmpty();
        assertThat(TimeText.moment("+soon", NOW)).isEmpty();
        assertThat(TimeText.moment("2026-02-30", NOW)).isEmpty();
        assertThat(TimeText.span("5")).isEmpty();
    }
}
