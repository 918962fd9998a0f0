package holdfast.cli;

import holdfast.durability.Forecast.Shape;
import holdfast.durability.InputName;
import holdfast.durability.Levers.Lever;
import holdfast.formats.LossReport;
import holdfast.formats.LossReport.CausesReport;
import holdfast.formats.LossReport.ClassReport;
import holdfast.formats.LossReport.InputReport;
import holdfast.formats.LossReport.SiteReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** The loss to be expected, as text for people who pay for copies and for people who count them. */
final class LossText {
    private static final int MOST_LEVERS = 4;

    private final PrintWriter out;
    private final NdsaText ndsa;

    LossText(PrintWriter out) {
        this.out = out;
        this.ndsa = new NdsaText(out);
    }

    void heading(LossReport report) {
        out.println("Loss to be expected under %s, version %s, at %s"
                .formatted(report.plan().title(), report.plan().version(), report.at()));
        if (report.whatIf()) {
            out.println("WHAT IF: inputs marked STATED were given with the question; they are not this house's.");
        }
        out.println();
    }

    void inputs(LossReport report) {
        out.println("Inputs, each with where it comes from:");
        for (InputReport input : report.inputs()) {
            out.println("  %-8s  %14s  %s"
                    .formatted(input.origin(), Figure.of(input.value()) + " " + unit(input.unit()), input.says()));
            out.println("            " + input.why());
        }
        if (report.inspectionsTo() < report.journal()) {
            out.println("  Damage was counted in %,d of %,d entries of the journal; ask again and the count goes on."
                    .formatted(report.inspectionsTo(), report.journal()));
        }
        out.println();
    }

    /** One line a class. */
    void table(LossReport report) {
        if (report.classes().isEmpty()) {
            out.println("No file of these classes is registered.");
            return;
        }
        out.println("Files lost within a year, by what takes the last copy:");
        TextTable table =
                new TextTable("class", "files", "media", "one site", "every site", "common cause", "total", "storage");
        for (ClassReport c : report.classes()) {
            row(table, name(c), Figure.count(c.files()), c.expected(), ndsa.level(c));
        }
        if (report.classes().size() > 1) {
            long files = report.classes().stream().mapToLong(ClassReport::files).sum();
            row(table, "all", Figure.count(files), report.expected(), "");
        }
        table.print(out);
    }

    private static void row(TextTable table, String name, String files, CausesReport lost, String level) {
        table.row(
                name,
                files,
                Figure.of(lost.media()),
                Figure.of(lost.oneSite()),
                Figure.of(lost.everySite()),
                Figure.of(lost.commonCause()),
                Figure.of(lost.total()),
                level);
    }

    /** All that is known of a class. */
    void whole(ClassReport c) {
        out.println();
        out.println("%s: %,d files, %s"
                .formatted(name(c), c.files(), rate(c.expected().total())));
        c.shapes().stream().filter(shape -> shape.copies() > 0).forEach(shape -> out.println(stands(shape)));
        if (c.uncounted() > 0) {
            out.println("  %,d have no copy that counts: no rate is told of these; see `holdfast failing`"
                    .formatted(c.uncounted()));
        }
        if (c.expected().everySite() > 0) {
            out.println(
                    "  disasters at every site take %s a year in the mean: none in most, and all at once with a chance of %s"
                            .formatted(
                                    Figure.of(c.expected().everySite()),
                                    Figure.of(c.expected().everySite() / (c.files() - c.uncounted()))));
        }
        levers(c);
        sites(c);
        ndsa.summary(c);
    }

    private static String stands(Shape shape) {
        String copies = shape.copies() == 1 ? "one copy" : shape.copies() + " copies";
        String places = shape.places() == 1 ? "one place" : shape.places() + " places of different disasters";
        return "  %,d have %s at %s".formatted(shape.files(), copies, places);
    }

    private void levers(ClassReport c) {
        c.dominant().ifPresent(most -> out.println("  decides most: " + most.words()));
        List<Lever> halving =
                c.levers().stream().filter(l -> l.halvesAt().isPresent()).toList();
        out.println("  halved by: "
                + (halving.isEmpty()
                        ? "no single input"
                        : halving.stream()
                                .limit(MOST_LEVERS)
                                .map(l -> "%s, down to %s %s"
                                        .formatted(
                                                l.input().words(),
                                                Figure.of(l.halvesAt().orElse(0.0)),
                                                unit(l.input().unit())))
                                .collect(Collectors.joining("; or "))));
        out.println("  with one more copy of each, at a further place: " + Figure.of(c.oneCopyMore()) + " a year");
        out.println("  one common cause takes as many as all others together at " + Figure.of(c.commonCauseEven())
                + " a year");
    }

    private void sites(ClassReport c) {
        if (c.sites().isEmpty()) {
            return;
        }
        out.println("  If one site were lost now:");
        TextTable table = new TextTable(
                "    site",
                "copies there",
                "no other copy",
                "only doubtful",
                "gone unseen",
                "while rebuilding",
                "proofs relied on, mean days",
                "oldest");
        for (SiteReport s : c.sites()) {
            table.row(
                    "    " + s.site(),
                    Figure.count(s.files()),
                    Figure.count(s.noOther()),
                    Figure.count(s.onlyDoubtful()),
                    Figure.of(s.hidden()),
                    Figure.of(s.rebuilding()),
                    Figure.of(s.survivorDays()),
                    Figure.of(s.oldestDays()));
        }
        table.print(out);
    }

    /** A rate as people say it. */
    private static String rate(double lost) {
        if (lost == 0) {
            return "no loss is reckoned";
        }
        return lost >= 1
                ? Figure.of(lost) + " are expected to be lost each year"
                : "one is expected to be lost in " + Figure.of(1 / lost) + " years";
    }

    private static String unit(InputName.Unit unit) {
        return switch (unit) {
            case PER_YEAR -> "a year";
            case DAYS -> "days";
        };
    }

    static String name(ClassReport c) {
        return c.classId().orElse("(no class)");
    }
}
