package holdfast.catalog;

/** What is recorded of a copy. Wanted copies are no rows: they are derived. */
public enum CopyState {
    /** Written and both ends agreed; not read back from its medium yet. */
    ARRIVED,
    /** Read by us from the medium, and equal to the accession digests. */
    PROVED,
    /** One bad read; a second one is due. */
    SUSPECT,
    /** Two reads gave other bytes than the accession. */
    CORRUPT,
    /** Two reads failed while the element answered. */
    UNREADABLE,
    /** The element answers and has nothing at the path. */
    MISSING,
    /** Somebody said so; nothing was read. */
    CLAIMED,
    /** Being released: counts no more. */
    RELEASING,
    RELEASED;

    /** Whether bytes are expected to stand at the copy's path. */
    public boolean stands() {
        return switch (this) {
            case ARRIVED, PROVED, SUSPECT, CLAIMED -> true;
            case CORRUPT, UNREADABLE, MISSING, RELEASING, RELEASED -> false;
        };
    }

    /** Whether this is damage found: a copy that was and is no more. */
    public boolean isDamage() {
        return this == CORRUPT || this == UNREADABLE || this == MISSING;
    }
}
