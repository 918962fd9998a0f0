package holdfast.judgement;

import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.plan.Duty;
import holdfast.vocabulary.DataId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found of the files that a clause speaks of, added up by the caller over its rows.
 *
 * @param duties the answers to each duty about files, over all its subjects (see {@link Judge#isSubject})
 * @param worst the worst answer of each file to all duties ({@link Judge#worst}), so that a file counts once
 * @param named failing files by name, as many as the caller wants shown
 * @param waivedShort of the files that waivers in force name ({@link Judge#waived}), those that fall short
 */
public record Subjects(Map<Duty, Tally> duties, Tally worst, List<Failing> named, Set<DataId> waivedShort) {
    /** No file at all. */
    public static final Subjects NONE = new Subjects(Map.of(), Tally.NONE, List.of(), Set.of());

    public Subjects {
        duties = Map.copyOf(duties);
        named = List.copyOf(named);
        waivedShort = Set.copyOf(waivedShort);
    }

    /** The tally of one duty; none of its subjects were found when the caller has none. */
    Tally of(Duty duty) {
        return duties.getOrDefault(duty, Tally.NONE);
    }
}
