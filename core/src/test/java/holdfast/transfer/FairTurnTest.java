package holdfast.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import holdfast.vocabulary.Activity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairTurnTest {
    private static final Activity PRODUCTION = new Activity("Production");
    private static final Activity USERS = new Activity("User Subscriptions");
    private static final Shares SHARES = new Shares(Map.of(Activity.CUSTODY, 60, PRODUCTION, 30));
    private static final Set<Activity> ALL = Set.of(Activity.CUSTODY, PRODUCTION, USERS);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 200})
    void overTimeEachHasItsShareHoweverSmallATurnIs(int most) {
        Map<Activity, Integer> carried = new HashMap<>();
        FairTurn turn = FairTurn.FIRST;
        for (int i = 0; i < 1_000; i++) {
            FairTurn.Taken taken = turn.take(ALL, SHARES, most);
            taken.copies().forEach((a, n) -> carried.merge(a, n, Integer::sum));
            turn = taken.next();
        }
        double all = 1_000.0 * most;
        assertThat(carried.get(Activity.CUSTODY) / all).isCloseTo(0.6, offset(0.002));
        assertThat(carried.get(PRODUCTION) / all).isCloseTo(0.3, offset(0.002));
        assertThat(carried.get(USERS) / all).isCloseTo(0.1, offset(0.002));
    }

    @Test
    void aTurnIsAlwaysGivenAwayWholeAndNoMoreThanIt() {
        Random random = new Random(7);
        FairTurn turn = FairTurn.FIRST;
        List<Activity> some = List.of(Activity.CUSTODY, PRODUCTION, USERS, new Activity("d"), new Activity("e"));
        for (int i = 0; i < 5_000; i++) {
            Set<Activity> waiting = new TreeSet<>();
            some.stream().filter(a -> random.nextInt(3) > 0).forEach(waiting::add);
            int most = 1 + random.nextInt(50);
            FairTurn.Taken taken = turn.take(waiting, SHARES, most);
            int given = taken.copies().values().stream().mapToInt(n -> n).sum();
            assertThat(given).isEqualTo(waiting.isEmpty() ? 0 : most);
            assertThat(taken.copies().values()).allMatch(n -> n >= 0);
            assertThat(taken.next().credits().values()).allMatch(c -> Math.abs(c) < 2 + some.size());
            turn = taken.next();
        }
    }

    @Test
    void aSmallShareIsServedBeforeLong() {
        Shares unequal = new Shares(Map.of(Activity.CUSTODY, 99, PRODUCTION, 1));
        FairTurn turn = FairTurn.FIRST;
        int longest = 0;
        int since = 0;
        for (int i = 0; i < 2_000; i++) {
            FairTurn.Taken taken = turn.take(Set.of(Activity.CUSTODY, PRODUCTION), unequal, 1);
            since = taken.copies().getOrDefault(PRODUCTION, 0) > 0 ? 0 : since + 1;
            longest = Math.max(longest, since);
            turn = taken.next();
        }
        assertThat(longest).isLessThanOrEqualTo(100);
    }

    @Test
    void whoHadNothingWaitingSavesNothingUp() {
        FairTurn turn = FairTurn.FIRST;
        for (int i = 0; i < 100; i++) {
            turn = turn.take(Set.of(Activity.CUSTODY), SHARES, 10).next();
        }
        FairTurn.Taken both = turn.take(Set.of(Activity.CUSTODY, PRODUCTION), SHARES, 9);
        assertThat(both.copies()).containsEntry(Activity.CUSTODY, 6).containsEntry(PRODUCTION, 3);
    }
}
