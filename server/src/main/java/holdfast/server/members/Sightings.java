package holdfast.server.members;

import holdfast.access.GroupClaim;
import holdfast.access.MemberId;
import holdfast.access.Person;
import holdfast.access.Person.Means;
import holdfast.access.Person.Place;
import holdfast.access.Person.Term;
import holdfast.access.SourceWord;
import holdfast.journal.Micros;
import holdfast.plan.MemberGroups;
import holdfast.plan.MemberSource;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.catalog.Account;
import holdfast.server.catalog.Accounts;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps which accounts of people came in as members by their groups (decision 0029): since when, until when that holds if they do not come
 * again, and where a younger word says that they are none. A day at a time: most requests write nothing.
 */
public final class Sightings {
    private static final System.Logger LOG = System.getLogger(Sightings.class.getName());
    private static final Actor SELF = new Actor("member-groups");

    /** How often the source's last word is renewed at most. */
    private static final Duration RENEWED = Duration.ofHours(1);

    private final Supplier<MemberSource> source;
    private final MemberBook book;
    private final Accounts accounts;
    private final HouseClock clock;

    /** @param book of those who were seen */
    public Sightings(Supplier<MemberSource> source, MemberBook book, Accounts accounts, HouseClock clock) {
        this.source = source;
        this.book = book;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Somebody came in; whether they are let in is decided by what was said of them, and not by what is kept here. */
    public void came(Caller caller) {
        Optional<MemberGroups> groups = source.get().groups();
        if (groups.isEmpty()
                || caller.claim().filter(claim -> claim.isAsked(groups.get())).isEmpty()) {
            return;
        }
        Seen seen = new Seen(caller.account(), caller.claim().get(), groups.get(), Micros.cut(clock.now()));
        if (changes(seen, book.registry().documents()).isEmpty()) {
            return;
        }
        try {
            book.registry().change(SELF, documents -> changes(seen, documents));
        } catch (RuntimeException failed) {
            // They are let in all the same, and it is tried again with their next request.
            LOG.log(System.Logger.Level.WARNING, "who came as a member was not kept: {0}", failed.toString());
        }
    }

    private record Seen(AccountName account, GroupClaim claim, MemberGroups groups, Instant now) {}

    private List<Change> changes(Seen seen, Registry.Documents documents) {
        Optional<Place> place = seen.claim.place(seen.groups);
        List<Change> changes = new ArrayList<>();
        if (isPersons(seen.account)) {
            Optional<Membership> before = book.find(documents, id(seen.account));
            after(before, seen, place)
                    .filter(member -> !Optional.of(member).equals(before))
                    .ifPresent(member -> changes.add(book.put(member)));
        }
        boolean isNews = book.said(documents)
                .filter(said -> seen.now.isBefore(said.plus(RENEWED)))
                .isEmpty();
        if (place.isPresent() && isNews) {
            changes.add(book.put(new SourceWord(seen.now)));
        }
        return changes;
    }

    /** Shared and service accounts are nobody's. */
    private boolean isPersons(AccountName account) {
        return accounts.find(account)
                .filter(known -> known.type() == Account.Type.USER)
                .isPresent();
    }

    /** What is to be kept of somebody; empty where they never were a member, and are none. */
    private static Optional<Membership> after(Optional<Membership> before, Seen seen, Optional<Place> place) {
        return place.isPresent() ? Optional.of(member(before, seen, place.get())) : before.map(was -> none(was, seen));
    }

    private static Membership member(Optional<Membership> before, Seen seen, Place place) {
        LocalDate today = Members.day(seen.now);
        LocalDate last = today.plusDays(seen.groups.seenWithin().toDays());
        Optional<Membership> stood = before.filter(was -> was.covers(today));
        if (stood.isEmpty() && before.filter(was -> !isYounger(seen, was)).isPresent()) {
            // An older word, from before they left.
            return before.get();
        }
        Person person = new Person(
                id(seen.account),
                new Term(Optional.empty(), Optional.of(last)),
                place,
                new Means(Optional.of(seen.account), Collections.emptySortedSet()));
        return new Membership(person, stood.map(Membership::joined).orElse(seen.now), Optional.empty());
    }

    private static boolean isYounger(Seen seen, Membership was) {
        return was.left().filter(left -> !seen.claim.said().isAfter(left)).isEmpty();
    }

    /** They left when that was said; what was said before they joined ends nothing. */
    private static Membership none(Membership was, Seen seen) {
        Instant said = seen.claim.said().isBefore(seen.now) ? seen.claim.said() : seen.now;
        return was.left().isPresent() || !said.isAfter(was.joined())
                ? was
                : new Membership(was.person(), was.joined(), Optional.of(said));
    }

    private static MemberId id(AccountName account) {
        return new MemberId(account.name());
    }
}
