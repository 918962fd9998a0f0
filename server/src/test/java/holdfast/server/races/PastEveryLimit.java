package holdfast.server.races;

import holdfast.evidence.Assessment;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Holding;
import holdfast.judgement.Whole;
import holdfast.server.work.Assessor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;

/**
 * A random history, and then time alone: at each moment at which an answer changes, just before and just after, the
 * verdicts that the server keeps are those of judging everything anew.
 *
 * <p>The moments are not taken from the code under test: every date of every fact is added to every span of the plan,
 * with and without the clocks' difference, and a full judgement at each tells which of them change anything.
 */
final class PastEveryLimit implements Race {
    private static final Duration TICK = Duration.ofNanos(1_000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST = 8;

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
        List<Instant> changes = changes(ground, history);
        counted.limits += changes.size();
        for (Instant moment : chosen(changes, history, ground.now(), random)) {
            ground.set(moment);
            kept.agrees();
            counted.moments++;
        }
        counted.histories++;
        ground.check();
    }

    /** Moments to be looked at, in their order: before, at and after some changes, the last one always; and some others. */
    private static List<Instant> chosen(List<Instant> changes, History history, Instant now, Random random) {
        List<Instant> some = new ArrayList<>(changes);
        Collections.shuffle(some, random);
        some = new ArrayList<>(some.subList(0, Math.min(MOST, some.size())));
        if (!changes.isEmpty()) {
            some.add(changes.getLast());
        }
        for (int i = 0; i < 2; i++) {
            some.add(now.plusSeconds(1 + random.nextInt(100 * 86_400)));
        }
        TreeSet<Instant> moments = new TreeSet<>();
        some.forEach(at -> moments.addAll(List.of(at.minus(TICK), at, at.plus(TICK))));
        return moments.stream().filter(now::isBefore).toList();
    }

    /** All moments to come at which a full judgement changes. */
    private static List<Instant> changes(Ground ground, History history) {
        Now now = Now.of(ground);
        TreeSet<Instant> candidates = new TreeSet<>();
        List<Duration> spans = new ArrayList<>(history.limits());
        spans.add(Duration.ZERO);
        Duration skew = ground.inForce().plan().limits().clockSkew();
        for (Instant date : history.dates()) {
            candidates.add(date.minus(skew));
            spans.forEach(span -> candidates.add(date.plus(span)));
        }
        candidates.add(LocalDate.parse("2026-06-15")
                .atStartOfDay(ZoneId.of(ground.inForce().sites().timeZone()))
                .toInstant());
        List<Instant> changes = new ArrayList<>();
        List<List<Object>> before = figures(now.verdicts(ground, ground.now()));
        for (Instant at : candidates.tailSet(ground.now(), false)) {
            List<List<Object>> then = figures(now.verdicts(ground, at));
            if (!then.equals(before)) {
                changes.add(at);
            }
            before = then;
        }
        return changes;
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
