package holdfast.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What an export comes to, beside the members who stand. An export that was cut off, or that is another experiment's, must
 * not shut everybody out: it is refused where nobody in it is a member today, or where more than a tenth of today's members
 * would leave. Who means it names the number of those who leave.
 */
public sealed interface Reconciliation {
    /** One in so many may leave by one export. */
    int TENTH = 10;

    /**
     * It is taken.
     *
     * @param joining people who did not stand before
     * @param changing people who stood, as they are now
     * @param leaving people who stood and are not in it
     */
    record Taken(List<Person> joining, List<Person> changing, List<MemberId> leaving) implements Reconciliation {
        public Taken {
            joining = List.copyOf(joining);
            changing = List.copyOf(changing);
            leaving = List.copyOf(leaving);
        }

        public boolean changesNothing() {
            return joining.isEmpty() && changing.isEmpty() && leaving.isEmpty();
        }
    }

    /** It is refused, and everything stays as it is. @param why with the numbers and the remedy, without a full stop */
    record Refused(String why) implements Reconciliation {}

    /**
     * Judges an export.
     *
     * @param standing who has not left, as recorded
     * @param accepted how many somebody said would leave; empty where nobody said it
     */
    static Reconciliation of(Map<MemberId, Person> standing, Roster roster, LocalDate today, OptionalLong accepted) {
        long before = standing.values().stream()
                .filter(person -> person.term().covers(today))
                .count();
        long after = roster.people().values().stream()
                .filter(person -> person.term().covers(today))
                .count();
        if (after == 0) {
            return new Refused("the export has %s who is a member today, and %s stand: an empty export is never taken"
                    .formatted(
                            roster.people().isEmpty()
                                    ? "nobody"
                                    : "nobody of " + roster.people().size(),
                            before));
        }
        long leavers = standing.values().stream()
                .filter(person -> person.term().covers(today))
                .filter(person -> !isIn(roster, person, today))
                .count();
        if (accepted.isPresent() ? accepted.getAsLong() != leavers : leavers * TENTH > before) {
            return new Refused(
                    "%d of %d members would leave, %d stay or join%s: where that is meant, say --accept-shrinking %d"
                            .formatted(
                                    leavers,
                                    before,
                                    after,
                                    accepted.isPresent()
                                            ? ", and %d were accepted".formatted(accepted.getAsLong())
                                            : ", more than one in ten",
                                    leavers));
        }
        return taken(standing, roster);
    }

    private static boolean isIn(Roster roster, Person person, LocalDate today) {
        Person next = roster.people().get(person.id());
        return next != null && next.term().covers(today);
    }

    private static Taken taken(Map<MemberId, Person> standing, Roster roster) {
        List<Person> joining = new ArrayList<>();
        List<Person> changing = new ArrayList<>();
        roster.people().forEach((id, person) -> {
            Person kept = person.withoutIdentities();
            Person before = standing.get(id);
            if (before == null) {
                joining.add(kept);
            } else if (!before.withoutIdentities().equals(kept)) {
                changing.add(kept);
            }
        });
        List<MemberId> leaving = standing.keySet().stream()
                .filter(id -> !roster.people().containsKey(id))
                .sorted()
                .toList();
        return new Taken(joining, changing, leaving);
    }
}
