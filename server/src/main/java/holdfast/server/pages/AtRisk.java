package holdfast.server.pages;

import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What would be lost, or could not be shown, if one more thing went wrong.
 *
 * @param why one or two sentences with their full stops
 * @param since when it began; empty when that is not known
 * @param next what happens next and what it waits for; without a full stop
 * @param clauses the clauses it touches, the most telling first; at least one
 */
public record AtRisk(
        Danger danger, Subject subject, String why, Optional<Instant> since, String next, List<ClauseId> clauses) {
    public AtRisk {
        clauses = List.copyOf(clauses);
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("what is at risk touches a clause; this touches none: " + why);
        }
    }

    /** How near to loss, nearest first; danger leads age in the list. */
    public enum Danger {
        /** Declared lost: no bytes with the accession digest are known. */
        LOST,
        /** Not declared lost, and no copy counts. */
        NO_PROVED_COPY,
        /** One copy counts: the next mishap is a loss. */
        ONE_PROVED_COPY,
        /** Two copies or more count, and the plan asks for others or elsewhere. */
        LESS_THAN_ASKED,
        /** Nothing is known to be wrong; it cannot be shown that all is well. */
        NOT_SHOWN
    }

    /** What is at risk. */
    public sealed interface Subject {}

    /** Files, the first few by name; {@code count} is all of them. */
    public record Files(List<DataId> named, long count) implements Subject {
        public Files {
            named = List.copyOf(named);
            if (count < Math.max(1, named.size())) {
                throw new IllegalArgumentException(
                        "%d files are named at risk, and %d are said to be in all".formatted(named.size(), count));
            }
        }
    }

    /** An element, a store, a register, in words. */
    public record Thing(String words) implements Subject {}

    /** The same with no file named that is hidden from somebody. */
    AtRisk seenBy(Visible sees) {
        return switch (subject) {
            case Files files ->
                new AtRisk(
                        danger,
                        new Files(files.named().stream().filter(sees::allows).toList(), files.count()),
                        why,
                        since,
                        next,
                        clauses);
            case Thing _ -> this;
        };
    }

    /** How many files it stands for. */
    long files() {
        return switch (subject) {
            case Files files -> files.count();
            case Thing thing -> 0;
        };
    }
}
