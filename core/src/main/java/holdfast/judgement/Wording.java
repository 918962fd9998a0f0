package holdfast.judgement;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** How reasons spell moments, spans and lists of names. */
final class Wording {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    static String time(Instant moment) {
        return MINUTE.format(moment);
    }

    /** A span in whole days where it is some, else in hours, minutes or seconds: {@code 7 d}, {@code 36 h}. */
    static String span(Duration span) {
        if (span.compareTo(Duration.ofDays(1)) >= 0 && span.toHours() % 24 == 0) {
            return span.toDays() + " d";
        }
        if (span.toMinutes() >= 60 && span.toMinutes() % 60 == 0) {
            return span.toHours() + " h";
        }
        return span.toSeconds() >= 60 && span.toSeconds() % 60 == 0
                ? span.toMinutes() + " min"
                : span.toSeconds() + " s";
    }

    /** Names in their order, joined by commas. */
    static String list(Collection<?> names) {
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    static String copies(long count) {
        return count == 1 ? "1 copy" : count + " copies";
    }
}
