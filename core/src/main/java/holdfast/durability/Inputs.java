package holdfast.durability;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** All inputs of the loss model, each with its origin. */
public record Inputs(Map<InputName, Input> all) {
    private static final double DAYS_A_YEAR = 365.25;

    public Inputs {
        for (InputName name : InputName.values()) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException("the loss model lacks an input: " + name.words());
            }
        }
        all = Collections.unmodifiableMap(new EnumMap<>(all));
    }

    public Input of(InputName name) {
        Input input = all.get(name);
        if (input == null) {
            throw new IllegalStateException("every name has its input");
        }
        return input;
    }

    /** These inputs, one of them times a factor; what it rests on stays. */
    Inputs scaled(InputName name, double factor) {
        Map<InputName, Input> next = new EnumMap<>(all);
        Input was = of(name);
        next.put(name, new Input(was.value() * factor, was.origin(), was.why()));
        return new Inputs(next);
    }

    /** How one copy on a carrier goes bad and how long nobody sees it. */
    CopyHazard hazard(Carrier carrier) {
        double dwell = days(carrier.scrub()) / 2 + days(InputName.REPAIR);
        return new CopyHazard(of(carrier.damage()).value(), dwell / DAYS_A_YEAR);
    }

    /** How a site is lost and how long it is until its copies stand again. */
    SiteHazard site() {
        return new SiteHazard(of(InputName.SITE_DISASTER).value(), days(InputName.REBUILD) / DAYS_A_YEAR);
    }

    double commonCause() {
        return of(InputName.COMMON_CAUSE).value();
    }

    static double years(double days) {
        return days / DAYS_A_YEAR;
    }

    private double days(InputName name) {
        return of(name).value();
    }

    /**
     * A copy that goes bad unseen.
     *
     * @param damage events a year
     * @param dwell mean years that a copy stays bad: half the interval between reads, then the repair
     */
    public record CopyHazard(double damage, double dwell) {
        /** The share of time in which the copy is bad and may not be known to be. */
        double bad() {
            return Math.min(1, damage * dwell);
        }
    }

    /**
     * A site that is destroyed.
     *
     * @param disaster events a year
     * @param rebuild years until a file's copy stands again elsewhere or there
     */
    public record SiteHazard(double disaster, double rebuild) {
        /** The share of time in which the site's copies are gone. */
        double gone() {
            return Math.min(1, disaster * rebuild);
        }
    }
}
