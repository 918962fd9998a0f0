package holdfast.durability;

/**
 * How often one file is lost, in losses a year, by what took its last copy.
 *
 * @param media every copy went bad before the first was found
 * @param oneSite a disaster met copies that had gone bad unseen, or went bad before the rebuilding ended
 * @param everySite disasters at every place within one rebuilding
 * @param commonCause one error, bug or stolen right at every place
 */
public record LossRate(double media, double oneSite, double everySite, double commonCause) {
    public static final LossRate NONE = new LossRate(0, 0, 0, 0);

    /** The causes, each with its part of a rate. */
    public enum Cause {
        MEDIA,
        ONE_SITE,
        EVERY_SITE,
        COMMON_CAUSE
    }

    public double of(Cause cause) {
        return switch (cause) {
            case MEDIA -> media;
            case ONE_SITE -> oneSite;
            case EVERY_SITE -> everySite;
            case COMMON_CAUSE -> commonCause;
        };
    }

    public double total() {
        return media + oneSite + everySite + commonCause;
    }

    public LossRate plus(LossRate other) {
        return new LossRate(
                media + other.media,
                oneSite + other.oneSite,
                everySite + other.everySite,
                commonCause + other.commonCause);
    }

    LossRate times(double factor) {
        return new LossRate(media * factor, oneSite * factor, everySite * factor, commonCause * factor);
    }

    /**
     * The files of so many that are lost within a year: never more than there are, however often each would be lost.
     * Small rates are simply added up.
     */
    LossRate withinYear(long files) {
        double total = total();
        return total == 0 ? NONE : times(files * -Math.expm1(-total) / total);
    }
}
