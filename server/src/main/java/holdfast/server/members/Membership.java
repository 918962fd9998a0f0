package holdfast.server.members;

import holdfast.access.MemberId;
import holdfast.access.Person;
import holdfast.access.Person.Means;
import holdfast.access.Person.Place;
import holdfast.access.Person.Term;
import holdfast.vocabulary.AccountName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Somebody whom the source named once, as recorded.
 *
 * @param joined when an export first named them, or did again after they had left
 * @param left since when no export names them; empty while one does
 */
public record Membership(Person person, Instant joined, Optional<Instant> left) {

    /** Whether they are a member on a day. */
    public boolean covers(LocalDate day) {
        return left.isEmpty() && person.term().covers(day);
    }

    /** Whether they were a member, and are none any more. */
    public boolean isOver(LocalDate day) {
        return left.isPresent() || person.term().isOver(day);
    }

    /** The document of a member; its key is their id. */
    record Kept(
            Optional<String> account,
            List<String> groups,
            Optional<String> institute,
            Instant joined,
            Optional<Instant> left,
            List<String> roles,
            Optional<LocalDate> since,
            Optional<LocalDate> until) {

        static Kept of(Membership member) {
            Person person = member.person();
            return new Kept(
                    person.means().account().map(AccountName::name),
                    List.copyOf(person.place().groups()),
                    person.place().institute(),
                    member.joined(),
                    member.left(),
                    List.copyOf(person.place().roles()),
                    person.term().since(),
                    person.term().until());
        }

        Membership of(String key) {
            return new Membership(
                    new Person(
                            new MemberId(key),
                            new Term(since, until),
                            new Place(institute, new TreeSet<>(roles), new TreeSet<>(groups)),
                            new Means(account.map(AccountName::new), Collections.emptySortedSet())),
                    joined,
                    left);
        }
    }
}
