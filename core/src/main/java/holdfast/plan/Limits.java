package holdfast.plan;

import holdfast.vocabulary.SiteName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Intervals and limits of the plan file; the defaults are those of the design's table of verdicts.
 *
 * @param grace for the first placement of a file, from its run's close
 * @param readBack how long an arrived copy may wait for its first read-back
 * @param archived how long a copy on tape may stand in the disk buffer alone; at most as long as it may wait for its read-back
 * @param proofDisk how long a proof on disk holds
 * @param proofTape how long a proof on tape holds
 * @param silence how long an element may not answer before its copies are in doubt
 * @param downtime the longest declared downtime that changes nothing
 * @param registerAge how old an outside register may be
 * @param waitForSite how long a file with fewer than two counting copies waits for one site
 * @param drill how long a recall drill holds
 * @param bufferProof sites where a read from the tape's buffer, once migrated, is taken as proof (printed in verdicts)
 * @param sampleProof sites where a sample of its cartridge renews a proof of the medium (printed in verdicts)
 * @param clockSkew proofs dated further in the future than this do not count
 */
public record Limits(
        Duration grace,
        Duration readBack,
        Duration archived,
        Duration proofDisk,
        Duration proofTape,
        Duration silence,
        Duration downtime,
        Duration registerAge,
        Duration waitForSite,
        Duration drill,
        Set<SiteName> bufferProof,
        Set<SiteName> sampleProof,
        Duration clockSkew) {

    public static final Limits DEFAULTS = new Limits(
            Duration.ofHours(72),
            Duration.ofDays(7),
            Duration.ofDays(7),
            Duration.ofDays(90),
            Duration.ofDays(730),
            Duration.ofHours(24),
            Duration.ofDays(14),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Duration.ofDays(92),
            Set.of(),
            Set.of(),
            Duration.ofMinutes(5));

    public Limits {
        bufferProof = Set.copyOf(bufferProof);
        sampleProof = Set.copyOf(sampleProof);
    }

    /** The defaults, but for the limits stated here. */
    public static Limits of(Map<Limit, Duration> stated, Set<SiteName> bufferProof, Set<SiteName> sampleProof) {
        Duration readBack = of(stated, Limit.READ_BACK);
        return new Limits(
                of(stated, Limit.GRACE),
                readBack,
                stated.getOrDefault(Limit.ARCHIVED, readBack),
                of(stated, Limit.PROOF_DISK),
                of(stated, Limit.PROOF_TAPE),
                of(stated, Limit.SILENCE),
                of(stated, Limit.DOWNTIME),
                of(stated, Limit.REGISTER_AGE),
                of(stated, Limit.WAIT_FOR_SITE),
                of(stated, Limit.DRILL),
                bufferProof,
                sampleProof,
                of(stated, Limit.CLOCK_SKEW));
    }

    private static Duration of(Map<Limit, Duration> stated, Limit limit) {
        return stated.getOrDefault(limit, limit.in(DEFAULTS));
    }
}
