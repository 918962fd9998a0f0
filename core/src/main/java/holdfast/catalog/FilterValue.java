package holdfast.catalog;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that a filter compares with. What it is depends on the key, so it is kept as it was written and read on demand.
 *
 * @param text as it was written; empty for nothing
 * @param isNothing whether it was null
 */
public record FilterValue(String text, boolean isNothing) {
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT),
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT),
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]'Z'", Locale.ROOT),
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT));

    static FilterValue of(@Nullable Object value) {
        return value == null ? new FilterValue("", true) : new FilterValue(value.toString(), false);
    }

    /** Whether it holds '*' or '%', either of which stands for any characters. */
    public boolean hasWildcard() {
        return text.indexOf('*') >= 0 || text.indexOf('%') >= 0;
    }

    /** A number, if it is one. */
    public Optional<BigDecimal> number() {
        try {
            return text.length() > 100 ? Optional.empty() : Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** True or false in any case, if it is one. */
    public Optional<Boolean> truth() {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A moment in UTC, if it is one: ISO 8601 with 'T' or a blank, or RFC 1123 with the zone UTC. */
    public Optional<Instant> date() {
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(LocalDateTime.parse(text.strip(), form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException notThisForm) {
                continue;
            }
        }
        return Optional.empty();
    }
}
