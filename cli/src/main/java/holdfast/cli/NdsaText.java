package holdfast.cli;

import holdfast.durability.AreaLevel.Area;
import holdfast.durability.Requirement;
import holdfast.durability.Requirement.State;
import holdfast.formats.LossReport.AreaReport;
import holdfast.formats.LossReport.ClassReport;
import java.io.PrintWriter;
import java.util.Locale;

/** The NDSA levels of a class, as text: what is shown, what is missing, and what nobody can judge from the records. */
final class NdsaText {
    private final PrintWriter out;

    NdsaText(PrintWriter out) {
        this.out = out;
    }

    /** The level of storage, for a table's cell. */
    String level(ClassReport c) {
        return c.ndsa().stream()
                .filter(a -> a.area() == Area.STORAGE)
                .map(a -> "NDSA " + a.inFull())
                .findFirst()
                .orElse("-");
    }

    /** One line an area, and what the next level lacks. */
    void summary(ClassReport c) {
        out.println("  NDSA levels of digital preservation (version 2, 2019):");
        for (AreaReport area : c.ndsa()) {
            out.println("    " + line(area));
            area.requirements().stream()
                    .filter(r -> r.level() == area.inFull() + 1 && r.state() != State.MET)
                    .forEach(r -> out.println("      level %d lacks: %s".formatted(r.level(), said(r))));
        }
    }

    /** Every requirement. */
    void whole(ClassReport c) {
        out.println("%s: %,d files".formatted(LossText.name(c), c.files()));
        for (AreaReport area : c.ndsa()) {
            out.println("  " + line(area));
            area.requirements()
                    .forEach(r -> out.println(
                            "    level %d  %-10s  %s (%s)".formatted(r.level(), word(r.state()), r.asks(), r.shown())));
        }
        out.println();
    }

    private static String line(AreaReport area) {
        String name = area.area().name().toLowerCase(Locale.ROOT);
        return area.notJudged()
                .map(why -> name + ": not judged; " + why)
                .orElseGet(() -> "%s: level %d is shown%s"
                        .formatted(
                                name,
                                area.inFull(),
                                area.asFarAsJudged() > area.inFull()
                                        ? "; level %d, were all met that is not judged".formatted(area.asFarAsJudged())
                                        : ""));
    }

    private static String said(Requirement r) {
        return "%s (%s%s)".formatted(r.asks(), r.state() == State.NOT_JUDGED ? "not judged: " : "", r.shown());
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
