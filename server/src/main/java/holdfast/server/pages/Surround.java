package holdfast.server.pages;

import holdfast.server.pages.view.Chrome;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.PlanView.AsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What surrounds a page: menu, title, viewer, and in the footer what it was made of. */
record Surround(PageData page, Optional<String> viewer) {

    /** Where the reader is, for the menu. */
    enum Here {
        PLAN,
        MOU,
        /** Not in the menu of others: it is the custodian's. */
        REVIEW
    }

    Chrome chrome(String title) {
        return chrome(title, Here.PLAN);
    }

    Chrome chrome(String title, Here here) {
        return new Chrome(
                title,
                Optional.of(page.plan().title()),
                menu(here),
                viewer,
                List.of(
                        "Data taken " + Moment.words(page.takenAt()),
                        "Plan version " + page.plan().version(),
                        "Journal: %s, %s"
                                .formatted(
                                        Numbers.count(page.head().size())
                                                + (page.head().size() == 1 ? " entry" : " entries"),
                                        page.head()
                                                .signedAt()
                                                .map(s -> "tree head signed " + Moment.words(s))
                                                .orElse("no tree head signed yet"))));
    }

    private static List<Chrome.Link> menu(Here here) {
        List<Chrome.Link> menu = new ArrayList<>(List.of(
                new Chrome.Link("Plan", "/plan", here == Here.PLAN),
                new Chrome.Link("Shares", "/report/mou", here == Here.MOU)));
        if (here == Here.REVIEW) {
            menu.add(new Chrome.Link("Access", "/report/access", true));
        }
        return menu;
    }

    AsOf asOf() {
        return new AsOf(page.plan().version(), Moment.of(page.takenAt(), page.takenAt()), Words.localClock(page));
    }
}
