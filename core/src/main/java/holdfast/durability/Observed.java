package holdfast.durability;

/**
 * Damage counted over copies that were watched.
 *
 * @param damaged copies found corrupt, unreadable or missing
 * @param copyYears the time from each copy's last write to its last proof or to its damage, added up
 */
public record Observed(long damaged, double copyYears) {
    public static final Observed NOTHING = new Observed(0, 0);

    /** Below this many events a rate is a guess, and is said to be one. */
    public static final int FEW = 10;

    private static final double ONE_SIDED_95 = 1.6448536269514722;

    public Observed {
        if (damaged < 0 || !(copyYears >= 0)) {
            throw new IllegalArgumentException("counts and times are never negative");
        }
    }

    public boolean isAnything() {
        return copyYears > 0;
    }

    /** Events a year as counted; zero says little when few years were watched. */
    public double estimate() {
        return copyYears > 0 ? damaged / copyYears : 0;
    }

    /**
     * The rate that is exceeded with 5 % chance: with no event the rule of three, 3 / years; else the upper bound of a
     * Poisson mean by Wilson and Hilferty, within 0.5 % of the exact one. Infinite when nothing was watched.
     */
    public double upper() {
        if (copyYears == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return (damaged == 0 ? 3 : quantile(damaged + 1.0, ONE_SIDED_95)) / copyYears;
    }

    /** The rate that is undercut with 5 % chance; zero when there was no event. */
    public double lower() {
        return damaged == 0 || copyYears == 0 ? 0 : Math.max(0, quantile(damaged, -ONE_SIDED_95)) / copyYears;
    }

    public Observed plus(Observed other) {
        return new Observed(damaged + other.damaged, copyYears + other.copyYears);
    }

    private static double quantile(double shape, double deviation) {
        double root = 1 - 1 / (9 * shape) + deviation / (3 * Math.sqrt(shape));
        return shape * root * root * root;
    }
}
