package holdfast.server.routes;

import java.time.DateTimeException;
import java.time.Instant;
import org.springframework.core.convert.converter.Converter;

/** Moments as arguments have them: of years that the database holds, and that every interface writes with four digits. */
public final class Moments implements Converter<String, Instant> {
    private static final int LAST_YEAR = 9_999;

    @Override
    public Instant convert(String text) {
        try {
            Instant moment = Instant.parse(text);
            if (isKept(moment)) {
                return moment;
            }
        } catch (DateTimeException notAMoment) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is no moment of the years 1 to " + LAST_YEAR);
    }

    /** Whether the database and the interfaces can hold it. */
    public static boolean isKept(Instant moment) {
        Instant first = Instant.parse("0001-01-01T00:00:00Z");
        Instant end = Instant.parse("9999-12-31T23:59:59.999999999Z");
        return !moment.isBefore(first) && !moment.isAfter(end);
    }
}
