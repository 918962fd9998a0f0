package holdfast.judgement;

import holdfast.plan.Waiver;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.SiteName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is recorded beyond single files and enters the verdict of a clause as a whole.
 *
 * @param register the outside register as last imported
 * @param journal how well the journal itself is kept
 * @param waivers all that were granted and have not lapsed
 * @param adopted the digest of the plan adopted last
 * @param held counting bytes by class, day the agreement's period begins, and site
 */
public record Whole(
        Optional<RegisterState> register,
        JournalState journal,
        List<Waiver> waivers,
        Optional<Digest> adopted,
        Map<ClassId, Map<LocalDate, Map<SiteName, ByteSize>>> held) {
    public Whole {
        waivers = List.copyOf(waivers);
        held = Map.copyOf(held);
    }

    /**
     * The outside register in numbers.
     *
     * @param open runs that have no close record, the first few by name
     */
    public record RegisterState(
            String source, Instant asOf, long runs, long expected, long openRuns, List<String> open) {
        public RegisterState {
            open = List.copyOf(open);
        }
    }

    /**
     * How well the journal is kept.
     *
     * @param lastAudit when it was folded again and compared with the rows
     * @param auditAgreed what that found
     * @param headOutside when a signed head was last written outside the database
     */
    public record JournalState(Optional<Instant> lastAudit, boolean auditAgreed, Optional<Instant> headOutside) {}
}
