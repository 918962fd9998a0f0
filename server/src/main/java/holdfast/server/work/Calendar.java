package holdfast.server.work;

import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Limits;
import holdfast.plan.Obligation.CheckedEvery;
import holdfast.plan.Plan;
import holdfast.storage.StorageElement;
import java.time.Duration;

/** How often the plan wants copies of a medium inspected. */
public final class Calendar {
    private Calendar() {}

    /** The shortest interval that any clause or limit states for the element's medium. */
    public static Duration every(Plan plan, StorageElement element) {
        Limits limits = plan.limits();
        Duration shortest = element.isTape() ? limits.proofTape() : limits.proofDisk();
        for (Clause clause : plan.clauses().values()) {
            for (Duty duty : clause.must()) {
                if (duty.obligation() instanceof CheckedEvery checked) {
                    Duration stated = element.isTape() ? checked.tape() : checked.disk();
                    shortest = stated.compareTo(shortest) < 0 ? stated : shortest;
                }
            }
        }
        return shortest;
    }

    /** A share of a duration. */
    static Duration share(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }
}
