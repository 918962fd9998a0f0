package holdfast.cli;

import holdfast.formats.VerdictReport;
import holdfast.formats.VerdictReport.ClauseReport;
import holdfast.formats.VerdictReport.DutyReport;
import holdfast.formats.VerdictReport.FailingReport;
import holdfast.formats.VerdictReport.ReasonReport;
import holdfast.formats.VerdictReport.ShareReport;
import holdfast.judgement.Verdict;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verdicts for a terminal: the words are those of the report, so that page, JSON and prompt say the same. */
final class VerdictText {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;

    VerdictText(PrintWriter out) {
        this.out = out;
    }

    void heading(VerdictReport report) {
        VerdictReport.PlanName plan = report.plan();
        out.println(plan.title() + ", version " + plan.version() + ", SHA-256 " + plan.digest());
        out.println("verdicts of " + time(report.at()) + " UTC, of the files registered");
        out.println();
    }

    void table(VerdictReport report) {
        TextTable table = new TextTable(
                "clause",
                "verdict",
                "subjects",
                "arriving",
                "failing",
                "unknown",
                "waived",
                "oldest proof",
                "valid until");
        for (ClauseReport c : report.clauses()) {
            table.row(
                    c.clause(),
                    verdict(c),
                    number(c.subjects()),
                    number(c.arriving()),
                    number(c.failing()),
                    number(c.undetermined()),
                    c.waived() > 0 ? c.waived() + " of " + c.failing() : "-",
                    time(c.oldestProof()),
                    time(c.validUntil()));
        }
        table.print(out);
        String counts = List.of(Verdict.values()).stream()
                .map(v -> report.clauses().stream()
                                .filter(c -> c.verdict().equals(Optional.of(v)))
                                .count() + " " + v)
                .collect(Collectors.joining(", "));
        out.println();
        out.println(counts);
    }

    /** What is to be known of a clause beside its row: nothing where it is met and nothing else is reported. */
    void shortcomings(ClauseReport c) {
        boolean met =
                c.verdict().equals(Optional.of(Verdict.MET)) || c.verdict().isEmpty();
        if (met
                && c.coverage().isEmpty()
                && c.shares().isEmpty()
                && c.silentSince().isEmpty()) {
            return;
        }
        out.println();
        out.println(c.clause() + "  " + verdict(c) + "  " + c.says());
        details(c);
    }

    /** One clause with all that is known of it. */
    void whole(ClauseReport c) {
        out.println(c.clause() + "  " + c.says());
        row("verdict", verdict(c));
        row("section", c.section());
        row("binds", c.binds());
        row("about", c.about().isEmpty() ? "this system" : String.join(", ", c.about()));
        row("subjects", number(c.subjects()));
        row(
                "arriving",
                number(c.arriving())
                        + c.oldestArriving()
                                .map(t -> ", oldest since " + time(t))
                                .orElse(""));
        row("failing", number(c.failing()));
        row("undetermined", number(c.undetermined()));
        row("waived", c.waived() + " of " + c.failing() + (c.waivable() ? "" : " (this clause cannot be waived)"));
        row("oldest proof", time(c.oldestProof()));
        row("valid until", time(c.validUntil()));
        for (DutyReport duty : c.duties()) {
            row("duty", duty.verdict() + ": " + duty.says() + " [" + duty.basis() + "]");
        }
        details(c);
    }

    private void details(ClauseReport c) {
        basis(c).ifPresent(b -> row("basis", b));
        c.coverage()
                .ifPresent(v -> row(
                        "coverage",
                        "%,d of %,d covered, %s"
                                .formatted(v.covered(), v.judged(), v.percent().orElse("nothing judged"))));
        c.shares().ifPresent(s -> {
            row("share", s.state() + (s.note().isEmpty() ? "" : ": " + s.note()));
            s.sites().forEach(x -> row("", share(x)));
        });
        c.silentSince().ifPresent(t -> row("silent", "not answering since " + time(t)));
        c.assumed().ifPresent(a -> row("assumed", a + " (no part of the verdict)"));
        c.wouldMeasure().ifPresent(m -> row("measured by", m));
        Stream.concat(
                        c.reasons().stream(),
                        c.duties().stream()
                                .filter(d -> d.verdict() != Verdict.MET)
                                .flatMap(d -> d.reasons().stream()))
                .map(VerdictText::reason)
                .distinct()
                .forEach(r -> row("reason", r));
        for (FailingReport failing : c.named()) {
            row(failing.verdict() == Verdict.BREACHED ? "fails" : "unknown", failing.subject());
            failing.reasons().forEach(r -> row("", reason(r)));
        }
        long more = c.failing() + c.undetermined() - c.named().size();
        if (!c.named().isEmpty() && more > 0) {
            row("", "and %,d more: holdfast failing %s".formatted(more, c.clause()));
        }
    }

    /** The strongest of what the failing duties rest on: the plan's words, our reading of them, or our own setting. */
    static Optional<String> basis(ClauseReport c) {
        List<String> failing = c.duties().stream()
                .filter(d -> d.verdict() == Verdict.BREACHED)
                .map(DutyReport::basis)
                .toList();
        if (failing.contains("plan")) {
            return Optional.of("breaks the plan's words");
        }
        Optional<String> reading =
                failing.stream().filter(b -> b.startsWith("reading")).findFirst();
        return reading.map(r -> "breaks the plan's words, by " + r)
                .or(() -> failing.stream().findFirst().map(_ -> "misses our setting"));
    }

    private static String verdict(ClauseReport c) {
        return c.verdict().map(Verdict::name).orElse("NOT A DUTY");
    }

    private static String share(ShareReport x) {
        return String.format(
                Locale.ROOT,
                "%-10s holds %6.2f %%, agreed %6.2f %%%s",
                x.site(),
                x.held(),
                x.agreed(),
                x.within() ? "" : "  off");
    }

    static String reason(ReasonReport r) {
        return r.element().filter(e -> !r.text().contains(e)).map(e -> e + ": ").orElse("") + r.text();
    }

    private void row(String label, String text) {
        out.printf("  %-13s %s%n", label, text);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String time(Optional<Instant> at) {
        return at.map(VerdictText::time).orElse("-");
    }

    static String time(Instant at) {
        return MINUTES.format(at);
    }
}
