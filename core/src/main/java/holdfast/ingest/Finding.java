package holdfast.ingest;

/**
 * Why a file did not come in.
 *
 * @param text what is wrong and what to do, a sentence without a full stop
 */
public record Finding(Code code, String text) {
    public enum Code {
        NAME_REFUSED,
        DIGEST_MISMATCH,
        SIZE_MISMATCH,
        OTHER_BYTES,
        ZERO_BYTES,
        UNREADABLE,
        CHANGED_WHILE_READ,
        NOT_WRITTEN,
        NOT_READ_BACK
    }
}
