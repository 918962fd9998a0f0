package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Reason;
import holdfast.judgement.Verdict;
import holdfast.server.pages.view.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Time breaks verdicts too: one that is read after it ceased to hold is shown as not known, with the moment. */
final class Current {
    private Current() {}

    static ClauseVerdict of(ClauseVerdict v, Instant now) {
        if (v.verdict().isEmpty() || now.isBefore(v.validUntil())) {
            return v;
        }
        Reason lapsed = new Reason(
                Reason.Code.BEING_RECOMPUTED,
                Optional.empty(),
                "the answer held until " + Moment.words(v.validUntil()) + " and is being computed again");
        List<ClauseVerdict.DutyVerdict> duties = v.duties().stream()
                .map(d -> new ClauseVerdict.DutyVerdict(d.duty(), Verdict.UNDETERMINED, d.tally(), d.reasons()))
                .toList();
        return new ClauseVerdict(
                v.clause(),
                Optional.of(Verdict.UNDETERMINED),
                duties,
                v.subjects(),
                v.arriving(),
                v.oldestArriving(),
                v.failing(),
                v.undetermined(),
                v.named(),
                v.waived(),
                v.coverage(),
                v.shares(),
                v.oldestProof(),
                v.validUntil(),
                v.silentSince(),
                java.util.stream.Stream.concat(java.util.stream.Stream.of(lapsed), v.reasons().stream())
                        .toList());
    }
}
