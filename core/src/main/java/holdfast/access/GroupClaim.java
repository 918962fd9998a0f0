package holdfast.access;

import holdfast.plan.MemberGroups;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was said of somebody's groups as they came in. It belongs to that login and to no other of the same person: a token that
 * was made to say less opens less.
 *
 * @param by who said it: an issuer as its tokens have it in {@code iss}, or {@value MemberGroups#VOMS}
 * @param groups in the issuer's spelling; FQANs of VOMS without what is NULL
 * @param said when
 */
public record GroupClaim(String by, SortedSet<String> groups, Instant said) {
    public GroupClaim {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /** Whether a plan asks this one at all. */
    public boolean isAsked(MemberGroups plan) {
        return plan.toldBy().contains(by);
    }

    /**
     * Where these groups put somebody, by a plan; empty where they make no member. Of the groups those alone are named that the plan
     * asks for. Who is of several institutes is of none that counts.
     */
    public Optional<Person.Place> place(MemberGroups plan) {
        if (!isAsked(plan) || Collections.disjoint(groups, plan.members())) {
            return Optional.empty();
        }
        SortedSet<String> roles = new TreeSet<>();
        SortedSet<String> named = new TreeSet<>(plan.members());
        plan.roles().forEach((role, giving) -> {
            named.addAll(giving);
            if (!Collections.disjoint(groups, giving)) {
                roles.add(role);
            }
        });
        named.retainAll(groups);
        return Optional.of(new Person.Place(institute(plan), roles, named));
    }

    private Optional<String> institute(MemberGroups plan) {
        var institutes = plan.institutesBelow().stream()
                .flatMap(top -> groups.stream().flatMap(group -> below(top + "/", group)))
                .toList();
        return institutes.size() == 1 ? Optional.of(institutes.getFirst()) : Optional.empty();
    }

    private static Stream<String> below(String top, String group) {
        String rest = group.startsWith(top) ? group.substring(top.length()) : "";
        return rest.isEmpty() || rest.contains("/") ? Stream.empty() : Stream.of(rest);
    }
}
