package holdfast.server.pages.view;

import java.util.List;
import java.util.Optional;

/**
 * What surrounds every page.
 *
 * @param title the browser's title, without the product
 * @param subtitle beside the mark: the plan's title; empty on pages that say nothing of the system
 * @param menu the pages that exist
 * @param viewer who is signed in; empty prints nothing
 * @param footer when the data were taken, plan version, journal size and tree head
 */
public record Chrome(
        String title, Optional<String> subtitle, List<Link> menu, Optional<String> viewer, List<String> footer) {
    public Chrome {
        menu = List.copyOf(menu);
        footer = List.copyOf(footer);
    }

    /** A link; {@code here} for the page one is on. */
    public record Link(String words, String where, boolean here) {}
}
