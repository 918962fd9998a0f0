package holdfast.server.api.rucio.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Dates as the client reads and writes them: RFC 1123 with the zone UTC, never GMT. */
public final class Dates {
    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final List<DateTimeFormatter> READ = List.of(
            RFC_1123,
            DateTimeFormatter.ISO_LOCAL_DATE_TIME,
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT),
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]'Z'", Locale.ROOT));

    private Dates() {}

    /** Such as {@code Sun, 22 Nov 2026 18:05:22 UTC}. */
    public static String text(Instant at) {
        return RFC_1123.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Without zone, such as {@code 2026-11-22T18:03:59}; only {@code GET /accounts/{account}} writes dates so. */
    public static String iso(Instant at) {
        return ISO.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Reads RFC 1123 in UTC and ISO 8601 with 'T' or a blank; 400 ValueError otherwise. */
    public static Instant read(String text) {
        for (DateTimeFormatter form : READ) {
            try {
                return LocalDateTime.parse(text.strip(), form).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notThisForm) {
                continue;
            }
        }
        throw RucioError.bad(
                "ValueError",
                "'" + text + "' is no date; write it as 'Sun, 22 Nov 2026 18:05:22 UTC' or '2026-11-22T18:05:22'");
    }
}
