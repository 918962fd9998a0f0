package holdfast.durability;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.durability.LossRate.Cause;
import holdfast.durability.LossSimulation.Seen;
import holdfast.durability.LossSimulation.Setting;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formula against lives of single files; {@code bench/loss} prints the table that docs/loss-model.md quotes. */
class LossFormulaAgainstSimulationTest {
    /** What the formula may differ by, beside three standard deviations of the count. */
    private static final double TOLERANCE = 0.10;

    static Stream<Setting> settings() {
        return LossSettings.all();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theFormulaAgreesWithLivesOfSingleFilesCauseByCause(Setting setting) {
        LossRate formula = LossSettings.formula(setting);
        Seen seen = LossSettings.simulated(setting);
        System.out.println(LossSettings.line(setting, formula, seen));
        agree(formula.total(), seen.rate(), seen);
        for (Cause cause : Cause.values()) {
            agree(formula.of(cause), seen.rate(cause), seen);
        }
    }

    private static void agree(double formula, double rate, Seen seen) {
        double noise = 3 * Math.sqrt(Math.max(1, rate * seen.fileYears())) / seen.fileYears();
        assertThat(rate).isBetween(formula * (1 - TOLERANCE) - noise, formula * (1 + TOLERANCE) + noise);
    }
}
