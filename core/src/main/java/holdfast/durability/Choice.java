package holdfast.durability;

import holdfast.durability.Input.Origin;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which number the model takes for each input: what the asker states; else what was measured, where it tells more than the
 * assumption; else the plan's limit or the assumption. Of an interval promised and one seen the longer is taken.
 */
public final class Choice {
    private final Measured measured;
    private final Map<Carrier, Double> planned;

    private Choice(Measured measured, Map<Carrier, Double> planned) {
        this.measured = measured;
        this.planned = planned;
    }

    /**
     * Chooses every input.
     *
     * @param planned how often the plan has copies read, in days, by carrier
     * @param stated what the asker states, in the unit of each name
     */
    public static Inputs of(Measured measured, Map<Carrier, Double> planned, Map<InputName, Double> stated) {
        Choice choice = new Choice(measured, planned);
        Map<InputName, Input> all = new EnumMap<>(InputName.class);
        for (InputName name : InputName.values()) {
            Double asked = stated.get(name);
            all.put(name, asked == null ? choice.of(name) : new Input(asked, Origin.STATED, "given with the question"));
        }
        return new Inputs(all);
    }

    private Input of(InputName name) {
        return switch (name) {
            case DAMAGE_TAPE -> damage(Carrier.TAPE, Assumption.DAMAGE_TAPE);
            case DAMAGE_DISK -> damage(Carrier.DISK, Assumption.DAMAGE_DISK);
            case SCRUB_TAPE -> scrub(Carrier.TAPE);
            case SCRUB_DISK -> scrub(Carrier.DISK);
            case REPAIR -> repair();
            case SITE_DISASTER -> Assumption.SITE_DISASTER.input();
            case REBUILD -> rebuild();
            case COMMON_CAUSE -> Assumption.COMMON_CAUSE.input();
        };
    }

    /** What was seen replaces the assumption where its bound is below it, or where it is surely above. */
    private Input damage(Carrier carrier, Assumption assumption) {
        Observed seen = measured.damage(carrier);
        if (!seen.isAnything()) {
            return assumption.because("no copy was watched here yet");
        }
        String counted = text(
                "%d damaged in %.4g copy-years: %.2g, at most %.2g (95 %%)%s",
                seen.damaged(),
                seen.copyYears(),
                seen.estimate(),
                seen.upper(),
                seen.damaged() < Observed.FEW ? ", few events" : "");
        boolean better = seen.upper() <= assumption.value();
        boolean worse = seen.lower() > assumption.value();
        return better || worse
                ? new Input(seen.upper(), Origin.MEASURED, "the upper bound of what was seen: " + counted)
                : assumption.because("what was seen tells no more: " + counted);
    }

    private Input scrub(Carrier carrier) {
        double plan = planned.getOrDefault(carrier, 0.0);
        Double age = measured.proofAge().get(carrier);
        if (age == null) {
            return new Input(plan, Origin.PLAN, "the plan's interval; no copy that counts stands on this medium");
        }
        String seen = text("proofs are %.3g days old in the mean", age);
        return 2 * age > plan
                ? new Input(2 * age, Origin.MEASURED, text("%s; the plan asks for every %.4g days", seen, plan))
                : new Input(plan, Origin.PLAN, "the plan's interval; " + seen);
    }

    private Input repair() {
        Measured.Repairs seen = measured.repairs();
        if (seen.count() == 0) {
            return Assumption.REPAIR.because("no repair was seen here yet");
        }
        String counted = text("%d repairs, %.3g days in the mean", seen.count(), seen.meanDays());
        return seen.count() >= Observed.FEW || seen.meanDays() > Assumption.REPAIR.value()
                ? new Input(seen.meanDays(), Origin.MEASURED, counted)
                : Assumption.REPAIR.because("few were seen: " + counted);
    }

    private Input rebuild() {
        double days = measured.rebuild().days();
        if (Double.isInfinite(days)) {
            return Assumption.REBUILD.because("no rate of carrying was seen here yet");
        }
        String carrying = text(
                "carrying %.3g GB at the %.3g GB an hour seen here takes %.2g days",
                measured.rebuild().bytes() / 1e9, measured.rebuild().bytesPerHour() / 1e9, days);
        return days > Assumption.REBUILD.value()
                ? new Input(days, Origin.MEASURED, carrying)
                : Assumption.REBUILD.because(carrying);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
