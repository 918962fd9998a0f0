package holdfast.server.pages.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Spans of time in the one unit that suits them: {@code 61 d}, {@code 8 h}, {@code 19 min}, {@code 5 s}. */
public final class Spans {
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private Spans() {}

    /** A span rounded down to a whole unit. */
    public static String words(Duration span) {
        Unit unit = Unit.of(span);
        return unit.whole(span) + " " + unit.word;
    }

    /** How long ago, in brackets' words: {@code 8 h ago}; a moment ahead says so, since clocks can differ. */
    public static String ago(Duration span) {
        return span.isNegative() ? "in " + words(span.negated()) : words(span) + " ago";
    }

    /** An age and what is allowed, in the unit of what is allowed: {@code 61 d} and {@code of 730}. */
    static String[] of(Duration age, Duration allowed) {
        Unit unit = Unit.of(allowed);
        boolean fine = age.compareTo(unit.length) < 0 && age.isPositive();
        String shown = fine ? unit.tenths(age) : Numbers.count(unit.whole(age));
        return new String[] {shown + " " + unit.word, "of " + unit.tenths(allowed)};
    }

    private enum Unit {
        SECOND("s", Duration.ofSeconds(1)),
        MINUTE("min", Duration.ofMinutes(1)),
        HOUR("h", Duration.ofHours(1)),
        DAY("d", Duration.ofDays(1));

        private final String word;
        private final Duration length;

        Unit(String word, Duration length) {
            this.word = word;
            this.length = length;
        }

        private static Unit of(Duration span) {
            if (span.compareTo(TWO_DAYS) >= 0) {
                return DAY;
            }
            if (span.compareTo(Duration.ofHours(2)) >= 0) {
                return HOUR;
            }
            return span.compareTo(Duration.ofMinutes(2)) >= 0 ? MINUTE : SECOND;
        }

        private long whole(Duration span) {
            return Math.max(0, span.dividedBy(length));
        }

        /** One decimal where there is one, rounded down. */
        private String tenths(Duration span) {
            BigDecimal value = BigDecimal.valueOf(span.toMillis())
                    .divide(BigDecimal.valueOf(length.toMillis()), 1, RoundingMode.DOWN);
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }
}
