package holdfast.server.pages.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A moment on a page: {@code 2026-11-22 06:00 UTC (8 h ago)}.
 *
 * @param machine ISO 8601, for {@code datetime}
 * @param words date and time to the minute, UTC
 * @param ago how long before the page's data were taken
 */
public record Moment(String machine, String words, String ago) {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public static Moment of(Instant moment, Instant taken) {
        return new Moment(
                moment.truncatedTo(ChronoUnit.SECONDS).toString(),
                words(moment),
                Spans.ago(Duration.between(moment, taken)));
    }

    public static String words(Instant moment) {
        return MINUTES.format(moment);
    }
}
