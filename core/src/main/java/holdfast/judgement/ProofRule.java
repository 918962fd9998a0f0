package holdfast.judgement;

import holdfast.catalog.CopyRow.Proof;
import holdfast.plan.Limits;
import holdfast.storage.StorageElement;

/**
 * Which kinds of proof show a copy's bytes (design: "Proof kinds on tape"). What a site says never does. On tape the
 * medium itself must have been read once since the last write; cartridge samples carry that proof on where the plan names
 * the site, and a read from the buffer is as good only where the plan names it for that. On disk only a whole read of the file itself does.
 */
final class ProofRule {
    private ProofRule() {}

    /**
     * What the plan takes as proof at a site.
     *
     * @param buffer a read from the buffer
     * @param sample a sample of the cartridge, for files whose medium was read before
     */
    record Taken(boolean buffer, boolean sample) {
        static final Taken NOTHING = new Taken(false, false);

        static Taken at(StorageElement element, Limits limits) {
            return new Taken(
                    limits.bufferProof().contains(element.site()),
                    limits.sampleProof().contains(element.site()));
        }
    }

    /** Whether the medium was shown to hold the bytes at some time since they were written. */
    static boolean shows(Proof proof, boolean tape, Taken taken) {
        return switch (proof.kind()) {
            case WHOLE_READ -> !tape || proof.fromMedium();
            case MEDIUM -> proof.fromMedium() || !tape;
            case BUFFER -> proof.fromMedium() || (tape && taken.buffer());
            case SITE_SAYS, CARTRIDGE_SAMPLE -> proof.fromMedium();
        };
    }

    /** Whether the date of the last proof is also the age of what it shows. */
    static boolean agesFrom(Proof proof, boolean tape, Taken taken) {
        return switch (proof.kind()) {
            case WHOLE_READ -> !tape;
            case MEDIUM -> true;
            case BUFFER -> tape && taken.buffer();
            case CARTRIDGE_SAMPLE -> tape && taken.sample();
            case SITE_SAYS -> false;
        };
    }
}
