package holdfast.placement;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A replication rule: an obligation by request. So many copies of a file, or of all that a collection holds, at elements
 * that an expression names. What it locks is chosen once and recorded beside it ({@link RuleLock}); whether it is kept
 * follows from the copies.
 *
 * @param wish what is asked for
 * @param hold who asked, and what keeps or ends it
 * @param paused why nothing is done for it; empty while it works
 * @param details what the interface through which it came keeps beside: a JSON object, never empty text
 * @param removed whether it is gone; its locks went with it
 */
public record Rule(
        UUID id, Target target, Wish wish, Hold hold, Optional<Pause> paused, String details, boolean removed) {

    /** What a rule is about. */
    public record Target(DataId id, Kind kind) {
        public enum Kind {
            FILE,
            DATASET,
            CONTAINER
        }
    }

    /** How copies of one collection lie together. */
    public enum Grouping {
        /** All files of the target at the same elements. */
        ALL,
        /** The files of each dataset at the same elements. */
        DATASET,
        /** Each file for itself. */
        NONE
    }

    /**
     * What is asked for.
     *
     * @param copies how many, at least one
     * @param expression which elements, as it was written
     * @param weight the attribute by whose value elements are preferred
     * @param sources where copies may be read from, an expression; empty for anywhere
     */
    public record Wish(
            int copies, String expression, Grouping grouping, Optional<String> weight, Optional<String> sources) {
        public Wish {
            if (copies < 1) {
                throw new IllegalArgumentException("a rule asks for at least one copy, not " + copies);
            }
        }
    }

    /**
     * Who holds a rule and until when.
     *
     * @param locked whether it must be unlocked before it can be deleted
     * @param priority 1 to 5, the most urgent first
     */
    public record Hold(
            AccountName account,
            boolean locked,
            int priority,
            Instant created,
            Instant updated,
            Optional<Instant> expires) {
        public Hold {
            created = Micros.cut(created);
            updated = Micros.cut(updated);
            expires = expires.map(Micros::cut);
        }
    }

    /** Why nothing is done for a rule. */
    public enum Pause {
        /** Somebody suspended it. */
        SUSPENDED,
        /** It waits for somebody's approval. */
        WAITING_APPROVAL,
        /** It is to begin later. */
        INJECT,
        /** No elements could be chosen for all that it covers; the details say why. */
        STUCK
    }

    public Rule with(Wish next, Instant at) {
        return new Rule(id, target, next, updated(at), paused, details, removed);
    }

    public Rule with(Hold next) {
        return new Rule(id, target, wish, next, paused, details, removed);
    }

    public Rule pause(Optional<Pause> why, Instant at) {
        return new Rule(id, target, wish, updated(at), why, details, removed);
    }

    public Rule withDetails(String next, Instant at) {
        return new Rule(id, target, wish, updated(at), paused, next, removed);
    }

    public Rule remove(Instant at) {
        return new Rule(id, target, wish, updated(at), paused, details, true);
    }

    private Hold updated(Instant at) {
        return new Hold(hold.account, hold.locked, hold.priority, hold.created, at, hold.expires);
    }

    /** Writes the rule's fields, in the order of version 1. */
    public Line.Writer write(Line.Writer line) {
        line.put(id).put(target.id.scope()).put(target.id.name()).put(target.kind);
        line.put(wish.copies)
                .put(wish.expression)
                .put(wish.grouping)
                .put(wish.weight)
                .put(wish.sources);
        line.put(hold.account).put(hold.locked ? 1 : 0).put(hold.priority);
        line.time(hold.created).time(hold.updated).time(hold.expires);
        return line.put(paused).put(details).put(removed ? 1 : 0);
    }

    /** Reads the fields that {@link #write} wrote. */
    public static Rule read(Line.Reader line) {
        UUID id = UUID.fromString(line.text());
        DataId of = new DataId(new Scope(line.text()), line.text());
        Target target = new Target(of, Target.Kind.valueOf(line.text()));
        Wish wish =
                new Wish((int) line.number(), line.text(), Grouping.valueOf(line.text()), line.maybe(), line.maybe());
        Hold hold = new Hold(
                new AccountName(line.text()),
                line.number() == 1,
                (int) line.number(),
                line.time(),
                line.time(),
                line.maybeTime());
        Optional<Pause> paused = line.maybe().map(Pause::valueOf);
        return new Rule(id, target, wish, hold, paused, line.text(), line.number() == 1);
    }
}
