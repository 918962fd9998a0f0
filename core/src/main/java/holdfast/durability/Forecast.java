package holdfast.durability;

import holdfast.durability.Inputs.CopyHazard;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ClassId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What loss is to be expected of one class within a year.
 *
 * @param shapes how its files stand; the fewest copies first
 * @param uncounted files without a copy that counts: no rate tells of them, look at them now
 * @param expected files lost within a year, by cause
 * @param sites what would be lost if one site were lost now
 */
public record Forecast(
        Optional<ClassId> classId,
        long files,
        List<Shape> shapes,
        long uncounted,
        LossRate expected,
        Levers levers,
        List<SiteLoss> sites) {
    public Forecast {
        shapes = List.copyOf(shapes);
        sites = List.copyOf(sites);
    }

    /** Files with so many copies that count, at so many places of different disasters. */
    public record Shape(int copies, int places, long files) implements Comparable<Shape> {
        @Override
        public int compareTo(Shape other) {
            int byCopies = Integer.compare(copies, other.copies);
            return byCopies != 0 ? byCopies : Integer.compare(places, other.places);
        }
    }

    public static Forecast of(ClassHolding holding, Inputs inputs) {
        return new Forecast(
                holding.classId(),
                holding.files(),
                shapes(holding),
                holding.cohorts().stream()
                        .filter(c -> c.counted().isEmpty())
                        .mapToLong(Cohort::files)
                        .sum(),
                expected(holding, inputs),
                Levers.of(holding, inputs),
                SiteLoss.of(holding, inputs));
    }

    /** Files lost within a year, by cause. */
    static LossRate expected(ClassHolding holding, Inputs inputs) {
        return expected(holding, inputs, List.of());
    }

    /** The same if every file had copies more, each at a further place. */
    static LossRate expected(ClassHolding holding, Inputs inputs, List<CopyHazard> more) {
        LossRate sum = LossRate.NONE;
        for (Cohort cohort : holding.cohorts()) {
            if (!cohort.counted().isEmpty()) {
                List<List<CopyHazard>> places = new ArrayList<>(hazards(cohort, inputs));
                more.forEach(hazard -> places.add(List.of(hazard)));
                sum = sum.plus(LossFormula.of(places, inputs.site(), inputs.commonCause())
                        .withinYear(cohort.files()));
            }
        }
        return sum;
    }

    private static List<List<CopyHazard>> hazards(Cohort cohort, Inputs inputs) {
        return Places.of(cohort.counted()).stream()
                .map(place -> place.stream()
                        .map((StorageElement e) -> inputs.hazard(Carrier.of(e)))
                        .toList())
                .toList();
    }

    private static List<Shape> shapes(ClassHolding holding) {
        Map<Shape, Long> files = new TreeMap<>();
        for (Cohort cohort : holding.cohorts()) {
            Shape shape = new Shape(
                    cohort.counted().size(), Places.of(cohort.counted()).size(), 0);
            files.merge(shape, cohort.files(), Long::sum);
        }
        return files.entrySet().stream()
                .map(e -> new Shape(e.getKey().copies(), e.getKey().places(), e.getValue()))
                .toList();
    }
}
