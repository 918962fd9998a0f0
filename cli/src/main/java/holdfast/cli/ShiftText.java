package holdfast.cli;

import holdfast.cli.ShiftReportVerb.ActWaiting;
import holdfast.cli.ShiftReportVerb.Changed;
import holdfast.cli.ShiftReportVerb.Damaged;
import holdfast.cli.ShiftReportVerb.Down;
import holdfast.cli.ShiftReportVerb.Group;
import holdfast.cli.ShiftReportVerb.Report;
import holdfast.cli.ShiftReportVerb.Silent;
import holdfast.cli.ShiftReportVerb.SilentSource;
import holdfast.cli.ShiftReportVerb.Waits;
import holdfast.cli.ShiftReportVerb.Waived;
import holdfast.cli.ShiftReportVerb.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A shift report as lines for people. */
record ShiftText(Consumer<String> out, Report report) {
    void say() {
        out.accept("Shift from " + TimeText.minute(report.since()) + " until " + TimeText.minute(report.at()));
        if (report.due() > 0) {
            out.accept(report.due() + " directories wait to be judged again; what is said of them is older");
        }
        part("New", report.began(), this::began);
        part("Verdicts that changed", report.changes(), this::changed);
        part("Bad reads", report.damage(), this::damaged);
        part("Ended", report.ended(), this::ended);
        part("Still open", report.open(), this::open);
        out.accept("");
        out.accept("Who waits for whom");
        int waiting = lines(report.waits().acts(), this::act)
                + lines(report.waits().elements(), this::silent)
                + lines(report.waits().copies(), this::wanted)
                + lines(report.waits().inspections(), this::inspection)
                + lines(sources(report.waits()), this::source);
        none(waiting);
        out.accept("");
        out.accept("Silenced");
        none(lines(report.silenced().waivers(), this::waived)
                + lines(report.silenced().downtimes(), this::down));
    }

    private <T> void part(String title, List<T> rows, Function<T, String> words) {
        out.accept("");
        out.accept(title);
        none(lines(rows, words));
    }

    private <T> int lines(List<T> rows, Function<T, String> words) {
        rows.forEach(row -> out.accept("  " + words.apply(row)));
        return rows.size();
    }

    private void none(int lines) {
        if (lines == 0) {
            out.accept("  nothing");
        }
    }

    private String began(Group g) {
        String now = g.standing() == g.files()
                ? ""
                : g.standing() == 0 ? " (all ended since)" : " (%d of them still stand)".formatted(g.standing());
        return group(g, "began " + TimeText.minute(g.began()) + now);
    }

    private String ended(Group g) {
        Instant last = g.ended() == null ? report.at() : g.ended();
        return group(
                g,
                "ended by %s after %s at most"
                        .formatted(TimeText.minute(last), TimeText.span(Duration.between(g.began(), last))));
    }

    private String open(Group g) {
        return group(g, "for " + age(g.began()));
    }

    private String inspection(Group g) {
        return group(g, "undetermined for " + age(g.began()));
    }

    private static String group(Group g, String when) {
        return "%s  %d %s  %s  %s: %s"
                .formatted(
                        g.clause(),
                        g.files(),
                        g.files() == 1 ? "file" : "files",
                        when,
                        g.files() == 1 ? g.example() : "one is " + g.example(),
                        reasons(g));
    }

    private static String reasons(Group g) {
        return g.reasons().isEmpty()
                ? "the plan asks for more"
                : g.reasons().stream().collect(Collectors.joining("; "));
    }

    private String changed(Changed c) {
        return "%s  %s, was %s until %s".formatted(c.clause(), c.after(), c.before(), TimeText.minute(c.at()));
    }

    private String damaged(Damaged d) {
        return "%s  %s  %s  %s  %s"
                .formatted(
                        TimeText.minute(d.at()),
                        d.state(),
                        d.did(),
                        d.storage(),
                        d.finding() == null ? d.outcome() : d.finding());
    }

    private String act(ActWaiting a) {
        int missing = a.needed() - a.signers().size();
        String waits = missing > 0
                ? "waits for %d of %d signatures".formatted(missing, a.needed())
                : "is signed and not carried out yet";
        return "act %s, %s%s, %s, for %s; proposed by %s: %s"
                .formatted(
                        a.id(),
                        a.act(),
                        a.about() == null ? "" : " of " + a.about(),
                        waits,
                        age(a.proposedAt()),
                        a.by(),
                        a.reason());
    }

    private String silent(Silent s) {
        return "%s %s%s".formatted(s.storage(), s.why(), s.since() == null ? "" : ", for " + age(s.since()));
    }

    private static List<SilentSource> sources(Waits waits) {
        return waits.members() == null ? List.of() : List.of(waits.members());
    }

    private String source(SilentSource s) {
        return "the source of members, for %s: %s".formatted(age(s.since()), s.why());
    }

    private String wanted(Wanted w) {
        String why = w.problem() == null
                ? "in the queue: " + w.reason()
                : "attempt %d failed: %s; again at %s"
                        .formatted(w.attempts(), w.problem(), TimeText.minute(w.nextTry()));
        return "%s waits for %d copies, %d bytes, for %s: %s"
                .formatted(w.storage(), w.copies(), w.bytes(), age(w.since()), why);
    }

    private String waived(Waived w) {
        return "waiver of %s for %d files until %s, owner %s, signed by %s: %s"
                .formatted(w.clause(), w.subjects(), TimeText.minute(w.until()), w.owner(), w.signer(), w.reason());
    }

    private String down(Down d) {
        return "downtime of %s from %s until %s, declared by %s: %s"
                .formatted(
                        d.site(),
                        TimeText.minute(d.from()),
                        TimeText.minute(d.until()),
                        d.by() == null ? "nobody that the journal names" : d.by(),
                        d.reason());
    }

    private String age(Instant since) {
        return TimeText.span(Duration.between(since, report.at()));
    }
}
