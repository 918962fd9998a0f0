package holdfast.plan;

import holdfast.plan.Change.Direction;
import holdfast.plan.MemberSource.Signing;
import holdfast.vocabulary.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two plans, or two sites files, as far as the files alone tell: clauses loosened and tightened by
 * what they ask, classes that mean other files, limits, elements and shares. What that does to real files is for a server
 * to say, which knows them.
 */
public final class PlanDiff {
    private static final SortedSet<String> NO_WORDS = Collections.emptySortedSet();

    private final List<Change> changes = new ArrayList<>();

    private PlanDiff() {}

    /** The differences between two plans; the loosened first. */
    public static List<Change> between(Plan was, Plan is) {
        PlanDiff diff = new PlanDiff();
        diff.eachOf("clause", was.clauses(), is.clauses(), (a, b) -> diff.changes.addAll(ClauseDiff.between(a, b)));
        diff.classes(was, is);
        diff.eachOf("level", was.levels(), is.levels(), diff::level);
        diff.eachOf("lifetime", was.lifetimes(), is.lifetimes(), (a, b) -> diff.other("lifetime " + a.name(), a, b));
        diff.eachOf(
                "attributes of scope",
                was.fromName(),
                is.fromName(),
                (a, b) -> diff.changed(Direction.CHANGED, "attributes", "are read by " + b + ", before by " + a));
        diff.members(was.members(), is.members());
        diff.limits(was.limits(), is.limits());
        return sorted(diff.changes);
    }

    /** The differences between two sites files. */
    public static List<Change> between(Sites was, Sites is) {
        return sorted(SitesDiff.between(was, is));
    }

    static List<Change> sorted(List<Change> changes) {
        return changes.stream()
                .sorted(java.util.Comparator.comparing(Change::direction))
                .toList();
    }

    private <K, V> void eachOf(String what, Map<K, V> was, Map<K, V> is, BiConsumer<V, V> both) {
        for (K key : java.util.stream.Stream.concat(was.keySet().stream(), is.keySet().stream())
                .distinct()
                .toList()) {
            @Nullable V before = was.get(key);
            @Nullable V after = is.get(key);
            if (before == null || after == null) {
                boolean gone = after == null;
                changed(
                        gone ? Direction.REMOVED : Direction.ADDED,
                        what.equals("clause") ? key.toString() : what + " " + key,
                        gone ? "is no longer there" : "is new: " + said(Objects.requireNonNull(after)));
            } else if (!before.equals(after)) {
                both.accept(before, after);
            }
        }
    }

    private static String said(Object value) {
        return switch (value) {
            case Clause clause -> clause.says();
            case Level level ->
                level.name() + ", for " + level.audience().name().toLowerCase(java.util.Locale.ROOT);
            case Lifetime lifetime -> "its end is declared by " + lifetime.declaredBy();
            case ClassRule rule -> ClassDiff.selector(rule);
            default -> value.toString();
        };
    }

    private void classes(Plan was, Plan is) {
        Map<String, ClassRule> before = byName(was);
        Map<String, ClassRule> after = byName(is);
        eachOf("class", before, after, (a, b) -> changes.addAll(ClassDiff.between(a, b)));
        List<String> order = new ArrayList<>(before.keySet());
        takenByNew(order, is);
        List<String> orderNow = new ArrayList<>(after.keySet());
        order.retainAll(after.keySet());
        orderNow.retainAll(before.keySet());
        if (!order.equals(orderNow)) {
            changed(Direction.LOOSENED, "classes", "stand in another order: objects may move to another class");
        }
        changes.addAll(ClassDiff.duties(was, is));
    }

    /** A new class of files that stands before an old one may take objects from it. */
    private void takenByNew(List<String> old, Plan is) {
        List<ClassRule> rules = is.classes();
        for (int i = 0; i < rules.size(); i++) {
            ClassRule rule = rules.get(i);
            boolean beforeOld = rules.subList(i, rules.size()).stream().anyMatch(r -> old.contains(r.id().name()));
            if (!old.contains(rule.id().name()) && !rule.scopes().isEmpty() && beforeOld) {
                changed(Direction.LOOSENED, "class " + rule.id(), "stands before others: objects may move to it");
            }
        }
    }

    private static Map<String, ClassRule> byName(Plan plan) {
        Map<String, ClassRule> rules = new java.util.LinkedHashMap<>();
        plan.classes().forEach(rule -> rules.put(rule.id().name(), rule));
        return rules;
    }

    private void level(Level was, Level is) {
        String subject = "level " + was.id();
        if (was.audience() != is.audience()) {
            boolean opened = is.audience() == Level.Audience.PUBLIC;
            changed(
                    opened ? Direction.LOOSENED : Direction.TIGHTENED,
                    subject,
                    opened ? "is opened to the public" : "is closed to all but members");
        }
        if (was.hidesExistence() != is.hidesExistence()) {
            changed(
                    is.hidesExistence() ? Direction.TIGHTENED : Direction.LOOSENED,
                    subject,
                    is.hidesExistence() ? "hides that objects exist" : "no longer hides that objects exist");
        }
        writers(subject, was.writtenBy(), is.writtenBy());
        if (was.entry() != is.entry()) {
            boolean byAct = is.entry() == Level.Entry.ACT;
            changed(
                    byAct ? Direction.TIGHTENED : Direction.LOOSENED,
                    subject,
                    byAct ? "is entered by signed acts alone" : "is entered without a signed act");
        }
        if (!was.notice().equals(is.notice())) {
            changed(
                    Direction.CHANGED,
                    subject,
                    "carries the notice " + is.notice().orElse("none"));
        }
        if (!was.name().equals(is.name())) {
            changed(Direction.WORDING, subject, "is called " + is.name());
        }
    }

    /** No role at all means that the catalogue's permission is enough; else the fewer roles, the stricter. */
    private void writers(String subject, Set<String> was, Set<String> is) {
        if (!was.equals(is)) {
            boolean tighter = was.isEmpty() || !is.isEmpty() && was.containsAll(is);
            changed(
                    tighter ? Direction.TIGHTENED : Direction.LOOSENED,
                    subject,
                    is.isEmpty()
                            ? "is written by whoever the catalogue lets"
                            : "is written by the roles " + new TreeSet<>(is));
        }
    }

    private void members(MemberSource was, MemberSource is) {
        if (was.from() != is.from()) {
            // Another source may know others: only where nobody outside said who they are is any source the stricter.
            changed(
                    was.isOutside() ? Direction.LOOSENED : Direction.TIGHTENED,
                    "members",
                    switch (is.from()) {
                        case ACCOUNTS -> "are whoever has an account here";
                        case EXPORT -> "are told by an export";
                        case GROUPS -> "are told by the groups of whoever comes in";
                    });
        }
        was.groups().ifPresent(before -> is.groups().ifPresent(after -> groups(before, after)));
        span(
                "count after the source's last word for",
                Strictness.shorter(was.silentAfter(), is.silentAfter()),
                was.silentAfter(),
                is.silentAfter());
        signing(was.signing(), is.signing());
    }

    private void groups(MemberGroups was, MemberGroups is) {
        words("groups are told by", was.toldBy(), is.toldBy());
        words("are those of the groups", was.members(), is.members());
        SortedSet<String> roles = new TreeSet<>(was.roles().keySet());
        roles.addAll(is.roles().keySet());
        for (String role : roles) {
            words(
                    "have the role %s by the groups".formatted(role),
                    was.roles().getOrDefault(role, NO_WORDS),
                    is.roles().getOrDefault(role, NO_WORDS));
        }
        if (!was.institutesBelow().equals(is.institutesBelow())) {
            changed(
                    Direction.LOOSENED,
                    "members",
                    "are of institutes by "
                            + is.institutesBelow()
                                    .map(group -> "the groups below " + group)
                                    .orElse("no group"));
        }
        span(
                "who do not come in stand for",
                Strictness.shorter(was.seenWithin(), is.seenWithin()),
                was.seenWithin(),
                is.seenWithin());
    }

    /** Words of which one is enough: the fewer, the stricter. */
    private void words(String what, SortedSet<String> was, SortedSet<String> is) {
        if (!was.equals(is)) {
            changed(
                    was.containsAll(is) ? Direction.TIGHTENED : Direction.LOOSENED,
                    "members",
                    what + " " + is + ", before " + was);
        }
    }

    private void signing(Signing was, Signing is) {
        span(
                "signers are members for",
                Strictness.shorter(is.memberFor(), was.memberFor()),
                was.memberFor(),
                is.memberFor());
        span(
                "signatures wait for",
                Strictness.shorter(was.lapseAfter(), is.lapseAfter()),
                was.lapseAfter(),
                is.lapseAfter());
        if (was.ofDifferentInstitutes() != is.ofDifferentInstitutes()) {
            changed(
                    is.ofDifferentInstitutes() ? Direction.TIGHTENED : Direction.LOOSENED,
                    "members",
                    is.ofDifferentInstitutes()
                            ? "sign an act from different institutes"
                            : "may sign an act from one institute");
        }
    }

    private void span(String what, Strictness strictness, Duration was, Duration is) {
        if (strictness != Strictness.SAME) {
            changed(
                    strictness == Strictness.TIGHTER ? Direction.TIGHTENED : Direction.LOOSENED,
                    "members",
                    what + " " + InWords.say(is) + ", before " + InWords.say(was));
        }
    }

    private void limits(Limits was, Limits is) {
        for (Limit limit : Limit.values()) {
            Strictness strictness = Strictness.shorter(limit.in(was), limit.in(is));
            if (strictness != Strictness.SAME) {
                changed(
                        strictness == Strictness.TIGHTER ? Direction.TIGHTENED : Direction.LOOSENED,
                        "limit " + limit.words(),
                        "is " + InWords.say(limit.in(is)) + ", before " + InWords.say(limit.in(was)));
            }
        }
        sites("buffer read is proof at", was.bufferProof(), is.bufferProof());
        sites("cartridge sample is proof at", was.sampleProof(), is.sampleProof());
    }

    /** Sites where something is taken as proof: the fewer, the stricter. */
    private void sites(String limit, Set<SiteName> was, Set<SiteName> is) {
        if (!was.equals(is)) {
            boolean fewer = was.containsAll(is);
            changed(
                    fewer ? Direction.TIGHTENED : Direction.LOOSENED,
                    "limit " + limit,
                    "is " + new TreeSet<>(is) + ", before " + new TreeSet<>(was));
        }
    }

    private void other(String subject, Lifetime was, Lifetime is) {
        changed(
                Direction.LOOSENED,
                subject,
                "is declared by " + is.declaredBy() + ", not before the end of "
                        + is.notBefore().orElse("none") + "; was by " + was.declaredBy() + ", not before "
                        + was.notBefore().orElse("none"));
    }

    private void changed(Direction direction, String subject, String says) {
        changes.add(new Change(direction, subject, says));
    }
}
