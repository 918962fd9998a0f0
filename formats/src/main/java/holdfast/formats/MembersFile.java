package holdfast.formats;

import holdfast.access.MemberId;
import holdfast.access.Person;
import holdfast.access.Person.Means;
import holdfast.access.Person.Place;
import holdfast.access.Person.Term;
import holdfast.access.Roster;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads an export of members (docs/reference/members-file.md): CSV, JSON, or what a SCIM 2.0 service answers; all become the
 * same. An export with anything wrong in it is refused whole: a line left out would shut somebody out. Names and mail
 * addresses are read and not kept.
 */
public final class MembersFile {
    /** Characters of an export at most. */
    public static final int LONGEST = 32 << 20;

    private static final Set<String> LISTS = Set.of("roles", "groups", "identities");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9 ._/:+@-]{0,99}");
    private static final Pattern IDENTITY = Pattern.compile("\\P{Cntrl}{1,500}");
    private static final Pattern INSTITUTE = Pattern.compile("\\P{Cntrl}{1,200}");

    private final Findings findings;
    private final Map<MemberId, Spot> seen = new HashMap<>();
    private final SortedMap<MemberId, Person> people = new TreeMap<>();

    private MembersFile(Findings findings) {
        this.findings = findings;
    }

    /** An export taken apart, whatever its form. */
    private record Parts(Optional<Item.Word> asOf, List<Item> members) {}

    /**
     * Reads an export; whether it is CSV, JSON or SCIM its first characters and keys tell.
     *
     * @param fileName how findings call the file
     */
    public static Result<Roster> read(String text, String fileName) {
        Findings findings = new Findings(fileName);
        MembersFile file = new MembersFile(findings);
        Spot start = new Spot(1, 1);
        if (text.length() > LONGEST) {
            findings.add(start, "the export has more than " + LONGEST + " characters", "no list of members is so long");
            return findings.result(() -> new Roster(new TreeMap<>(), Optional.empty(), digest(text)));
        }
        Parts parts = parts(text.startsWith("\uFEFF") ? text.substring(1) : text, findings);
        Optional<Instant> asOf = parts.asOf().flatMap(file::instant);
        parts.members().forEach(file::member);
        Roster.confusion(file.people.values())
                .ifPresent(why -> findings.add(start, why, "give each of them their own"));
        return findings.result(() -> new Roster(file.people, asOf, digest(text)));
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Parts parts(String text, Findings findings) {
        String bare = text.stripLeading();
        if (!bare.startsWith("{") && !bare.startsWith("[")) {
            CsvItems.Read csv = CsvItems.read(text, MemberShapes.MEMBER, LISTS, findings);
            return new Parts(csv.remarks().field("as-of").map(f -> (Item.Word) f.value()), csv.rows());
        }
        Parts none = new Parts(Optional.empty(), List.of());
        return JsonItems.read(text, findings).map(item -> json(item, findings)).orElse(none);
    }

    private static Parts json(Item item, Findings findings) {
        if (!(item instanceof Item.Table table)) {
            findings.add(
                    item.spot(), "the export is " + item.form(), "write {\"holdfast-members\": 1, \"members\": [...]}");
            return new Parts(Optional.empty(), List.of());
        }
        if (ScimUsers.isOne(table)) {
            return new Parts(Optional.empty(), ScimUsers.members(table, findings));
        }
        Fields f = new Fields(table.spot(), table, MemberShapes.EXPORT, findings);
        f.count("holdfast-members", 1, 1);
        return new Parts(f.word("as-of"), f.rows("members"));
    }

    private void member(Item item) {
        if (!(item instanceof Item.Table table)) {
            findings.add(item.spot(), "a member is " + item.form(), "write a table with an id");
            return;
        }
        Fields f = new Fields(table.spot(), table, MemberShapes.MEMBER, findings);
        Optional<MemberId> id = f.as("id", MemberId::new);
        boolean active = f.flag("active", true);
        Term term = new Term(f.date("since"), f.date("until"));
        if (term.since().isPresent()
                && term.until().isPresent()
                && term.until().get().isBefore(term.since().get())) {
            findings.add(f.spot("until"), "the last day is before the first", "");
        }
        Place place = new Place(text(f, "institute", INSTITUTE), words(f, "roles", WORD), words(f, "groups", WORD));
        Means means = new Means(f.as("account", AccountName::new), words(f, "identities", IDENTITY));
        id.ifPresent(known -> keep(f.spot("id"), new Person(known, term, place, means), active));
    }

    private void keep(Spot at, Person person, boolean active) {
        Spot before = seen.putIfAbsent(person.id(), at);
        if (before != null) {
            findings.add(
                    at,
                    "'" + person.id() + "' stands here twice, first in line " + before.line(),
                    "give each member one entry");
        } else if (active) {
            people.put(person.id(), person);
        }
    }

    private Optional<String> text(Fields f, String key, Pattern form) {
        return f.word(key).flatMap(word -> checked(key, word, form));
    }

    private SortedSet<String> words(Fields f, String key, Pattern form) {
        SortedSet<String> words = new TreeSet<>();
        f.words(key).forEach(word -> checked(key, word, form).ifPresent(words::add));
        return words;
    }

    private Optional<String> checked(String key, Item.Word word, Pattern form) {
        if (form.matcher(word.text()).matches()) {
            return Optional.of(word.text());
        }
        findings.add(
                word.spot(),
                "'" + key + "' has '" + word.text() + "'",
                form.equals(WORD)
                        ? "write 1 to 100 letters, digits, blanks or . _ / : + @ -, several between semicolons or in a"
                                + " list"
                        : "write it without control characters, and not too long");
        return Optional.empty();
    }

    private Optional<Instant> instant(Item.Word word) {
        try {
            return Optional.of(OffsetDateTime.parse(word.text()).toInstant());
        } catch (DateTimeException bad) {
            findings.add(word.spot(), "'" + word.text() + "' names no instant", "write 2026-11-22T06:00:00Z");
            return Optional.empty();
        }
    }
}
