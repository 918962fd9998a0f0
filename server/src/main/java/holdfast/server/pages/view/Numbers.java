package holdfast.server.pages.view;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as pages print them: commas between thousands; a share never rounds up to all, nor down to nothing. */
public final class Numbers {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private Numbers() {}

    /** {@code 3,184,502}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 3 files}, {@code 1 file}: the plural is the word with an s. */
    public static String count(long number, String word) {
        return count(number) + " " + word + (number == 1 ? "" : "s");
    }

    /**
     * The percentage that a part is of a whole, rounded down: one decimal, four above 99.9, and {@code 100 %} only for
     * all of it. More than nothing is never {@code 0 %}; a share of nothing is a dash's worth: {@code not known}.
     */
    public static String percent(long part, long whole) {
        if (whole <= 0) {
            return "not known";
        }
        if (part >= whole) {
            return "100 %";
        }
        if (part <= 0) {
            return "0 %";
        }
        return percent(exactly(part, whole)) + " %";
    }

    /** A percentage that was measured as such, rounded the same way, without its sign: {@code 31.2}. */
    public static String percent(double measured) {
        return percent(BigDecimal.valueOf(measured));
    }

    private static String percent(BigDecimal exact) {
        boolean nearlyAll = exact.compareTo(new BigDecimal("99.9")) >= 0;
        BigDecimal shown = exact.setScale(nearlyAll ? 4 : 1, RoundingMode.DOWN);
        if (shown.signum() == 0 && exact.signum() > 0) {
            return "under 0.1";
        }
        return shown.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal exactly(long part, long whole) {
        return new BigDecimal(BigInteger.valueOf(part).multiply(HUNDRED))
                .divide(BigDecimal.valueOf(whole), 12, RoundingMode.DOWN);
    }

    /** A length in a drawing, one decimal, so that the same numbers give the same bytes. */
    static String length(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Two significant digits, for "drawn about 12,000 times too wide". */
    static String roughly(double value) {
        BigDecimal rough = BigDecimal.valueOf(value).round(new java.math.MathContext(2, RoundingMode.HALF_UP));
        return rough.scale() > 0
                ? rough.stripTrailingZeros().toPlainString()
                : count(rough.toBigInteger().longValue());
    }
}
