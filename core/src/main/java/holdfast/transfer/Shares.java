package holdfast.transfer;

import holdfast.vocabulary.Activity;
import java.util.Map;

/**
 * How activities share what can be carried, as the policy file says: an activity with twice the share has twice the copies
 * while both have some waiting.
 */
public record Shares(Map<Activity, Integer> of) {
    /** Of an activity of which nothing is said. */
    public static final int UNSAID = 10;

    /** All alike. */
    public static final Shares EVEN = new Shares(Map.of());

    public Shares {
        of = Map.copyOf(of);
    }

    public int share(Activity activity) {
        return of.getOrDefault(activity, UNSAID);
    }
}
