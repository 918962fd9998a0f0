package holdfast.fixity;

import holdfast.vocabulary.ByteSize;

/**
 * What a comparison of a catalogue with a listing counted.
 *
 * @param recorded rows of the catalogue
 * @param listed files of the listing
 * @param same rows that expect bytes, and the bytes listed have the size and every checksum that both sides state
 * @param byDigest those of them for which both sides stated a checksum; for the others only sizes were compared
 * @param missing rows that expect bytes where none are listed, with the bytes they expect
 * @param dark files that no row names, with their bytes
 * @param different files of another size or checksum than their row's, with the bytes listed
 * @param younger rows whose bytes were written after the listing began, and which it does not show: no finding
 * @param withoutDuty rows that expect no bytes, such as those of copies known to be bad
 * @param superseded files that a later writing of the same file took the place of: no finding, since nothing is deleted
 * @param own files that this house keeps for itself, such as canaries: no finding
 */
public record Reconciled(
        long recorded,
        long listed,
        long same,
        long byDigest,
        Sum missing,
        Sum dark,
        Sum different,
        long younger,
        long withoutDuty,
        long superseded,
        long own) {
    public static final Reconciled NOTHING = new Reconciled(0, 0, 0, 0, Sum.NONE, Sum.NONE, Sum.NONE, 0, 0, 0, 0);

    /** Files and their bytes. */
    public record Sum(long files, ByteSize bytes) {
        static final Sum NONE = new Sum(0, ByteSize.ZERO);

        Sum and(ByteSize size) {
            return new Sum(files + 1, bytes.plus(size));
        }

        Sum plus(Sum other) {
            return new Sum(files + other.files, bytes.plus(other.bytes));
        }
    }

    /** How many discrepancies there are. */
    public long findings() {
        return missing.files + dark.files + different.files;
    }

    /** What two comparisons of different files counted together. */
    public Reconciled plus(Reconciled other) {
        return new Reconciled(
                recorded + other.recorded,
                listed + other.listed,
                same + other.same,
                byDigest + other.byDigest,
                missing.plus(other.missing),
                dark.plus(other.dark),
                different.plus(other.different),
                younger + other.younger,
                withoutDuty + other.withoutDuty,
                superseded + other.superseded,
                own + other.own);
    }
}
