package holdfast.retention;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Answer;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a copy may go. It is judged as if it were gone already: every duty of placement that the file has must still
 * be MET, whoever asks. Nothing leaves an element but through this guard; today it only refuses or finds no obstacle,
 * since a release also needs two signatures, and nobody can sign before identities exist.
 */
public final class ReleaseGuard {
    private ReleaseGuard() {}

    /** What the guard says. */
    public sealed interface Word {
        /** The plan would still be met without the copy; two signatures and fresh proofs of the survivors are due. */
        record NoObstacle() implements Word {}

        /** Never, as things are: the clauses that need the copy, each with its reason. */
        record Refused(List<Obstacle> obstacles) implements Word {
            public Refused {
                obstacles = List.copyOf(obstacles);
            }
        }
    }

    /**
     * What stands in the way.
     *
     * @param clause the clause that needs the copy; empty where no clause but the state of things forbids it
     */
    public record Obstacle(Optional<ClauseId> clause, String why) {}

    /** Judges the release of one copy of a file. */
    public static Word mayGo(Holding holding, StorageName from, Surroundings surroundings, Instant now) {
        Optional<CopyRow> copy = holding.copies().stream()
                .filter(c -> c.storage().equals(from) && c.state() != CopyState.RELEASED)
                .findFirst();
        if (copy.isEmpty() || holding.file().isEmpty()) {
            return refuse("there is no copy of " + holding.id() + " at " + from);
        }
        var belongs = holding.file().get().belongs();
        if (belongs.isEmpty()) {
            return refuse("the file belongs to no class of the plan, and such files are never released");
        }
        Holding without = without(holding, copy.get(), now);
        List<Obstacle> obstacles = new ArrayList<>();
        for (Clause clause : surroundings.plan().about(belongs.get().classId())) {
            clause.must().stream()
                    .map(Duty::obligation)
                    .filter(ReleaseGuard::isPlacement)
                    .forEach(duty -> obstacle(clause, Judge.judge(duty, without, surroundings, now), from)
                            .ifPresent(obstacles::add));
        }
        return obstacles.isEmpty() ? new Word.NoObstacle() : new Word.Refused(obstacles);
    }

    private static Word refuse(String why) {
        return new Word.Refused(List.of(new Obstacle(Optional.empty(), why)));
    }

    private static Holding without(Holding holding, CopyRow copy, Instant now) {
        List<CopyRow> copies = holding.copies().stream()
                .map(c -> c.equals(copy) ? c.state(CopyState.RELEASING, now, Optional.empty()) : c)
                .toList();
        return new Holding(holding.id(), holding.file(), holding.expected(), copies);
    }

    private static Optional<Obstacle> obstacle(Clause clause, Answer without, StorageName from) {
        if (without.verdict() == Verdict.MET) {
            return Optional.empty();
        }
        String reasons =
                String.join("; ", without.reasons().stream().map(r -> r.text()).toList());
        return Optional.of(new Obstacle(
                Optional.of(clause.id()),
                "%s (%s) would not be met without the copy at %s: %s"
                        .formatted(clause.id(), clause.says(), from, reasons)));
    }

    private static boolean isPlacement(Obligation obligation) {
        return obligation instanceof Obligation.CompleteAt
                || obligation instanceof Obligation.CoveredBy
                || obligation instanceof Obligation.CopiesAtLeast
                || obligation instanceof Obligation.IndependentCopies;
    }
}
