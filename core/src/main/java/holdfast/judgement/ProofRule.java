package holdfast.judgement;

import holdfast.catalog.CopyRow.Proof;

/**
 * Which kinds of proof show a copy's bytes (design: "Proof kinds on tape"). What a site says never does. On tape the
 * medium itself must have been read once since the last write; cartridge samples carry that proof on, and a read from
 * the buffer is as good only where the plan names the site. On disk only a whole read of the file itself does.
 */
final class ProofRule {
    private ProofRule() {}

    /**
     * Whether the medium was shown to hold the bytes at some time since they were written.
     *
     * @param bufferTaken whether the plan takes a read from the buffer as proof at this site
     */
    static boolean shows(Proof proof, boolean tape, boolean bufferTaken) {
        return switch (proof.kind()) {
            case WHOLE_READ -> !tape || proof.fromMedium();
            case MEDIUM -> proof.fromMedium() || !tape;
            case BUFFER -> proof.fromMedium() || (tape && bufferTaken);
            case SITE_SAYS, CARTRIDGE_SAMPLE -> proof.fromMedium();
        };
    }

    /** Whether the date of the last proof is also the age of what it shows. */
    static boolean agesFrom(Proof proof, boolean tape, boolean bufferTaken) {
        return switch (proof.kind()) {
            case WHOLE_READ -> !tape;
            case MEDIUM -> true;
            case BUFFER -> tape && bufferTaken;
            case CARTRIDGE_SAMPLE -> tape;
            case SITE_SAYS -> false;
        };
    }
}
