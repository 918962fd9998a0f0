package holdfast.server.pages;

import holdfast.server.pages.view.PlanView;
import java.util.Optional;

/** The plan page. */
public final class PlanPage {
    private PlanPage() {}

    /** The page as HTML. @param viewer who is signed in */
    public static String render(PageData page, Optional<String> viewer) {
        return Templates.render("plan.jte", view(page, viewer));
    }

    static PlanView view(PageData page, Optional<String> viewer) {
        Surround surround = new Surround(page, viewer);
        ClauseGroups clauses = new ClauseGroups(page);
        RiskRows risks = new RiskRows(page);
        return new PlanView(
                surround.chrome("The plan"),
                surround.asOf(),
                StateSentence.of(page),
                clauses.strip(),
                risks.first(),
                risks.more(),
                clauses.table(),
                new ClassBySite(page).table(),
                new ShareTables(page).all());
    }
}
