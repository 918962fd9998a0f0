package holdfast.fixity;

/** What an inspection saw; a check is never two-valued. */
public enum Outcome {
    /** The whole file was read and equals the accession digests. */
    INTACT,
    /** The bytes, or their number, differ from the accession. */
    CORRUPT,
    /** The element answers and has nothing at the path. */
    MISSING,
    /** The element answers, the file stands there, and its bytes could not be read. */
    UNREADABLE,
    /** Nothing was read: the element does not answer, or the recall is not ready. Recorded only where the site said something. */
    NOT_CHECKED
}
