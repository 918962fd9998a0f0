package holdfast.judgement;

import holdfast.judgement.ClauseVerdict.Share;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.plan.Agreement.Period;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation.FollowShares;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.SiteName;
import java.time.Instant;
import java.util.List;

/**
 * Bytes held against a sharing agreement, period by period: what is reported to those who signed it. Only copies that
 * count are held; a file belongs to the period of its run's day (P-26, reading A-10).
 *
 * @param table the agreement's name in the sites file
 * @param withinPercent the tolerance, relative to the agreed share
 * @param noPeriod bytes of files that no period of the agreement covers, by site
 */
public record AgreementReport(
        ClauseId clause, String table, double withinPercent, List<PeriodReport> periods, List<Outside> noPeriod) {
    public AgreementReport {
        periods = List.copyOf(periods);
        noPeriod = List.copyOf(noPeriod);
    }

    /**
     * One period of the agreement.
     *
     * @param total bytes that the agreement's sites hold of the period: what percent is taken of
     * @param outside sites that hold bytes of the period and have no share in it: they count for safety, not here
     */
    public record PeriodReport(
            Period period, Shares.State state, ByteSize total, List<Held> sites, List<Outside> outside) {
        public PeriodReport {
            sites = List.copyOf(sites);
            outside = List.copyOf(outside);
        }
    }

    /** A site's share and the bytes behind it. */
    public record Held(Share share, ByteSize bytes) {
        /** Bytes that the agreed share comes to, of all that the agreement's sites hold; rounded to whole bytes. */
        public ByteSize agreed(ByteSize total) {
            return new ByteSize(Math.round(total.bytes() * (share.agreed() / 100)));
        }
    }

    /** Bytes at a site that has no share in them. */
    public record Outside(SiteName site, ByteSize bytes) {}

    /** The reports of every agreement that a clause follows; none where it follows none, or the sites file lacks it. */
    public static List<AgreementReport> of(Clause clause, Surroundings surroundings, Whole whole, Instant now) {
        return clause.agreed().stream()
                .map(Duty::obligation)
                .filter(FollowShares.class::isInstance)
                .map(FollowShares.class::cast)
                .flatMap(follow -> new ShareFigures(follow, clause, surroundings, whole, now).report().stream())
                .toList();
    }
}
