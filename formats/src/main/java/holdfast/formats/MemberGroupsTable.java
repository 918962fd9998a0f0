package holdfast.formats;

import holdfast.plan.MemberGroups;
import holdfast.plan.MemberSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a plan's {@code members} says of groups that make members. */
final class MemberGroupsTable {
    private static final String TOLD_BY = "told by";
    private static final String GROUPS = "groups";
    private static final String ROLES = "roles";
    private static final String INSTITUTES = "institutes below";
    private static final String SEEN_WITHIN = "seen within";
    private static final Pattern ISSUER = Pattern.compile(MemberGroups.VOMS + "|https?://[!-~]+");
    private static final Pattern GROUP = Pattern.compile("[!-~]+( [!-~]+)*");
    private static final Pattern OF_NULL = Pattern.compile(".*/(Role|Capability)=NULL.*|.*/Capability=.*");

    private final Fields f;

    MemberGroupsTable(Fields f) {
        this.f = f;
    }

    /** Empty where another source is asked; what is said of groups there is a finding. */
    Optional<MemberGroups> read(MemberSource.From from) {
        if (from != MemberSource.From.GROUPS) {
            for (String key : List.of(TOLD_BY, GROUPS, ROLES, INSTITUTES, SEEN_WITHIN)) {
                if (f.has(key)) {
                    f.findings()
                            .add(
                                    f.spot(key),
                                    "'" + key + "' is asked only from groups",
                                    "write from: groups, or leave it out");
                }
            }
            return Optional.empty();
        }
        for (String key : List.of(TOLD_BY, GROUPS)) {
            if (f.words(key).isEmpty()) {
                f.findings().add(f.spot(key), "members from groups need '" + key + "'", "name one at least");
            }
        }
        SortedMap<String, SortedSet<String>> roles = new TreeMap<>();
        Item.Table table = f.table(ROLES);
        for (Item.Field role : table.fields()) {
            roles.put(role.name(), groups(f.wordsOf(role)));
        }
        return Optional.of(new MemberGroups(issuers(), groups(f.words(GROUPS)), roles, institutes(), seenWithin()));
    }

    private SortedSet<String> issuers() {
        SortedSet<String> issuers = new TreeSet<>();
        for (Item.Word word : f.words(TOLD_BY)) {
            if (!ISSUER.matcher(word.text()).matches()) {
                f.findings()
                        .add(
                                word.spot(),
                                "'" + word.text() + "' is no issuer",
                                "write its address as its tokens have it in iss, such as https://iam.example.org/; or voms");
            }
            issuers.add(word.text());
        }
        return issuers;
    }

    private SortedSet<String> groups(List<Item.Word> words) {
        SortedSet<String> groups = new TreeSet<>();
        for (Item.Word word : words) {
            if (!GROUP.matcher(word.text()).matches()) {
                f.findings().add(word.spot(), "'" + word.text() + "' is no group", "write printable characters");
            } else if (OF_NULL.matcher(word.text()).matches()) {
                f.findings()
                        .add(
                                word.spot(),
                                "'" + word.text() + "' is compared without Role=NULL and without a capability",
                                "leave them out, as in /lab or /lab/Role=production");
            }
            groups.add(word.text());
        }
        return groups;
    }

    private Optional<String> institutes() {
        Optional<String> top = f.maybe(INSTITUTES);
        if (top.filter(group -> group.endsWith("/")).isPresent()) {
            f.findings().add(f.spot(INSTITUTES), "'" + top.get() + "' ends with a slash", "name the group itself");
        }
        return top;
    }

    /** In days: who came is kept a day at a time. */
    private Duration seenWithin() {
        Duration span = f.span(SEEN_WITHIN).orElse(MemberGroups.SEEN_WITHIN);
        if (!span.equals(Duration.ofDays(span.toDays()))) {
            f.findings().add(f.spot(SEEN_WITHIN), "who came is kept a day at a time", "write whole days, such as 30 d");
        }
        return span;
    }
}
