package holdfast.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which groups, told by whom, make somebody a member: claims of tokens ({@code wlcg.groups}, WLCG Common JWT Profiles 1.0, section 2.2.3) and
 * attributes of VOMS. Everything is compared character for character.
 *
 * @param toldBy the issuers whose word on groups counts, as their tokens have them in {@code iss}; and {@value #VOMS}
 * @param members those of which one makes a member
 * @param roles for each role those of which one gives it to a member
 * @param institutesBelow the group whose direct subgroups are institutes; empty where none are told
 * @param seenWithin how long somebody who does not come in is still one of those who may sign and own programs
 */
public record MemberGroups(
        SortedSet<String> toldBy,
        SortedSet<String> members,
        SortedMap<String, SortedSet<String>> roles,
        Optional<String> institutesBelow,
        Duration seenWithin) {
    /** How a plan calls what a front end says that checked a proxy of VOMS. */
    public static final String VOMS = "voms";

    /** What holds where a plan says nothing of {@code seen within}. */
    public static final Duration SEEN_WITHIN = Duration.ofDays(30);

    public MemberGroups {
        toldBy = sorted(toldBy);
        members = sorted(members);
        SortedMap<String, SortedSet<String>> copies = new TreeMap<>();
        roles.forEach((role, groups) -> copies.put(role, sorted(groups)));
        roles = Collections.unmodifiableSortedMap(copies);
    }

    private static SortedSet<String> sorted(Set<String> words) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }
}
