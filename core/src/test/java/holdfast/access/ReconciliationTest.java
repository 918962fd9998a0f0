package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Person.Means;
import holdfast.access.Person.Place;
import holdfast.access.Person.Term;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Digest;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Test
    void overATenthOfTheMembersNeverLeaveUnsaid() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            SortedMap<MemberId, Person> standing = people(0, 1 + random.nextInt(60));
            SortedMap<MemberId, Person> next = new TreeMap<>(standing);
            next.keySet().removeIf(id -> random.nextInt(10) == 0);
            next.putAll(people(100, random.nextInt(8)));
            long leavers = standing.keySet().stream()
                    .filter(id -> !next.containsKey(id))
                    .count();
            boolean allowed = !next.isEmpty() && leavers * 10 <= standing.size();
            assertThat(judged(standing, next, OptionalLong.empty()) instanceof Reconciliation.Taken)
                    .as("seed %d: %d of %d leave", seed, leavers, standing.size())
                    .isEqualTo(allowed);
            assertThat(judged(standing, next, OptionalLong.of(leavers)) instanceof Reconciliation.Taken)
                    .as("seed %d: %d leave, as somebody said", seed, leavers)
                    .isEqualTo(!next.isEmpty());
            assertThat(judged(standing, next, OptionalLong.of(leavers + 1)))
                    .as("seed %d: not so many as somebody said", seed)
                    .isInstanceOf(Reconciliation.Refused.class);
        }
    }

    @Test
    void whatIsTakenGivesTheRosterAndNobodyElse() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            SortedMap<MemberId, Person> standing = people(0, 40);
            SortedMap<MemberId, Person> next = people(random.nextInt(4), 40);
            next.replaceAll((id, person) -> random.nextInt(5) == 0 ? person(id.text(), "elsewhere") : person);
            Reconciliation.Taken taken = (Reconciliation.Taken) judged(standing, next, OptionalLong.empty());
            Map<MemberId, Person> after = new TreeMap<>(standing);
            taken.leaving().forEach(after::remove);
            taken.joining().forEach(p -> after.put(p.id(), p));
            taken.changing().forEach(p -> after.put(p.id(), p));
            assertThat(after).as("seed %d", seed).isEqualTo(next);
            assertThat(((Reconciliation.Taken) judged(after, next, OptionalLong.empty())).changesNothing())
                    .isTrue();
        }
    }

    @Test
    void anEmptyExportIsNeverTakenWhateverIsSaid() {
        assertThat(judged(people(0, 5), new TreeMap<>(), OptionalLong.of(5)))
                .isInstanceOf(Reconciliation.Refused.class);
        assertThat(judged(new TreeMap<>(), new TreeMap<>(), OptionalLong.empty()))
                .isInstanceOf(Reconciliation.Refused.class);
        SortedMap<MemberId, Person> over = new TreeMap<>();
        people(0, 3).values().forEach(p -> over.put(p.id(), until(p, "2026-11-21")));
        assertThat(judged(people(0, 3), over, OptionalLong.of(3))).isInstanceOf(Reconciliation.Refused.class);
    }

    @Test
    void theRefusalNamesTheNumbersAndTheRemedy() {
        Reconciliation.Refused refused =
                (Reconciliation.Refused) judged(people(0, 20), people(3, 17), OptionalLong.empty());
        assertThat(refused.why())
                .isEqualTo(
                        "3 of 20 members would leave, 17 stay or join, more than one in ten: where that is meant, say"
                                + " --accept-shrinking 3");
    }

    @Test
    void whoseTermIsOverLeavesNobodyShort() {
        SortedMap<MemberId, Person> standing = people(0, 10);
        for (int i = 0; i < 5; i++) {
            standing.computeIfPresent(new MemberId("m" + i), (_, p) -> until(p, "2026-11-21"));
        }
        assertThat(judged(standing, people(5, 5), OptionalLong.empty())).isInstanceOf(Reconciliation.Taken.class);
    }

    @Test
    void membershipLastsThroughItsLastDay() {
        Term term = new Term(Optional.of(TODAY), Optional.of(TODAY.plusDays(1)));
        assertThat(term.covers(TODAY.minusDays(1))).isFalse();
        assertThat(term.covers(TODAY)).isTrue();
        assertThat(term.covers(TODAY.plusDays(1))).isTrue();
        assertThat(term.covers(TODAY.plusDays(2))).isFalse();
        assertThat(term.isOver(TODAY.plusDays(1))).isFalse();
        assertThat(term.isOver(TODAY.plusDays(2))).isTrue();
    }

    @Test
    void twoPeopleWithOneAccountOrOneIdentityAreConfused() {
        Person anna = person("anna", "lab");
        Person other = new Person(
                new MemberId("m7"), Term.OPEN, anna.place(), new Means(Optional.of(new AccountName("anna")), none()));
        assertThat(Roster.confusion(Set.of(anna, other)))
                .hasValueSatisfying(why -> assertThat(why).contains("one account, anna"));
        Means one = new Means(Optional.empty(), new TreeSet<>(Set.of("/DC=org/CN=One")));
        Person left = new Person(new MemberId("m1"), Term.OPEN, anna.place(), one);
        Person right = new Person(new MemberId("m2"), Term.OPEN, anna.place(), one);
        assertThat(Roster.confusion(Set.of(left, right)).orElseThrow())
                .contains("one identity")
                .doesNotContain("CN=One");
        assertThat(Roster.confusion(new HashSet<>(people(0, 9).values()))).isEmpty();
    }

    private static Reconciliation judged(
            Map<MemberId, Person> standing, SortedMap<MemberId, Person> next, OptionalLong accepted) {
        return Reconciliation.of(
                standing, new Roster(next, Optional.empty(), Digest.sha256(new byte[0])), TODAY, accepted);
    }

    private static SortedMap<MemberId, Person> people(int from, int number) {
        SortedMap<MemberId, Person> people = new TreeMap<>();
        for (int i = from; i < from + number; i++) {
            Person person = person("m" + i, "lab");
            people.put(person.id(), person);
        }
        return people;
    }

    private static Person person(String id, String institute) {
        return new Person(
                new MemberId(id),
                Term.OPEN,
                new Place(Optional.of(institute), new TreeSet<>(Set.of("author")), none()),
                new Means(Optional.empty(), none()));
    }

    private static Person until(Person p, String day) {
        return new Person(p.id(), new Term(Optional.empty(), Optional.of(LocalDate.parse(day))), p.place(), p.means());
    }

    private static java.util.SortedSet<String> none() {
        return Collections.emptySortedSet();
    }
}
