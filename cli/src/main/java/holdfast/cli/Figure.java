package holdfast.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers of any size in three figures, as people read them. */
final class Figure {
    private static final MathContext THREE = new MathContext(3);
    private static final double SMALL = 1e-3;

    private Figure() {}

    /** {@code 0}, {@code 0.0025}, {@code 12.3}, {@code 12,300}; below a thousandth {@code 2.5e-05}. */
    static String of(double value) {
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) < SMALL) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE);
        int decimals = Math.max(0, rounded.stripTrailingZeros().scale());
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
