package holdfast.access;

import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One export of the source: everybody whom it names as a member.
 *
 * @param asOf of which moment it is, where it says so
 * @param digest of its bytes
 */
public record Roster(SortedMap<MemberId, Person> people, Optional<Instant> asOf, Digest digest) {
    public Roster {
        people = Collections.unmodifiableSortedMap(new TreeMap<>(people));
    }

    /**
     * Two of the people of whom nobody could tell which is meant, as a sentence; empty where all can be told apart. An account
     * or an identity that two people share would let the one in for the other.
     */
    public static Optional<String> confusion(Collection<Person> people) {
        Map<AccountName, MemberId> accounts = new HashMap<>();
        Map<String, MemberId> identities = new HashMap<>();
        for (Person person : people) {
            Optional<MemberId> same = person.account()
                    .map(account -> accounts.putIfAbsent(account, person.id()))
                    .filter(other -> !other.equals(person.id()));
            if (same.isPresent()) {
                return Optional.of("the members %s and %s have one account, %s"
                        .formatted(
                                same.get(),
                                person.id(),
                                person.account().map(AccountName::name).orElse("")));
            }
            for (String identity : person.means().identities()) {
                MemberId other = identities.putIfAbsent(identity, person.id());
                if (other != null && !other.equals(person.id())) {
                    return Optional.of("the members %s and %s have one identity".formatted(other, person.id()));
                }
            }
        }
        return Optional.empty();
    }
}
