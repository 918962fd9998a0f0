package holdfast.judgement;

import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The verdict of one clause with all that stands beside it.
 *
 * @param verdict the worst of the duties; empty for a statement that is no duty
 * @param subjects what the clause speaks of, counted once; the arriving ones too
 * @param failing subjects that breach a duty
 * @param undetermined subjects of which a duty cannot be told, and none is breached
 * @param named failing subjects by name, at most as many as were asked for
 * @param waived failing subjects that a waiver in force names
 * @param coverage for a union of places: subjects covered, of subjects judged; never rounded up
 */
public record ClauseVerdict(
        Clause clause,
        Optional<Verdict> verdict,
        List<DutyVerdict> duties,
        long subjects,
        long arriving,
        Optional<Instant> oldestArriving,
        long failing,
        long undetermined,
        List<Failing> named,
        long waived,
        Optional<Coverage> coverage,
        Optional<Shares> shares,
        Optional<Instant> oldestProof,
        Instant validUntil,
        Optional<Instant> silentSince,
        List<Reason> reasons) {
    public ClauseVerdict {
        duties = List.copyOf(duties);
        named = List.copyOf(named);
        reasons = List.copyOf(reasons);
    }

    /** This verdict for somebody from whom files are hidden: those are named no more; sums stay as they are. */
    public ClauseVerdict seenBy(Visible sees) {
        if (sees.isWhole()) {
            return this;
        }
        List<Failing> seen = named.stream()
                .filter(failing -> failing.file().map(sees::allows).orElse(true))
                .toList();
        return new ClauseVerdict(
                clause,
                verdict,
                duties,
                subjects,
                arriving,
                oldestArriving,
                failing,
                undetermined,
                seen,
                waived,
                coverage,
                shares,
                oldestProof,
                validUntil,
                silentSince,
                reasons);
    }

    /**
     * This verdict as it may be shown at a later moment: once time alone could have changed it, it is UNDETERMINED until
     * it is taken again; a breach stays one.
     */
    public ClauseVerdict readAt(Instant moment) {
        if (moment.isBefore(validUntil) || verdict.isEmpty()) {
            return this;
        }
        List<Reason> why = new ArrayList<>(reasons);
        why.addFirst(Reason.beingRecomputed(validUntil));
        return new ClauseVerdict(
                clause,
                verdict.map(Verdict.UNDETERMINED::worst),
                duties,
                subjects,
                arriving,
                oldestArriving,
                failing,
                undetermined,
                named,
                waived,
                coverage,
                shares,
                oldestProof,
                validUntil,
                silentSince,
                why);
    }

    /** One duty of the clause. */
    public record DutyVerdict(Duty duty, Verdict verdict, Tally tally, List<Reason> reasons) {
        public DutyVerdict {
            reasons = List.copyOf(reasons);
        }
    }

    /** A subject that falls short: a file, or for clauses about elements or runs that thing's name. */
    public record Failing(String subject, Optional<DataId> file, Verdict verdict, List<Reason> reasons) {
        public Failing {
            reasons = List.copyOf(reasons);
        }
    }

    /** How many of the judged subjects a union of places covers. */
    public record Coverage(long covered, long judged) {}

    /** Bytes held against agreed shares: agreement, not safety. */
    public record Shares(State state, List<Share> sites, String note) {
        public Shares {
            sites = List.copyOf(sites);
        }

        public enum State {
            IN,
            OFF,
            UNCONFIRMED,
            NOT_MEASURED
        }
    }

    /**
     * One site's share in percent of the bytes.
     *
     * @param held what it holds of the bytes of the agreement's sites
     */
    public record Share(holdfast.vocabulary.SiteName site, double held, double agreed, boolean within) {}
}
