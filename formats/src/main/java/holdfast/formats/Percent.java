package holdfast.formats;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Percentages that are never better than the counts behind them. */
public final class Percent {
    private Percent() {}

    /** {@code 99.99 %}: rounded down to two decimals, so that only the whole is 100; empty of nothing. */
    public static Optional<String> floor(long part, long whole) {
        if (whole <= 0) {
            return Optional.empty();
        }
        BigDecimal percent = BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.FLOOR);
        return Optional.of(percent.toPlainString() + " %");
    }
}
