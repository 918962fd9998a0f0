package holdfast.judgement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to one obligation for one subject.
 *
 * @param arriving within the grace of its first placement: then the subject counts in neither number, and the verdict
 *     is UNDETERMINED for itself
 * @param reasons why; for MET what is worth saying beside it
 * @param oldestProof the oldest proof the answer rests on; empty when it rests on none
 * @param validUntil the earliest moment at which time alone could change it; {@link Instant#MAX} when it cannot
 * @param silentSince an element that the answer rests on has not answered since then
 */
public record Answer(
        Verdict verdict,
        boolean arriving,
        List<Reason> reasons,
        Optional<Instant> oldestProof,
        Instant validUntil,
        Optional<Instant> silentSince) {
    public Answer {
        reasons = List.copyOf(reasons);
    }

    /** Whether the subject falls short: counted among neither the met nor the arriving. */
    public boolean fallsShort() {
        return verdict != Verdict.MET && !arriving;
    }
}
