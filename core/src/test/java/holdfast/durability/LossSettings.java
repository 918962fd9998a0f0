package holdfast.durability;

import holdfast.durability.Inputs.CopyHazard;
import holdfast.durability.Inputs.SiteHazard;
import holdfast.durability.LossSimulation.Copy;
import holdfast.durability.LossSimulation.Seen;
import holdfast.durability.LossSimulation.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings in which formula and simulation are compared. Rates are larger than real ones, so that enough is lost to
 * count; intervals are those of real calendars.
 */
final class LossSettings {
    static final long SEED = 20260504;

    /** Losses that are waited for in each setting: a count of so many is known to 2 %. */
    private static final double LOSSES = 3_000;

    /** Long against the interval between reads, for a life begins with good copies. */
    private static final int YEARS = 500;

    private LossSettings() {}

    static Stream<Setting> all() {
        Copy yearly = new Copy(0.005, 1, 0.1, 0);
        Copy slow = new Copy(0.002, 5, 0.1, 0);
        Copy disk = new Copy(0.005, 0.25, 0.02, 0);
        Copy weak = new Copy(0.03, 1, 0.1, 0);
        SiteHazard safe = new SiteHazard(0, 0.5);
        SiteHazard shaky = new SiteHazard(0.005, 0.5);
        return Stream.of(
                new Setting("one copy", apart(yearly), safe, 0),
                new Setting("two copies, read each year", apart(yearly, yearly), safe, 0),
                new Setting("two copies, read every five years", apart(slow, slow), safe, 0),
                new Setting("two copies, disk and tape", apart(disk, slow), safe, 0),
                new Setting("three copies, read each year", apart(weak, weak, weak), safe, 0),
                new Setting("two copies at one site", List.of(yearly, yearly), safe, 0),
                new Setting("one copy, site disasters", apart(yearly), shaky, 0),
                new Setting("two copies, site disasters", apart(yearly, yearly), shaky, 0),
                new Setting("two copies at one site, disasters", List.of(yearly, yearly), shaky, 0),
                new Setting("three copies, site disasters", apart(weak, weak, weak), new SiteHazard(0.02, 0.5), 0),
                new Setting("all causes", apart(yearly, slow), shaky, 0.00005));
    }

    /** As many lives as it takes for enough losses. */
    static Seen simulated(Setting setting) {
        double expected = formula(setting).total();
        int files = (int) Math.clamp(LOSSES / (expected * YEARS), 1_000, 1_000_000);
        return LossSimulation.run(setting, files, YEARS, SEED);
    }

    static LossRate formula(Setting setting) {
        Map<Integer, List<CopyHazard>> places = new TreeMap<>();
        setting.copies()
                .forEach(c -> places.computeIfAbsent(c.place(), p -> new ArrayList<>())
                        .add(new CopyHazard(c.damage(), c.scrub() / 2 + c.repair())));
        return LossFormula.of(List.copyOf(places.values()), setting.site(), setting.commonCause());
    }

    static String heading() {
        return "seed %d, lives of %d years, losses a file and year%n%-36s %10s %10s %6s %7s"
                .formatted(SEED, YEARS, "setting", "formula", "simulated", "ratio", "losses");
    }

    static String line(Setting setting, LossRate formula, Seen seen) {
        return String.format(
                Locale.ROOT,
                "%-36s %10.2e %10.2e %6.2f %7d",
                setting.name(),
                formula.total(),
                seen.rate(),
                seen.rate() / formula.total(),
                seen.total());
    }

    /** Copies each at a place of its own. */
    private static List<Copy> apart(Copy... copies) {
        List<Copy> placed = new ArrayList<>();
        for (Copy copy : copies) {
            placed.add(new Copy(copy.damage(), copy.scrub(), copy.repair(), placed.size()));
        }
        return placed;
    }
}
