package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Waiver;
import holdfast.vocabulary.Visible;
import java.util.List;
import java.util.Map;

/**
 * What one clause's page is made of.
 *
 * @param page the whole evaluation that the verdict belongs to
 * @param next what happens next, by {@link ClauseVerdict.Failing#subject}; subjects of which that is not known are left
 *     out
 * @param waivers the clause's waivers, lapsed ones too
 */
public record ClauseData(PageData page, ClauseVerdict verdict, Map<String, String> next, List<Waiver> waivers) {
    public ClauseData {
        next = Map.copyOf(next);
        waivers = List.copyOf(waivers);
    }

    /** The same for somebody from whom files are hidden. */
    ClauseData seenBy(Visible sees) {
        return sees.isWhole()
                ? this
                : new ClauseData(
                        page.seenBy(sees),
                        verdict.seenBy(sees),
                        next,
                        waivers.stream()
                                .filter(waiver -> waiver.subjects().stream().allMatch(sees::allows))
                                .toList());
    }
}
