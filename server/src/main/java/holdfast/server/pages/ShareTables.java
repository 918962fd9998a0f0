package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Share;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.plan.Obligation;
import holdfast.server.pages.view.Badge;
import holdfast.server.pages.view.Bar;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.PlanView.ShareCell;
import holdfast.server.pages.view.PlanView.ShareTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes held against agreed shares, all bars of one table on one scale. */
record ShareTables(PageData page) {
    /** Scales end at a multiple of this, in percent. */
    private static final int STEP = 5;

    List<ShareTable> all() {
        return Listing.inOrder(page).stream().flatMap(v -> of(v).stream()).toList();
    }

    Optional<ShareTable> of(ClauseVerdict v) {
        return v.shares().map(shares -> table(v, shares));
    }

    private ShareTable table(ClauseVerdict v, Shares shares) {
        Optional<Obligation.FollowShares> duty = v.clause().agreed().stream()
                .flatMap(d -> d.obligation() instanceof Obligation.FollowShares f
                        ? java.util.stream.Stream.of(f)
                        : java.util.stream.Stream.empty())
                .findFirst();
        double within = duty.map(Obligation.FollowShares::withinPercent).orElse(0.0);
        int scale = scale(shares, within);
        return new ShareTable(
                v.clause().id().name(),
                v.clause().id() + (v.clause().about().isEmpty() ? "" : ", " + Words.classes(v.clause())),
                Badge.of(shares.state()),
                shares.sites().stream().map(s -> cell(s, within, scale)).toList(),
                scale,
                note(shares, duty, scale));
    }

    private static int scale(Shares shares, double within) {
        double largest = shares.sites().stream()
                .mapToDouble(s -> Math.max(s.held(), s.agreed() * (1 + within / 100)))
                .max()
                .orElse(100);
        return Math.min(100, Math.max(STEP, (int) Math.ceil(largest / STEP) * STEP));
    }

    private static ShareCell cell(Share s, double within, int scale) {
        boolean low = !s.within() && s.held() < s.agreed();
        String held = Numbers.percent(s.held());
        String agreed = Numbers.percent(s.agreed());
        String spoken = "%s holds %s percent; its share is %s%s"
                .formatted(s.site(), held, agreed, s.within() ? "" : low ? ", low" : ", high");
        return new ShareCell(
                s.site().name(),
                held + " %",
                agreed,
                low,
                !s.within(),
                bar(new Bar.Frame(120, 9, scale), s, within, spoken),
                bar(new Bar.Frame(300, 14, scale), s, within, spoken));
    }

    private static Bar bar(Bar.Frame frame, Share s, double within, String spoken) {
        boolean low = !s.within() && s.held() < s.agreed();
        return Bar.plain(frame, s.held(), spoken).against(frame, s.agreed(), within, low);
    }

    private static String note(Shares shares, Optional<Obligation.FollowShares> duty, int scale) {
        List<String> lines = new ArrayList<>();
        if (!shares.sites().isEmpty()) {
            lines.add("Bars 0 to %d %%. Mark: the agreed share; grey band: ±%s %% of it. A share below the band is a"
                            .formatted(
                                    scale,
                                    Numbers.percent(duty.map(Obligation.FollowShares::withinPercent)
                                            .orElse(0.0)))
                    + " broken agreement, not a loss.");
        }
        if (!shares.note().isBlank()) {
            lines.add(Words.sentence(shares.note()));
        }
        return String.join(" ", lines);
    }
}
