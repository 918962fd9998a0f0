package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Verdict;
import holdfast.server.pages.MouReport.Agreed;
import holdfast.server.pages.MouReport.InPeriod;
import holdfast.server.pages.MouReport.NoShare;
import holdfast.server.pages.MouReport.SiteShare;
import holdfast.server.pages.view.Badge;
import holdfast.server.pages.view.Bar;
import holdfast.server.pages.view.MouView;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.Sizes;
import java.util.List;
import java.util.Optional;

/** The report on sharing agreements as a page that prints well. */
final class MouPage {
    /** Scales end at a multiple of this, in percent. */
    private static final int STEP = 5;

    private MouPage() {}

    static String render(MouData data, MouReport report, Optional<String> viewer) {
        return Templates.render("mou.jte", view(data, report, viewer));
    }

    static MouView view(MouData data, MouReport report, Optional<String> viewer) {
        Surround surround = new Surround(data.page(), viewer);
        return new MouView(
                surround.chrome("Sharing agreements", Surround.Here.MOU),
                surround.asOf(),
                report.periods(),
                query(report),
                report.agreements().stream().map(MouPage::agreed).toList());
    }

    /** The query that asks for the same report again. */
    private static String query(MouReport report) {
        String words = report.periods();
        return words.startsWith("all") ? "all" : words.substring(words.lastIndexOf(' ') + 1);
    }

    private static MouView.Agreed agreed(Agreed a) {
        return new MouView.Agreed(
                a.clause(),
                Words.withoutStop(a.says()),
                a.agreement(),
                Badge.of(Optional.ofNullable(a.verdict()).map(Verdict::valueOf)),
                Optional.ofNullable(a.coverage())
                        .map(c -> ClausePage.coverage(
                                new holdfast.judgement.ClauseVerdict.Coverage(c.covered(), c.judged()))),
                a.arriving() == 0 ? "" : Numbers.count(a.arriving()) + " arriving, in no number here",
                a.inPeriods().stream().map(p -> period(a, p)).toList(),
                a.noPeriod().stream().map(MouPage::noShare).toList());
    }

    private static MouView.InPeriod period(Agreed a, InPeriod p) {
        int scale = scale(p.sites());
        String until = p.until() == null ? "open" : "until " + p.until();
        return new MouView.InPeriod(
                "Runs from " + p.from() + ", " + until,
                Badge.of(Shares.State.valueOf(p.state())),
                Sizes.words(p.heldBytes()),
                provenance(p),
                "Bars 0 to %d %%. Mark: the agreed share; grey band: ±%s %% of it."
                        .formatted(scale, Numbers.percent(a.tolerancePercentOfShare())),
                p.sites().stream().map(s -> row(a, s, scale)).toList(),
                p.outside().stream().map(MouPage::noShare).toList());
    }

    private static String provenance(InPeriod p) {
        String gap = p.gap() == null ? "" : " The table has a gap: " + p.gap() + ".";
        String confirmed = p.confirmed()
                ? "Shares confirmed"
                : "Shares NOT CONFIRMED: nobody who entered them saw the agreement's own text";
        return "%s; entered by %s on %s.%s".formatted(confirmed, p.enteredBy(), p.enteredOn(), gap);
    }

    private static int scale(List<SiteShare> sites) {
        double largest = sites.stream()
                .mapToDouble(s -> Math.max(s.heldPercent(), s.highestPercent()))
                .max()
                .orElse(100);
        return Math.min(100, Math.max(STEP, (int) Math.ceil(largest / STEP) * STEP));
    }

    private static MouView.Row row(Agreed a, SiteShare s, int scale) {
        String held = Numbers.percent(s.heldPercent());
        String agreed = Numbers.percent(s.agreedPercent());
        String spoken = "%s holds %s percent; its share is %s, %s".formatted(s.site(), held, agreed, s.standing());
        Bar.Frame frame = new Bar.Frame(240, 14, scale);
        return new MouView.Row(
                s.site(),
                s.isOff(),
                Bar.plain(frame, s.heldPercent(), spoken)
                        .against(frame, s.agreedPercent(), a.tolerancePercentOfShare(), s.isLow()),
                held + " %",
                agreed + " %",
                Numbers.percent(s.lowestPercent()) + " to " + Numbers.percent(s.highestPercent()) + " %",
                Sizes.words(s.heldBytes()),
                Sizes.words(s.agreedBytes()),
                s.standing());
    }

    private static MouView.NoShare noShare(NoShare o) {
        String why = o.boundBy().isEmpty()
                ? "no clause asks for a complete copy there"
                : "bound to a complete copy by " + Words.and(o.boundBy());
        return new MouView.NoShare(o.site(), Sizes.words(o.bytes()), why);
    }
}
