package holdfast.transfer;

import holdfast.vocabulary.Activity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whose turn it is, by deficit round robin: each activity that waits is credited its share of a turn, takes the whole copies of
 * its credit, and keeps the rest for the next turn. So shares hold over time even where one copy at a time is carried, and an
 * activity waits at most for as many copies as its share is small. Who has nothing waiting saves nothing up.
 */
public record FairTurn(Map<Activity, Double> credits) {
    /** Before the first turn. */
    public static final FairTurn FIRST = new FairTurn(Map.of());

    public FairTurn {
        credits = Map.copyOf(credits);
    }

    /**
     * What each activity may take of a turn.
     *
     * @param copies they sum to the turn's size
     * @param next who is to take the turn after this one
     */
    public record Taken(Map<Activity, Integer> copies, FairTurn next) {
        public Taken {
            copies = Map.copyOf(copies);
        }

        /** The turn after this one, where these turned out to have nothing that could be carried. */
        public FairTurn nextWithout(Set<Activity> idle) {
            Map<Activity, Double> kept = new HashMap<>(next.credits);
            kept.keySet().removeAll(idle);
            return new FairTurn(kept);
        }
    }

    /** Gives a turn of so many copies to the activities that wait. */
    public Taken take(Set<Activity> waiting, Shares shares, int most) {
        if (waiting.isEmpty()) {
            return new Taken(Map.of(), FIRST);
        }
        double whole = waiting.stream().mapToInt(shares::share).sum();
        Map<Activity, Double> left = new TreeMap<>();
        Map<Activity, Integer> copies = new HashMap<>();
        int given = 0;
        for (Activity activity : waiting) {
            double credit = credits.getOrDefault(activity, 0.0) + most * shares.share(activity) / whole;
            int taken = Math.clamp((long) Math.floor(credit), 0, most - given);
            given += taken;
            copies.put(activity, taken);
            left.put(activity, credit - taken);
        }
        giveRest(most - given, copies, left);
        return new Taken(copies, new FairTurn(left));
    }

    /** What is less than one copy for each goes to the largest credits; on equal ones to the first name. */
    private static void giveRest(int rest, Map<Activity, Integer> copies, Map<Activity, Double> left) {
        Comparator<Activity> largest = Comparator.comparing(a -> -left.getOrDefault(a, 0.0));
        for (int i = 0; i < rest; i++) {
            List<Activity> first = left.keySet().stream()
                    .sorted(largest.thenComparing(Comparator.naturalOrder()))
                    .limit(1)
                    .toList();
            first.forEach(a -> {
                copies.merge(a, 1, Integer::sum);
                left.merge(a, -1.0, Double::sum);
            });
        }
    }
}
