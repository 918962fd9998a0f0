package holdfast.judgement;

import holdfast.judgement.Reason.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers that rest on no copy, and the sum of several. */
final class Answers {
    private Answers() {}

    /** An answer that no proof carries and no time changes. */
    static Answer plain(Verdict verdict, Code code, String text) {
        return plain(verdict, new Reason(code, Optional.empty(), text));
    }

    static Answer plain(Verdict verdict, Reason... reasons) {
        return new Answer(verdict, false, List.of(reasons), Optional.empty(), Instant.MAX, Optional.empty());
    }

    /**
     * The answers of one subject to several duties as one: breached over undetermined over arriving over met. Empty
     * answers are no answer: undetermined, nothing to judge.
     */
    static Answer worst(List<Answer> answers) {
        Answer worst = answers.stream()
                .max(Comparator.comparingInt(Answers::badness))
                .orElseGet(() -> plain(Verdict.UNDETERMINED, Code.NOTHING_TO_JUDGE, "no duty speaks of it"));
        List<Reason> reasons = new ArrayList<>();
        Optional<Instant> proof = Optional.empty();
        Optional<Instant> silent = Optional.empty();
        Instant until = Instant.MAX;
        for (Answer answer : answers) {
            answer.reasons().stream().filter(r -> !reasons.contains(r)).forEach(reasons::add);
            proof = earlier(proof, answer.oldestProof());
            silent = earlier(silent, answer.silentSince());
            until = answer.validUntil().isBefore(until) ? answer.validUntil() : until;
        }
        return new Answer(
                worst.verdict(), worst.arriving(), reasons.isEmpty() ? worst.reasons() : reasons, proof, until, silent);
    }

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isBefore(other.get()) ? one : other;
    }

    private static int badness(Answer answer) {
        if (answer.arriving()) {
            return 1;
        }
        return switch (answer.verdict()) {
            case MET -> 0;
            case UNDETERMINED -> 2;
            case BREACHED -> 3;
        };
    }
}
