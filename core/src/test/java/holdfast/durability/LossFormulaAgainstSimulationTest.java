package holdfast.durability;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.durability.Inputs.CopyHazard;
import holdfast.durability.Inputs.SiteHazard;
import holdfast.durability.LossRate.Cause;
import holdfast.durability.LossSimulation.Copy;
import holdfast.durability.LossSimulation.Seen;
import holdfast.durability.LossSimulation.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The formula against lives of single files; docs/loss-model.md quotes the table that this prints. Rates are larger than
 * any real ones, so that enough is lost to count, and dwell times are those of real calendars.
 */
class LossFormulaAgainstSimulationTest {
    /** What the formula may differ by, beside three standard deviations of the count. */
    static final double TOLERANCE = 0.10;

    /** Losses that are waited for in each setting: a count of so many is known to 2 %. */
    private static final double LOSSES = 3_000;

    /** Long against the interval between reads, for a life begins with good copies. */
    private static final int YEARS = 500;

    private static final long SEED = 20260504;
    private static final SiteHazard SAFE = new SiteHazard(0, 0.5);
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Setting> settings() {
        Copy yearly = new Copy(0.005, 1, 0.1, 0);
        Copy slow = new Copy(0.002, 5, 0.1, 0);
        Copy disk = new Copy(0.005, 0.25, 0.02, 0);
        Copy weak = new Copy(0.03, 1, 0.1, 0);
        SiteHazard shaky = new SiteHazard(0.005, 0.5);
        return Stream.of(
                new Setting("one copy", at(yearly), SAFE, 0),
                new Setting("two copies, read each year", at(yearly, yearly), SAFE, 0),
                new Setting("two copies, read every five years", at(slow, slow), SAFE, 0),
                new Setting("two copies, disk and tape", at(disk, slow), SAFE, 0),
                new Setting("three copies, read each year", at(weak, weak, weak), SAFE, 0),
                new Setting("two copies at one site", together(yearly, yearly), SAFE, 0),
                new Setting("one copy, site disasters", at(yearly), shaky, 0),
                new Setting("two copies, site disasters", at(yearly, yearly), shaky, 0),
                new Setting("two copies at one site, disasters", together(yearly, yearly), shaky, 0),
                new Setting("three copies, site disasters", at(weak, weak, weak), new SiteHazard(0.02, 0.5), 0),
                new Setting("all causes", at(yearly, slow), shaky, 0.00005));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theFormulaAgreesWithLivesOfSingleFiles(Setting setting) {
        LossRate formula = formula(setting);
        int files = (int) Math.clamp(LOSSES / (formula.total() * YEARS), 1_000, 1_000_000);
        Seen seen = LossSimulation.run(setting, files, YEARS, SEED);
        TABLE.add(line(setting, formula, seen));
        agree(formula.total(), seen.rate(), seen);
        for (Cause cause : Cause.values()) {
            agree(formula.of(cause), seen.rate(cause), seen);
        }
    }

    private static void agree(double formula, double rate, Seen seen) {
        double noise = 3 * Math.sqrt(Math.max(1, rate * seen.fileYears())) / seen.fileYears();
        assertThat(rate).isBetween(formula * (1 - TOLERANCE) - noise, formula * (1 + TOLERANCE) + noise);
    }

    @AfterAll
    static void show() {
        System.out.printf(
                "seed %d, lives of %d years, losses a file and year%n%-36s %10s %10s %7s %8s%n",
                SEED, YEARS, "setting", "formula", "simulated", "ratio", "losses");
        TABLE.forEach(System.out::println);
    }

    private static String line(Setting setting, LossRate formula, Seen seen) {
        return String.format(
                Locale.ROOT,
                "%-36s %10.3e %10.3e %7.3f %8d",
                setting.name(),
                formula.total(),
                seen.rate(),
                seen.rate() / formula.total(),
                seen.total());
    }

    static LossRate formula(Setting setting) {
        Map<Integer, List<CopyHazard>> places = new TreeMap<>();
        setting.copies()
                .forEach(c -> places.computeIfAbsent(c.place(), p -> new ArrayList<>())
                        .add(new CopyHazard(c.damage(), c.scrub() / 2 + c.repair())));
        return LossFormula.of(List.copyOf(places.values()), setting.site(), setting.commonCause());
    }

    /** Copies each at a place of its own. */
    private static List<Copy> at(Copy... copies) {
        List<Copy> placed = new ArrayList<>();
        for (Copy copy : copies) {
            placed.add(new Copy(copy.damage(), copy.scrub(), copy.repair(), placed.size()));
        }
        return placed;
    }

    private static List<Copy> together(Copy... copies) {
        return List.of(copies);
    }
}
