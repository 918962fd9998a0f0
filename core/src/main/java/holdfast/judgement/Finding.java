package holdfast.judgement;

import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.Reason.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one duty of a clause comes to: built up by its rules, each of which can only make the verdict worse.
 */
final class Finding {
    private Verdict verdict = Verdict.MET;
    private Tally tally;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Failing> named = new ArrayList<>();

    Finding(Tally tally) {
        this.tally = tally;
    }

    /** A duty that has no subjects of its own and is as undetermined as said. */
    static Finding undetermined(Code code, String text) {
        return new Finding(Tally.NONE).worsen(Verdict.UNDETERMINED, code, text);
    }

    Finding worsen(Verdict at, Code code, String text) {
        verdict = verdict.worst(at);
        return note(code, text);
    }

    Finding note(Code code, String text) {
        reasons.add(new Reason(code, Optional.empty(), text));
        return this;
    }

    /** Holds no longer than this. */
    Finding until(Instant moment) {
        tally = tally.plus(Tally.holdingUntil(moment));
        return this;
    }

    /** Adds the answer about one thing that is no file, such as an element. */
    Finding add(String subject, Answer answer) {
        tally = tally.plus(Tally.of(answer, Instant.MAX));
        verdict = verdict.worst(answer.verdict());
        reasons.addAll(answer.reasons());
        if (answer.fallsShort()) {
            named.add(new Failing(subject, Optional.empty(), answer.verdict(), answer.reasons()));
        }
        return this;
    }

    Verdict verdict() {
        return verdict;
    }

    Tally tally() {
        return tally;
    }

    List<Reason> reasons() {
        return reasons;
    }

    List<Failing> named() {
        return named;
    }
}
