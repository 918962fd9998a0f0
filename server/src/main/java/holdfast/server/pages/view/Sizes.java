package holdfast.server.pages.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Sizes as pages print them, decimal units: {@code 1.23 TB}; exact bytes stand in CSV and JSON. */
public final class Sizes {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    private Sizes() {}

    /** Two decimals in the largest unit that leaves one digit or more, rounded down. */
    public static String words(long bytes) {
        int unit = 0;
        long size = 1;
        while (unit + 1 < UNITS.size() && bytes / size >= 1000) {
            size *= 1000;
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        BigDecimal shown = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(size), 2, RoundingMode.DOWN);
        return shown.toPlainString() + " " + UNITS.get(unit);
    }
}
