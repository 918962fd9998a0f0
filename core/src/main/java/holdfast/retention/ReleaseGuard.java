package holdfast.retention;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow.Belonging;
import holdfast.judgement.Answer;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.Holding;
import holdfast.judgement.Judge;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.storage.ProofKind;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a copy may go, whoever asks and however many signed. It is judged as if it were gone already: every duty of
 * placement that the file has must still be MET, by the plan in force and by each that was in force in the last 30 days;
 * the copies that stay must have been read whole in the last 30 days; no rule may hold it; nothing goes of a scope that is
 * only observed; and nothing at all during a custody hold, or while any element is under suspicion.
 */
public final class ReleaseGuard {
    /** How old the last whole read of each surviving copy may be. */
    public static final Duration SURVIVORS_READ_WITHIN = Duration.ofDays(30);

    private ReleaseGuard() {}

    /** What the guard says. */
    public sealed interface Word {
        /** The plan would still be met without the copy, and its survivors are freshly proved. */
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
    public static Word mayGo(Holding holding, StorageName from, Circumstances circumstances, Instant now) {
        Optional<CopyRow> copy = holding.copies().stream()
                .filter(c -> c.storage().equals(from) && c.state() != CopyState.RELEASED)
                .findFirst();
        if (copy.isEmpty() || holding.file().isEmpty()) {
            return refuse("there is no copy of " + holding.id() + " at " + from);
        }
        if (circumstances.isObserved(holding.id())) {
            return refuse(
                    "scope %s is observed: another server manages it, and nothing of it is released here; `holdfast adopt manage %s` proposes the act that ends this"
                            .formatted(holding.id().scope(), holding.id().scope()));
        }
        Optional<Belonging> belongs = holding.file().get().belongs();
        if (belongs.isEmpty()) {
            return refuse("the file belongs to no class of the plan, and such files are never released");
        }
        List<Obstacle> obstacles = new ArrayList<>(ofTheHouse(circumstances));
        circumstances
                .promise(holding.id(), from)
                .ifPresent(rule -> obstacles.add(new Obstacle(
                        Optional.empty(),
                        "%s holds it at %s: end the rule first, or let it choose another element"
                                .formatted(rule, from))));
        Holding without = without(holding, copy.get(), now);
        for (Surroundings plan : circumstances.plans()) {
            obstacles.addAll(ofThePlan(without, plan, from, now));
        }
        obstacles.addAll(ofTheSurvivors(without, circumstances, now));
        return obstacles.isEmpty() ? new Word.NoObstacle() : new Word.Refused(obstacles);
    }

    private static Word refuse(String why) {
        return new Word.Refused(List.of(new Obstacle(Optional.empty(), why)));
    }

    private static List<Obstacle> ofTheHouse(Circumstances circumstances) {
        List<Obstacle> obstacles = new ArrayList<>();
        circumstances
                .hold()
                .ifPresent(hold -> obstacles.add(new Obstacle(
                        Optional.empty(),
                        "the house is in custody hold since %s (%s): nothing is released until two have signed"
                                .formatted(hold.since(), hold.why()))));
        circumstances
                .suspects()
                .forEach(suspect -> obstacles.add(new Obstacle(
                        Optional.empty(),
                        "%s is under suspicion since %s: nothing is released until someone has signed"
                                .formatted(
                                        suspect.element(),
                                        suspect.suspectSince().orElseThrow()))));
        return obstacles;
    }

    private static Holding without(Holding holding, CopyRow copy, Instant now) {
        List<CopyRow> copies = holding.copies().stream()
                .map(c -> c.equals(copy) ? c.state(CopyState.RELEASING, now, Optional.empty()) : c)
                .toList();
        return holding.with(copies);
    }

    private static List<Obstacle> ofThePlan(Holding without, Surroundings plan, StorageName from, Instant now) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (Clause clause : placing(without, plan)) {
            clause.must().stream()
                    .map(Duty::obligation)
                    .filter(Obligation::places)
                    .forEach(duty -> obstacle(clause, Judge.judge(duty, without, plan, now), from)
                            .ifPresent(obstacles::add));
        }
        return obstacles;
    }

    /** Clauses that ask for copies of this file. */
    private static List<Clause> placing(Holding holding, Surroundings plan) {
        return holding.file().flatMap(f -> f.belongs()).stream()
                .flatMap(b -> plan.plan().about(b.classId()).stream())
                .filter(c -> c.must().stream().map(Duty::obligation).anyMatch(Obligation::places))
                .toList();
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

    /** Two survivors where the plan asks for copies; one for any other file, since nothing proves that it can be made again. */
    private static List<Obstacle> ofTheSurvivors(Holding without, Circumstances circumstances, Instant now) {
        boolean placed = circumstances.plans().stream()
                .anyMatch(plan -> !placing(without, plan).isEmpty());
        int needed = placed ? 2 : 1;
        Surroundings here = circumstances.now();
        long fresh = without.copies().stream()
                .filter(c -> CopyStanding.of(c, here, now).word() == CopyStanding.Word.COUNTS)
                .filter(c -> isFresh(c, here, now))
                .count();
        return fresh >= needed
                ? List.of()
                : List.of(new Obstacle(
                        Optional.empty(),
                        "%d of its other copies were read whole within the last %d days, and %d must have been; ask for a scrub of their elements first"
                                .formatted(fresh, SURVIVORS_READ_WITHIN.toDays(), needed)));
    }

    private static boolean isFresh(CopyRow copy, Surroundings surroundings, Instant now) {
        Instant latest = now.plus(surroundings.plan().limits().clockSkew());
        return copy.proof()
                .filter(ReleaseGuard::isWhole)
                .map(Proof::at)
                .filter(at -> !at.isBefore(now.minus(SURVIVORS_READ_WITHIN)) && !at.isAfter(latest))
                .isPresent();
    }

    private static boolean isWhole(Proof proof) {
        return proof.kind() == ProofKind.WHOLE_READ || proof.kind() == ProofKind.MEDIUM;
    }
}
