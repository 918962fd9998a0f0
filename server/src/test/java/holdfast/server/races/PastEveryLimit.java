package holdfast.server.races;

import holdfast.evidence.Assessment;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Holding;
import holdfast.judgement.Whole;
import holdfast.server.work.Assessor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A random history, and then time alone: at each moment at which an answer changes, just before and just after, the
 * verdicts that the server keeps are those of judging everything anew.
 *
 * <p>The moments are those that the full judgement names itself. That it names all of them is asked too: every date of
 * every fact is added to every span of the plan, with and without the clocks' difference, and at some of these the judgement
 * must be what it said it would be until then.
 */
final class PastEveryLimit implements Race {
    private static final Duration TICK = Duration.ofNanos(1_000);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST = 5;
    private static final int LONGEST = 60;
    private static final int TRIED = 40;

    private final Counted counted = new Counted();

    /** What was tried so far. */
    static final class Counted {
        long histories;
        long limits;
        long moments;
    }

    Counted counted() {
        return counted;
    }

    /** For a class loader of its own, with JDK types alone: the first seed that fails, in words; null when none does. */
    static @Nullable String firstFailure(String[] database, long seeds) throws Exception {
        try (Ground ground = new Ground(database[0], database[1], database[2])) {
            Lane lane = new Lane(ground);
            for (long seed = 0; seed < seeds; seed++) {
                Optional<Lane.Failure> failure = lane.play(Lane.TIME, new PastEveryLimit(), seed);
                if (failure.isPresent()) {
                    return failure.get().toString();
                }
            }
            return null;
        }
    }

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        History history = new History(ground, random);
        try {
            history.write();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Kept kept = new Kept(ground);
        kept.agrees();
        List<Instant> changes = changes(ground, history, random);
        counted.limits += changes.size();
        for (Instant moment : chosen(changes, ground.now(), random)) {
            ground.set(moment);
            kept.agrees();
            counted.moments++;
        }
        counted.histories++;
        ground.check();
    }

    /** Moments to be looked at, in their order: before, at and after some changes, the last one always; and some others. */
    private static List<Instant> chosen(List<Instant> changes, Instant now, Random random) {
        List<Instant> some = new ArrayList<>(changes);
        Collections.shuffle(some, random);
        some = new ArrayList<>(some.subList(0, Math.min(MOST, some.size())));
        if (!changes.isEmpty()) {
            some.add(changes.getLast());
        }
        some.add(now.plusSeconds(1 + random.nextInt(100 * 86_400)));
        TreeSet<Instant> moments = new TreeSet<>();
        some.forEach(at -> moments.addAll(List.of(at.minus(TICK), at, at.plus(TICK))));
        return moments.stream().filter(now::isBefore).toList();
    }

    /** The moments to come at which a full judgement changes, each found by what the one before says it holds until. */
    private static List<Instant> changes(Ground ground, History history, Random random) {
        Now now = Now.of(ground);
        TreeMap<Instant, List<List<Object>>> chain = new TreeMap<>();
        Instant at = ground.now();
        while (!at.equals(Instant.MAX) && chain.size() < LONGEST) {
            List<ClauseVerdict> verdicts = now.verdicts(ground, at);
            chain.put(at, figures(verdicts));
            at = verdicts.stream()
                    .map(ClauseVerdict::validUntil)
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
        }
        List<Instant> candidates = candidates(ground, history).stream()
                .filter(c -> c.isAfter(ground.now()) && c.isBefore(chain.lastKey()))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(candidates, random);
        for (Instant candidate : candidates.subList(0, Math.min(TRIED, candidates.size()))) {
            if (!figures(now.verdicts(ground, candidate))
                    .equals(chain.floorEntry(candidate).getValue())) {
                throw new AssertionError("a judgement changed at " + candidate + ", before it said it would");
            }
        }
        return List.copyOf(chain.tailMap(ground.now(), false).keySet());
    }

    /** Every date of every fact with every span of the plans added to it, and with the clocks' difference. */
    private static Set<Instant> candidates(Ground ground, History history) {
        Set<Instant> candidates = new TreeSet<>();
        Duration skew = ground.inForce().plan().limits().clockSkew();
        for (Instant date : history.dates()) {
            candidates.add(date);
            candidates.add(date.minus(skew));
            history.limits().forEach(span -> candidates.add(date.plus(span)));
        }
        return candidates;
    }

    /** All that is recorded, for judging it anew. */
    private record Now(List<Holding> holdings, Assessor.Assessment kept) {
        static Now of(Ground ground) {
            return new Now(ground.holdings(), ground.node(0).assessor.assess(0, PATIENCE));
        }

        List<ClauseVerdict> verdicts(Ground ground, Instant at) {
            Whole all = kept.whole();
            Whole whole = new Whole(
                    all.register(),
                    all.journal(),
                    all.waivers().stream().filter(w -> at.isBefore(w.until())).toList(),
                    all.adopted(),
                    all.held());
            return Assessment.of(holdings.stream(), kept.surroundings(), whole, at);
        }
    }

    /** What the server keeps, look after look. */
    private static final class Kept {
        private final Ground ground;
        private List<ClauseVerdict> last = List.of();

        Kept(Ground ground) {
            this.ground = ground;
        }

        /** The verdicts from the summaries are those of judging everything anew; and the last ones held until they said. */
        void agrees() {
            Instant at = ground.now();
            Assessor.Assessment kept = ground.node(0).assessor.assess(0, PATIENCE);
            List<ClauseVerdict> anew = new Now(ground.holdings(), kept).verdicts(ground, at);
            same("kept and anew", kept.verdicts(), anew, at);
            for (int i = 0; i < last.size(); i++) {
                if (at.isBefore(last.get(i).validUntil())) {
                    same("what was to hold and anew", List.of(last.get(i)), List.of(anew.get(i)), at);
                }
            }
            last = anew;
        }

        private static void same(String what, List<ClauseVerdict> one, List<ClauseVerdict> other, Instant at) {
            List<List<Object>> left = figures(one);
            List<List<Object>> right = figures(other);
            for (int i = 0; i < left.size(); i++) {
                if (!Objects.equals(left.get(i), right.get(i))) {
                    throw new AssertionError(
                            "at " + at + " " + what + " differ:\n" + left.get(i) + "\n" + right.get(i));
                }
            }
        }
    }

    /** All of each verdict but the names, of which each side lists as many as it was asked for. */
    private static List<List<Object>> figures(List<ClauseVerdict> verdicts) {
        return verdicts.stream()
                .map(v -> List.<Object>of(
                        v.clause().id(),
                        v.verdict(),
                        v.duties(),
                        v.subjects(),
                        v.arriving(),
                        v.oldestArriving(),
                        v.failing(),
                        v.undetermined(),
                        v.waived(),
                        v.coverage(),
                        v.shares(),
                        v.oldestProof(),
                        v.validUntil(),
                        v.silentSince(),
                        v.reasons()))
                .toList();
    }
}
