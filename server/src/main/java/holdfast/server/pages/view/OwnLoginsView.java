package holdfast.server.pages.view;

import java.util.List;

/**
 * The page of one's own logins.
 *
 * @param token what shows that a form came from this page
 */
public record OwnLoginsView(Chrome chrome, String who, List<Row> rows, FormToken token) {
    public OwnLoginsView {
        rows = List.copyOf(rows);
    }

    /** Whether there is one besides that which looks. */
    public boolean hasOthers() {
        return rows.stream().anyMatch(row -> !row.here());
    }

    /**
     * A login.
     *
     * @param here whether it is the one that looks
     */
    public record Row(
            String id, String way, String identity, Times times, String network, String program, boolean here) {}

    /** Since when, when it last was used, and when it ends by itself. */
    public record Times(Moment since, Moment used, String until) {}
}
