package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code report mou}: bytes held against shares agreed, and coverage apart from them. */
@Command(
        name = "mou",
        description = {
            "Says what each site of a sharing agreement holds against its share, and coverage apart from it.",
            "Percent are of the bytes that the sites of the period hold together; only copies that count are held. The"
                    + " same as a page to print: /report/mou on the server."
        },
        mixinStandardHelpOptions = true)
final class ReportMou implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(
            names = "--period",
            paramLabel = "P",
            defaultValue = "now",
            description = "now, all, or a day such as 2020-05-01 for the period that covers it;"
                    + " ${DEFAULT-VALUE} if not given.")
    private String period;

    @Option(names = "--csv", description = "Write it as CSV, safe to open in a spreadsheet.")
    private boolean csv;

    /** The answer of {@code GET /report/mou}. */
    record Report(Instant at, String planVersion, String periods, List<Agreed> agreements) {}

    record Agreed(
            String clause,
            String says,
            String agreement,
            double tolerancePercentOfShare,
            @Nullable String verdict,
            @Nullable Coverage coverage,
            long arriving,
            List<InPeriod> inPeriods,
            List<NoShare> noPeriod) {}

    record Coverage(long covered, long judged, long missing) {}

    record InPeriod(
            String from,
            @Nullable String until,
            String state,
            boolean confirmed,
            String enteredBy,
            String enteredOn,
            @Nullable String gap,
            long heldBytes,
            List<SiteShare> sites,
            List<NoShare> outside) {}

    record SiteShare(
            String site,
            double agreedPercent,
            double lowestPercent,
            double highestPercent,
            double heldPercent,
            long agreedBytes,
            long heldBytes,
            String standing) {}

    record NoShare(String site, long bytes, List<String> boundBy) {}

    @Override
    public Integer call() {
        if (csv && connection.json()) {
            throw new ParameterException(spec.commandLine(), "--csv and --json exclude each other; keep one.");
        }
        if (csv) {
            Route route = Route.of("report", "mou.csv").with("period", period);
            connection.out().print(connection.server().get(route));
            connection.out().flush();
            return ExitCode.OK;
        }
        Report report = Json.read(connection.get(Route.of("report", "mou").with("period", period)), Report.class);
        if (!connection.json()) {
            tell(report);
        }
        return ExitCode.OK;
    }

    private void tell(Report report) {
        connection.say(
                "Plan %s, %s, at %s".formatted(report.planVersion(), report.periods(), TimeText.minute(report.at())));
        if (report.agreements().isEmpty()) {
            connection.say("No clause of this plan follows a sharing agreement.");
        }
        report.agreements().forEach(this::tell);
    }

    private void tell(Agreed a) {
        connection.say("");
        connection.say("%s  %s".formatted(a.clause(), a.says()));
        connection.say("Coverage (safety): " + coverage(a) + (a.verdict() == null ? "" : ", " + a.verdict()));
        a.inPeriods().forEach(p -> tell(a, p));
        a.noPeriod().forEach(o -> connection.say("  of no period: %s holds %,d bytes".formatted(o.site(), o.bytes())));
    }

    private static String coverage(Agreed a) {
        Coverage c = a.coverage();
        String counted = c == null
                ? "not asked for by this clause"
                : "%,d of %,d files are at one of the sites, %,d are not"
                        .formatted(c.covered(), c.judged(), c.missing());
        return counted + (a.arriving() == 0 ? "" : "; %,d arriving, in no number".formatted(a.arriving()));
    }

    private void tell(Agreed a, InPeriod p) {
        connection.say("");
        connection.say("Share (agreement %s), runs from %s%s: %s"
                .formatted(a.agreement(), p.from(), p.until() == null ? "" : " until " + p.until(), p.state()));
        connection.say("  entered by %s on %s, %s%s"
                .formatted(
                        p.enteredBy(),
                        p.enteredOn(),
                        p.confirmed() ? "confirmed" : "NOT CONFIRMED against the agreement's own text",
                        p.gap() == null ? "" : "; gap: " + p.gap()));
        TextTable table = new TextTable("SITE", "HELD", "AGREED", "BAND", "BYTES HELD", "BYTES AGREED", "STANDS");
        p.sites().forEach(s -> row(table, s));
        table.print(connection.out());
        p.outside()
                .forEach(o -> connection.say("outside the agreement: %s holds %,d bytes%s"
                        .formatted(
                                o.site(),
                                o.bytes(),
                                o.boundBy().isEmpty() ? "" : ", bound by " + String.join(", ", o.boundBy()))));
    }

    private static void row(TextTable table, SiteShare s) {
        table.row(
                s.site(),
                percent(s.heldPercent()),
                percent(s.agreedPercent()),
                "%.1f to %.1f".formatted(s.lowestPercent(), s.highestPercent()),
                "%,d".formatted(s.heldBytes()),
                "%,d".formatted(s.agreedBytes()),
                s.standing());
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }
}
