package holdfast.formats;

import holdfast.durability.AreaLevel;
import holdfast.durability.Forecast;
import holdfast.durability.Input.Origin;
import holdfast.durability.InputName;
import holdfast.durability.Levers;
import holdfast.durability.LossRate;
import holdfast.durability.Observed;
import holdfast.durability.Outlook;
import holdfast.durability.Requirement;
import holdfast.durability.SiteLoss;
import holdfast.formats.VerdictReport.PlanName;
import holdfast.vocabulary.ClassId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The loss to be expected, as it is written to JSON and read back: plain values alone. Losses are files a year.
 *
 * @param whatIf whether the asker stated an input
 * @param inspectionsTo entries of the journal in which damage was counted, of {@code journal} that there are
 * @param expected files lost within a year in the classes shown
 */
public record LossReport(
        PlanName plan,
        Instant at,
        boolean whatIf,
        long inspectionsTo,
        long journal,
        List<InputReport> inputs,
        List<WatchedReport> watched,
        CausesReport expected,
        List<ClassReport> classes) {
    public LossReport {
        inputs = List.copyOf(inputs);
        watched = List.copyOf(watched);
        classes = List.copyOf(classes);
    }

    /** One input: its value in {@code PER_YEAR} or {@code DAYS}, where it comes from, and what it rests on. */
    public record InputReport(
            InputName name, String says, double value, InputName.Unit unit, Origin origin, String why) {}

    /** Damage counted on one medium; {@code upper} is the rate exceeded with 5 % chance. */
    public record WatchedReport(String medium, long damaged, double copyYears, double estimate, double upper) {}

    /** Losses by what takes a file's last copy. */
    public record CausesReport(double media, double oneSite, double everySite, double commonCause, double total) {
        static CausesReport of(LossRate rate) {
            return new CausesReport(rate.media(), rate.oneSite(), rate.everySite(), rate.commonCause(), rate.total());
        }
    }

    /**
     * One class; see {@link Forecast}.
     *
     * @param classId empty for files of no class
     * @param dominant the input that decides most
     */
    public record ClassReport(
            Optional<String> classId,
            long files,
            long uncounted,
            List<Forecast.Shape> shapes,
            CausesReport expected,
            Optional<InputName> dominant,
            List<Levers.Lever> levers,
            double oneCopyMore,
            double commonCauseEven,
            List<SiteReport> sites,
            List<AreaReport> ndsa) {}

    /** What would be lost if a site were lost now; see {@link SiteLoss}. */
    public record SiteReport(
            String site,
            long files,
            long noOther,
            long onlyDoubtful,
            double hidden,
            double rebuilding,
            double survivorDays,
            double oldestDays) {}

    /**
     * One area of the NDSA levels.
     *
     * @param inFull the level that is shown to be reached
     * @param asFarAsJudged the level if all that is not judged were met: no claim
     */
    public record AreaReport(
            AreaLevel.Area area,
            int inFull,
            int asFarAsJudged,
            Optional<String> notJudged,
            List<Requirement> requirements) {}

    /** What was counted of the journal. */
    public record Counted(long to, long size) {}

    /** The report of all classes, or of one. */
    public static LossReport of(PlanName plan, Instant at, Outlook outlook, Counted counted, Optional<ClassId> only) {
        List<Outlook.ClassOutlook> shown = outlook.classes().stream()
                .filter(c -> only.isEmpty() || c.forecast().classId().equals(only))
                .toList();
        LossRate expected = shown.stream().map(c -> c.forecast().expected()).reduce(LossRate.NONE, LossRate::plus);
        List<InputReport> inputs = Arrays.stream(InputName.values())
                .map(name -> {
                    var input = outlook.inputs().of(name);
                    return new InputReport(name, name.words(), input.value(), name.unit(), input.origin(), input.why());
                })
                .toList();
        return new LossReport(
                plan,
                at,
                inputs.stream().anyMatch(i -> i.origin() == Origin.STATED),
                counted.to,
                counted.size,
                inputs,
                outlook.measured().damage().entrySet().stream()
                        .filter(e -> e.getValue().isAnything())
                        .map(e -> watched(e.getKey().name(), e.getValue()))
                        .toList(),
                CausesReport.of(expected),
                shown.stream().map(LossReport::of).toList());
    }

    private static WatchedReport watched(String medium, Observed seen) {
        return new WatchedReport(medium, seen.damaged(), seen.copyYears(), seen.estimate(), seen.upper());
    }

    private static ClassReport of(Outlook.ClassOutlook one) {
        Forecast forecast = one.forecast();
        return new ClassReport(
                forecast.classId().map(ClassId::name),
                forecast.files(),
                forecast.uncounted(),
                forecast.shapes(),
                CausesReport.of(forecast.expected()),
                forecast.levers().dominant().map(Levers.Lever::input),
                forecast.levers().inputs(),
                forecast.levers().oneCopyMore(),
                forecast.levers().commonCauseEven(),
                forecast.sites().stream().map(LossReport::of).toList(),
                one.levels().stream().map(LossReport::of).toList());
    }

    private static SiteReport of(SiteLoss loss) {
        return new SiteReport(
                loss.site().name(),
                loss.files(),
                loss.noOther(),
                loss.onlyDoubtful(),
                loss.hidden(),
                loss.rebuilding(),
                loss.survivorDays(),
                loss.oldestDays());
    }

    private static AreaReport of(AreaLevel level) {
        return new AreaReport(
                level.area(), level.inFull(), level.asFarAsJudged(), level.notJudged(), level.requirements());
    }
}
