package holdfast.durability;

import java.util.EnumMap;
import java.util.Map;

/**
 * What this house counted of the inputs of the loss model.
 *
 * @param damage by carrier; absent where no copy was watched
 * @param proofAge mean age in days of the proofs of copies that count, by carrier; absent where there is none
 * @param rebuild the largest place and how fast copies were carried
 */
public record Measured(Map<Carrier, Observed> damage, Map<Carrier, Double> proofAge, Repairs repairs, Rebuild rebuild) {
    public Measured {
        damage = copyOf(damage);
        proofAge = copyOf(proofAge);
    }

    /** Repairs that ended: from damage confirmed to the next proved copy at that element, mean in days. */
    public record Repairs(long count, double meanDays) {
        public static final Repairs NONE = new Repairs(0, 0);
    }

    /**
     * How long carrying the copies of the largest place would take at the rate seen.
     *
     * @param bytes of the place that holds most
     * @param bytesPerHour carried in the hours in which copies were carried; 0 when none was
     */
    public record Rebuild(long bytes, double bytesPerHour) {
        public static final Rebuild NONE = new Rebuild(0, 0);

        /** Days; infinite when no rate was seen. */
        public double days() {
            return bytesPerHour > 0 ? bytes / bytesPerHour / 24 : Double.POSITIVE_INFINITY;
        }
    }

    public Observed damage(Carrier carrier) {
        return damage.getOrDefault(carrier, Observed.NOTHING);
    }

    private static <V> Map<Carrier, V> copyOf(Map<Carrier, V> values) {
        Map<Carrier, V> copy = new EnumMap<>(Carrier.class);
        copy.putAll(values);
        return java.util.Collections.unmodifiableMap(copy);
    }
}
