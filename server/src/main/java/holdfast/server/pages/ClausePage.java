package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Clause;
import holdfast.server.pages.view.Badge;
import holdfast.server.pages.view.ClauseView;
import holdfast.server.pages.view.CoverageBar;
import holdfast.server.pages.view.Numbers;
import java.util.Optional;

/** The page of one clause. */
public final class ClausePage {
    private ClausePage() {}

    /** The page as HTML. @param viewer who is signed in */
    public static String render(ClauseData data, Optional<String> viewer) {
        return Templates.render("clause.jte", view(data, viewer));
    }

    static ClauseView view(ClauseData data, Optional<String> viewer) {
        PageData page = data.page();
        ClauseVerdict v = data.verdict().readAt(page.takenAt());
        Surround surround = new Surround(page, viewer);
        ClauseParts parts = new ClauseParts(data, v);
        return new ClauseView(
                surround.chrome(v.clause().id().name()),
                surround.asOf(),
                words(page, v.clause()),
                Badge.of(v.verdict()),
                ClauseSentence.of(page, data.verdict()),
                parts.duties(),
                parts.why(),
                parts.failing(),
                v.coverage().map(ClausePage::coverage),
                new ShareTables(page).of(v).stream().toList(),
                parts.waivers(),
                parts.evidence(),
                new RiskRows(page).touching(v.clause().id()),
                parts.next());
    }

    private static ClauseView.Words words(PageData page, Clause clause) {
        return new ClauseView.Words(
                clause.id().name(),
                Words.withoutStop(clause.says()),
                clause.section(),
                ClauseGroups.heading(page.plan(), clause),
                clause.binds(),
                clause.about().isEmpty() ? "no class" : Words.classes(clause),
                switch (clause.standing()) {
                    case DUTY -> "a duty";
                    case STATEMENT -> "a statement, no duty";
                });
    }

    static ClauseView.CoveragePanel coverage(ClauseVerdict.Coverage c) {
        long missing = c.judged() - c.covered();
        String spoken = "Coverage: %s of %s files have a copy that counts; %s %s not."
                .formatted(
                        Numbers.count(c.covered()),
                        Numbers.count(c.judged()),
                        Numbers.count(missing),
                        missing == 1 ? "does" : "do");
        return new ClauseView.CoveragePanel(
                Numbers.percent(c.covered(), c.judged()),
                CoverageBar.of(c.covered(), c.judged(), spoken),
                Numbers.count(c.covered(), "file"),
                Numbers.count(missing, "file"),
                Numbers.count(c.judged(), "file"));
    }
}
