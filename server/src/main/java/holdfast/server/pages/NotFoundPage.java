package holdfast.server.pages;

import holdfast.server.pages.view.Chrome;
import java.util.List;
import java.util.Optional;

/** The answer to everything that does not exist or is hidden: the same bytes always, with nothing of the request in it. */
public final class NotFoundPage {
    private static final String HTML = Templates.render(
            "notFound.jte", new Chrome("Not found", Optional.empty(), List.of(), Optional.empty(), List.of()));

    private NotFoundPage() {}

    public static String html() {
        return HTML;
    }
}
