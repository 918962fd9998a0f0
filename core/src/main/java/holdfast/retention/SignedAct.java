package holdfast.retention;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.vocabulary.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An act with what became of it so far.
 *
 * @param reason why, in the words of the one who proposed it
 * @param signatures in the order in which they came, at most one of each signer
 * @param since when it took its present state
 * @param givenUp why it was withdrawn; empty for any other state, and for those that were withdrawn when nobody was asked
 */
public record SignedAct(
        UUID id,
        Act act,
        String reason,
        Proposal proposal,
        List<Signature> signatures,
        State state,
        Instant since,
        Optional<String> givenUp) {
    /** How long what waits ({@link Act#waits}) does so after its last signature, so that it can be undone. */
    public static final Duration UNDO_WINDOW = Duration.ofDays(7);

    public SignedAct {
        signatures = List.copyOf(signatures);
        since = Micros.cut(since);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an act states its reason");
        }
    }

    public SignedAct(
            UUID id,
            Act act,
            String reason,
            Proposal proposal,
            List<Signature> signatures,
            State state,
            Instant since) {
        this(id, act, reason, proposal, signatures, state, since, Optional.empty());
    }

    /** Who proposed it and when; proposing is no signature. */
    public record Proposal(Actor by, Instant at) {
        public Proposal {
            at = Micros.cut(at);
        }
    }

    /** A signature over {@link SignedAct#statement}, as base64. */
    public record Signature(Actor signer, Instant at, String value) {
        public Signature {
            at = Micros.cut(at);
        }
    }

    /** What became of an act. */
    public enum State {
        /** Waits for signatures. */
        OPEN,
        /** Signed by as many as it needs; in its undo window, or being carried out. */
        SIGNED,
        DONE,
        /** Given up, before it was signed or within the undo window. */
        WITHDRAWN
    }

    public static SignedAct proposed(UUID id, Act act, String reason, Proposal proposal) {
        return new SignedAct(id, act, reason, proposal, List.of(), State.OPEN, proposal.at());
    }

    /** What one signer signs: this act and no other, in this signer's name. */
    public String statement(Actor signer) {
        return "holdfast-act 1\nact " + id + "\nsha256 " + act.digest().hex() + "\nsigner " + signer + "\n";
    }

    /**
     * What a proposer who signs at once signs beforehand, so that nothing is proposed by a key that does not count. No signature
     * of the act: it begins with another word and names no act.
     */
    public static String intention(Act act, Actor signer) {
        return "holdfast-intention 1\nsha256 " + act.digest().hex() + "\nsigner " + signer + "\n";
    }

    /**
     * With one signature more; of those before, these alone still count.
     *
     * @param enough whether they are as many together as the act needs
     */
    public SignedAct signed(List<Signature> counting, Signature signature, boolean enough) {
        List<Signature> all = new ArrayList<>(counting);
        all.add(signature);
        State next = enough ? State.SIGNED : State.OPEN;
        return new SignedAct(id, act, reason, proposal, all, next, next == state ? since : signature.at());
    }

    public SignedAct ended(State end, Instant at) {
        return new SignedAct(id, act, reason, proposal, signatures, end, at);
    }

    /**
     * Given up.
     *
     * @throws IllegalArgumentException without a reason
     */
    public SignedAct withdrawn(String why, Instant at) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("say why it is withdrawn: a reason");
        }
        return new SignedAct(id, act, reason, proposal, signatures, State.WITHDRAWN, at, Optional.of(why.strip()));
    }

    public boolean hasSigned(Actor signer) {
        return signatures.stream().anyMatch(s -> s.signer().equals(signer));
    }

    /** The moment from which it may be carried out: the end of the undo window, and of an embargo. */
    public Instant undoUntil() {
        Instant window = since.plus(UNDO_WINDOW);
        return act instanceof Act.Publish(Optional<Instant> notBefore, var _)
                ? notBefore.filter(window::isBefore).orElse(window)
                : window;
    }

    /** The act as one line of state; its signatures follow, three fields each, and of a withdrawn one the reason. */
    public Line line() {
        Line.Writer line = new Line.Writer()
                .put(id)
                .put(state)
                .time(since)
                .put(proposal.by())
                .time(proposal.at())
                .put(reason)
                .put(act.text());
        signatures.forEach(s -> line.put(s.signer()).time(s.at()).put(s.value()));
        givenUp.ifPresent(line::put);
        return line.line();
    }

    /** Reads what {@link #line} wrote. */
    public static SignedAct read(Line text) {
        Line.Reader line = new Line.Reader(text);
        UUID id = UUID.fromString(line.text());
        State state = State.valueOf(line.text());
        Instant since = line.time();
        Proposal proposal = new Proposal(new Actor(line.text()), line.time());
        String reason = line.text();
        Act act = Act.parse(line.text());
        List<Signature> signatures = new ArrayList<>();
        while (line.hasMore()) {
            String next = line.text();
            if (!line.hasMore()) {
                return new SignedAct(id, act, reason, proposal, signatures, state, since, Optional.of(next));
            }
            signatures.add(new Signature(new Actor(next), line.time(), line.text()));
        }
        return new SignedAct(id, act, reason, proposal, signatures, state, since);
    }
}
