package holdfast.server.movers;

import holdfast.catalog.CopyState;

/** Which copies are read first: proved before unproved, doubted ones last. */
public final class BestFirst {
    private BestFirst() {}

    /** The place of a copy's state in that order, from 0; states that do not stand come after all others. */
    public static int rank(CopyState state) {
        return switch (state) {
            case PROVED -> 0;
            case ARRIVED -> 1;
            case CLAIMED -> 2;
            case SUSPECT -> 3;
            case CORRUPT, UNREADABLE, MISSING, RELEASING, RELEASED -> 4;
        };
    }
}
