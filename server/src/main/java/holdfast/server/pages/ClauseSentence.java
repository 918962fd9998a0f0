package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.plan.Obligation;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.Sentence;
import holdfast.server.pages.view.Sentence.Mood;
import java.time.Instant;
import java.util.List;

/** A clause's state in a few sentences: the verdict and since when, how many of how many, what stands beside it. */
final class ClauseSentence {
    private final PageData page;
    private final ClauseVerdict v;
    private final Sentence.Writer words = new Sentence.Writer();

    private ClauseSentence(PageData page, ClauseVerdict verdict) {
        this.page = page;
        this.v = verdict.readAt(page.takenAt());
    }

    static Sentence of(PageData page, ClauseVerdict verdict) {
        return new ClauseSentence(page, verdict).sentence();
    }

    private Sentence sentence() {
        if (v.verdict().isEmpty()) {
            return words.stress("This is a statement of the plan and no duty.")
                    .say(" It binds nobody and is not counted among the clauses that are met.")
                    .as(Mood.OPEN);
        }
        Mood mood = switch (v.verdict().get()) {
            case MET -> met();
            case BREACHED -> breached();
            case UNDETERMINED -> undetermined();
        };
        share();
        v.silentSince()
                .ifPresent(
                        s -> words.say(" An element that it rests on is not answering since " + Moment.words(s) + "."));
        return words.as(mood);
    }

    private Mood met() {
        words.say("Met" + since() + ". ");
        long judged = v.subjects() - v.arriving();
        if (judged > 0) {
            words.stress("%s %s %s what the clause asks."
                    .formatted(
                            judged == 1 ? "The one" : "All " + Numbers.count(judged),
                            Words.subjects(v.clause(), judged),
                            judged == 1 ? "has" : "have"));
        } else {
            words.stress(why("Nothing falls short."));
        }
        v.oldestProof()
                .ifPresent(p -> words.say(
                        " The oldest proof is of " + Moment.words(p) + " (" + Words.ago(p, page.takenAt()) + ")."));
        return Mood.GOOD;
    }

    private Mood breached() {
        words.say("Breached" + since() + ". ");
        if (v.failing() > 0) {
            words.stress(ofAll(v.failing(), v.failing() == 1 ? "falls short" : "fall short") + ".");
        } else {
            words.stress(why("The clause as a whole falls short."));
        }
        if (v.undetermined() > 0) {
            words.say(" Of %s more it cannot be told.".formatted(Numbers.count(v.undetermined())));
        }
        return Mood.BAD;
    }

    private Mood undetermined() {
        words.say("Not known" + since() + ". ");
        if (isUnmeasured(v)) {
            words.stress("Nobody measures this yet.");
        } else if (lapsed()) {
            words.stress(why(""));
        } else if (v.undetermined() > 0) {
            words.stress("Of %s it cannot be told; none is known to fall short."
                    .formatted(ofAll(v.undetermined(), "").strip()));
        } else if (v.subjects() == 0) {
            words.stress(why("There is nothing to judge yet."));
        } else if (v.arriving() == v.subjects()) {
            words.stress("Everything it speaks of is still arriving.");
        } else {
            words.stress(why("It cannot be told."));
        }
        return Mood.OPEN;
    }

    /** Whether nothing measures any duty of the clause. */
    static boolean isUnmeasured(ClauseVerdict v) {
        return !v.duties().isEmpty()
                && v.duties().stream().allMatch(d -> d.duty().obligation() instanceof Obligation.Unmeasured);
    }

    private boolean lapsed() {
        return !page.takenAt().isBefore(v.validUntil());
    }

    private void share() {
        v.shares().ifPresent(shares -> {
            if (shares.state() == Shares.State.OFF) {
                List<String> off = shares.sites().stream()
                        .filter(s -> !s.within())
                        .map(s -> "%s holds %s %% where %s %% is agreed"
                                .formatted(s.site(), Numbers.percent(s.held()), Numbers.percent(s.agreed())))
                        .toList();
                words.say(" Apart from that the agreed shares are off" + (off.isEmpty() ? "" : ": " + Words.and(off))
                        + ".");
            }
        });
    }

    private String ofAll(long number, String verb) {
        long all = v.subjects() - v.arriving();
        return "%s of %s %s %s"
                .formatted(Numbers.count(number), Numbers.count(all), Words.subjects(v.clause(), all), verb);
    }

    private String why(String otherwise) {
        return v.reasons().stream()
                .findFirst()
                .map(r -> Words.sentence(Words.reason(r)))
                .orElse(otherwise);
    }

    private String since() {
        Instant since = page.since().get(v.clause().id());
        return since == null || lapsed() ? "" : " since " + Moment.words(since);
    }
}
