package holdfast.fixity;

/**
 * When a listing lacks so much of what should stand that the listing is to be doubted before the copies are (another folder
 * was mounted there, a server left folders out, the fault is ours). Nothing of such a listing is used until people looked.
 */
public final class DoubtfulListing {
    /** A listing that lacks more than this part of an element's copies is doubted. */
    static final double SHARE = 0.05;

    private DoubtfulListing() {}

    /**
     * Whether a listing is to be doubted; a handful of files never makes it so, see {@link MassLoss#FEWEST}.
     *
     * @param lacking copies that it does not show, or shows with another size
     * @param expected all copies that should stand there
     */
    public static boolean is(long lacking, long expected) {
        return lacking >= MassLoss.FEWEST && lacking > SHARE * expected;
    }
}
