package holdfast.durability;

import holdfast.durability.Inputs.CopyHazard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which inputs decide the expected loss, and what would halve it.
 *
 * @param inputs the strongest first; those that change nothing are left out
 * @param oneCopyMore files lost within a year if each had one more copy, at a further place
 * @param commonCauseEven the common-cause rate at which it takes as many files as all other causes together
 */
public record Levers(List<Lever> inputs, double oneCopyMore, double commonCauseEven) {
    private static final double NUDGE = 0.01;
    private static final int STEPS = 60;

    public Levers {
        inputs = List.copyOf(inputs);
    }

    /**
     * One input.
     *
     * @param strength by how many percent the loss changes when the input changes by one
     * @param halvesAt the value at which half the loss is left, all else as it is; empty when even zero leaves more
     */
    public record Lever(InputName input, double strength, Optional<Double> halvesAt) {}

    /** The input that decides most; empty when nothing is expected to be lost. */
    public Optional<Lever> dominant() {
        return inputs.stream().findFirst();
    }

    static Levers of(ClassHolding holding, Inputs inputs) {
        LossRate now = Forecast.expected(holding, inputs);
        List<Lever> levers = new ArrayList<>();
        for (InputName name : InputName.values()) {
            double nudged = total(holding, inputs.scaled(name, 1 + NUDGE));
            double strength = now.total() == 0 ? 0 : (nudged - now.total()) / now.total() / NUDGE;
            if (strength > 1e-6) {
                levers.add(new Lever(name, strength, halvesAt(holding, inputs, name)));
            }
        }
        levers.sort(Comparator.comparingDouble(Lever::strength).reversed());
        long counted = holding.cohorts().stream()
                .filter(c -> !c.counted().isEmpty())
                .mapToLong(Cohort::files)
                .sum();
        double others = now.total() - now.commonCause();
        return new Levers(levers, withOneMore(holding, inputs), counted == 0 ? 0 : others / counted);
    }

    private static double withOneMore(ClassHolding holding, Inputs inputs) {
        CopyHazard tape = inputs.hazard(Carrier.TAPE);
        CopyHazard disk = inputs.hazard(Carrier.DISK);
        CopyHazard worse = tape.bad() > disk.bad() ? tape : disk;
        return Forecast.expected(holding, inputs, List.of(worse)).total();
    }

    private static Optional<Double> halvesAt(ClassHolding holding, Inputs inputs, InputName name) {
        double half = total(holding, inputs) / 2;
        if (total(holding, inputs.scaled(name, 0)) > half) {
            return Optional.empty();
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (total(holding, inputs.scaled(name, middle)) > half) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Optional.of(low * inputs.of(name).value());
    }

    private static double total(ClassHolding holding, Inputs inputs) {
        return Forecast.expected(holding, inputs).total();
    }
}
