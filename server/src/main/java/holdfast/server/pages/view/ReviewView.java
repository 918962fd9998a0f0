package holdfast.server.pages.view;

import java.util.List;
import java.util.Optional;

/**
 * The periodic access review, to be printed and signed off.
 *
 * @param source who says who is a member, and when it last did
 * @param silent why that word does not count now; empty where it does
 * @param ended members who left or whose last day is over
 * @param withoutAccount members of today of whom no account is known
 */
public record ReviewView(
        Chrome chrome,
        PlanView.AsOf asOf,
        String source,
        Optional<String> silent,
        String summary,
        List<Row> accounts,
        List<Former> ended,
        List<Former> withoutAccount) {
    public ReviewView {
        accounts = List.copyOf(accounts);
        ended = List.copyOf(ended);
        withoutAccount = List.copyOf(withoutAccount);
    }

    /**
     * An account.
     *
     * @param kind its type and, where it may not act, its status
     * @param who the member with the institute, or whose program it is
     * @param from what says that they may: the export, the house's own accounts, an owner
     * @param term since when and until when
     * @param has roles, groups, scopes and rules in words
     */
    public record Row(
            String account,
            String kind,
            String who,
            String standing,
            String from,
            String term,
            String has,
            String lastSeen,
            List<String> findings) {
        public Row {
            findings = List.copyOf(findings);
        }
    }

    /** Somebody of the source's. @param term from when to when @param ended since when they are none; empty while they are */
    public record Former(String member, String account, String institute, String term, String ended) {}
}
