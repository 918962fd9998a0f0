package holdfast.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Moments and spans as people type them. */
final class TimeText {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(s|min|m|h|d)");
    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

    private TimeText() {}

    /** Reads {@code 60s}, {@code 5min}, {@code 2h} or {@code 7d}. */
    static Optional<Duration> span(String text) {
        Matcher matcher = SPAN.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    default -> Duration.ofMinutes(count);
                });
    }

    /** Reads {@code now}, {@code +2h}, a day, or a time in ISO 8601; without a zone it is UTC. */
    static Optional<Instant> moment(String text, Instant now) {
        if (text.equals("now")) {
            return Optional.of(now);
        }
        if (text.startsWith("+")) {
            return span(text.substring(1)).map(now::plus);
        }
        for (Function<String, Instant> form : FORMS) {
            try {
                return Optional.of(form.apply(text));
            } catch (DateTimeException notThisForm) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A moment to the minute: {@code 2026-08-03 10:00 UTC}. */
    static String minute(Instant moment) {
        return MINUTE.format(moment);
    }

    /** About how long, in its largest unit: {@code 3 d}, {@code 5 h}, {@code 12 min}, {@code 40 s}. */
    static String span(Duration span) {
        if (span.toDays() >= 2) {
            return span.toDays() + " d";
        }
        if (span.toHours() >= 2) {
            return span.toHours() + " h";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + " min" : Math.max(0, span.toSeconds()) + " s";
    }

    /** For options that look back: a span before now, or a moment. */
    static final class Past implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            return span(text)
                    .map(now::minus)
                    .or(() -> text.startsWith("+") ? Optional.empty() : moment(text, now))
                    .filter(m -> !m.isAfter(now))
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no time in the past; write 8h, 2d, 2026-08-03 or 2026-08-03T22:00Z"));
        }
    }

    /** For options and parameters that are a moment. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return moment(text, Instant.now().truncatedTo(ChronoUnit.SECONDS))
                    .orElseThrow(() -> new TypeConversionException("'" + text
                            + "' is no time; write 2026-08-03T10:00Z, 2026-08-03T10:00 (UTC), 2026-08-03, now or +2h"));
        }
    }

    /** For options that are a span. */
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return span(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no span of time; write 60s, 5min, 2h or 7d"));
        }
    }
}
