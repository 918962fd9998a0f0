package holdfast.retention;

import holdfast.plan.MemberSource;
import holdfast.retention.SignedAct.Signature;
import holdfast.vocabulary.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whose signatures count at one moment, and whether they are enough. A signature dies with the membership of its signer, and
 * lapses when the others that an act needs do not come in time.
 *
 * @param rule what the plan in force asks of members and of those among them who sign
 * @param signatories what is known of a signer now
 */
public record Quorum(MemberSource rule, Function<Actor, Signatory> signatories, Instant now) {

    /**
     * A signer.
     *
     * @param named whether a key of theirs counts
     * @param term their membership; empty where the source knows of none today
     */
    public record Signatory(boolean named, Optional<Term> term) {}

    /**
     * A membership that lasts.
     *
     * @param institute empty where the source names none
     */
    public record Term(Instant since, Optional<String> institute) {}

    /** Why somebody may not sign, as a sentence without a full stop; empty where they may. */
    public Optional<String> obstacle(Actor signer) {
        Signatory who = signatories.apply(signer);
        if (!who.named) {
            return Optional.of(signer + " is no signer, or is one no more");
        }
        if (!rule.isOutside()) {
            return Optional.empty();
        }
        Duration asked = rule.signing().memberFor();
        return who.term
                .map(term -> term.since.plus(asked).isAfter(now)
                        ? Optional.of("%s is a member since %s; signers are for %d days at least"
                                .formatted(signer, term.since, asked.toDays()))
                        : Optional.<String>empty())
                .orElseGet(() -> Optional.of(signer + " is no member today, as far as the source of members tells"));
    }

    /** The signatures of an act that still wait with effect for others. */
    public List<Signature> counting(SignedAct act) {
        return standing(act).stream()
                .filter(signature ->
                        now.isBefore(signature.at().plus(rule.signing().lapseAfter())))
                .toList();
    }

    /** The signatures of an act whose signers could sign it today, however old they are: what a signed act is carried out by. */
    public List<Signature> standing(SignedAct act) {
        return act.signatures().stream()
                .filter(signature -> obstacle(signature.signer()).isEmpty())
                .toList();
    }

    /** Whether these are as many as an act needs, and of as many institutes where the plan asks for that. */
    public boolean suffices(Act act, List<Signature> signatures) {
        long different = rule.isOutside() && rule.signing().ofDifferentInstitutes()
                ? signatures.stream().map(this::institute).distinct().count()
                : signatures.size();
        return different >= act.needed();
    }

    /** Who is of no known institute may be of any: all of those count as one. */
    private String institute(Signature signature) {
        return signatories
                .apply(signature.signer())
                .term
                .flatMap(Term::institute)
                .orElse("");
    }
}
