package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.formats.LossReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loss}: how many files are expected to be lost in a year, why, and what would halve it. */
@Command(
        name = "loss",
        description = {
            "Says how many files of each class are expected to be lost within a year, by cause, with every input of"
                    + " the reckoning and where it comes from; what would be lost if a site were lost now; and the NDSA"
                    + " level.",
            "An input stated here takes the place of the house's own: a question of what if. Nothing is changed by it."
                    + " docs/loss-model.md has the formula."
        },
        mixinStandardHelpOptions = true)
final class LossVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description = "One class of the plan, with all that is known of it.")
    private @Nullable String classId;

    @Option(names = "--ndsa", description = "Show the NDSA levels requirement by requirement, and nothing of the loss.")
    private boolean ndsa;

    @Option(
            names = "--lambda-tape",
            paramLabel = "X",
            description = "What if a copy on tape went bad unseen X times a year.")
    private @Nullable Double lambdaTape;

    @Option(
            names = "--lambda-disk",
            paramLabel = "X",
            description = "What if a copy on disk went bad unseen X times a year.")
    private @Nullable Double lambdaDisk;

    @Option(names = "--scrub-days", paramLabel = "N", description = "What if every copy were read every N days.")
    private @Nullable Double scrubDays;

    @Option(names = "--scrub-tape-days", paramLabel = "N", description = "The same for copies on tape alone.")
    private @Nullable Double scrubTapeDays;

    @Option(names = "--scrub-disk-days", paramLabel = "N", description = "The same for copies on disk alone.")
    private @Nullable Double scrubDiskDays;

    @Option(
            names = "--repair-days",
            paramLabel = "N",
            description = "What if it took N days from damage found to a proved copy.")
    private @Nullable Double repairDays;

    @Option(
            names = "--site-disaster",
            paramLabel = "X",
            description = "What if a site were destroyed X times a year, such as 0.005.")
    private @Nullable Double siteDisaster;

    @Option(
            names = "--rebuild-days",
            paramLabel = "N",
            description = "What if the copies of a destroyed site stood again after N days.")
    private @Nullable Double rebuildDays;

    @Option(
            names = "--common-cause",
            paramLabel = "X",
            description = "What if one error, bug or stolen right took every copy of a file X times a year.")
    private @Nullable Double commonCause;

    @Override
    public Integer call() {
        LossReport report = Json.read(connection.get(route()), LossReport.class);
        if (!connection.json()) {
            LossText text = new LossText(connection.out());
            if (ndsa) {
                report.classes().forEach(new NdsaText(connection.out())::whole);
            } else {
                text.heading(report);
                text.inputs(report);
                text.table(report);
                report.classes().forEach(text::whole);
            }
        }
        return ExitCode.OK;
    }

    private Route route() {
        Route route = Route.of("loss");
        for (Map.Entry<String, @Nullable Object> one : asked().entrySet()) {
            Object value = one.getValue();
            route = value == null ? route : route.with(one.getKey(), value);
        }
        return route;
    }

    private Map<String, @Nullable Object> asked() {
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("class", classId);
        asked.put("lambdaTape", lambdaTape);
        asked.put("lambdaDisk", lambdaDisk);
        asked.put("scrubDays", scrubDays);
        asked.put("scrubTapeDays", scrubTapeDays);
        asked.put("scrubDiskDays", scrubDiskDays);
        asked.put("repairDays", repairDays);
        asked.put("siteDisaster", siteDisaster);
        asked.put("rebuildDays", rebuildDays);
        asked.put("commonCause", commonCause);
        return asked;
    }
}
