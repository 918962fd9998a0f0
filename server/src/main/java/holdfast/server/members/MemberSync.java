package holdfast.server.members;

import holdfast.access.MemberId;
import holdfast.access.Person;
import holdfast.access.Reconciliation;
import holdfast.access.Roster;
import holdfast.access.SourceWord;
import holdfast.journal.Journal.Appended;
import holdfast.journal.Micros;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.clock.HouseClock;
import holdfast.server.members.LastWord.Moved;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Takes an export in: in one transaction whole, or not at all. */
public final class MemberSync {
    /** How far clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final MemberBook book;
    private final HouseClock clock;

    public MemberSync(MemberBook book, HouseClock clock) {
        this.book = book;
        this.clock = clock;
    }

    /**
     * An export as it comes.
     *
     * @param said of which moment it is where it does not say so itself
     * @param accepted how many somebody said would leave
     * @param by who or what brings it
     */
    public record Export(Roster roster, Instant said, OptionalLong accepted, Actor by) {
        Instant moment() {
            return Micros.cut(roster.asOf().filter(own -> own.isBefore(said)).orElse(said));
        }
    }

    /** What became of it. */
    public sealed interface Outcome {
        /** @param wrote whether anything was written: an export that says what is known, of the same moment, writes nothing */
        record Taken(Reconciliation.Taken changes, LastWord word, boolean wrote) implements Outcome {}

        /** Everything stays as it was. @param why without a full stop */
        record Refused(String why) implements Outcome {}

        /** One of a later moment is known, and counts. */
        record Older(Instant moment, Instant known) implements Outcome {
            public String why() {
                return "the export is of %s, and one of %s is known: bring a newer one".formatted(moment, known);
            }
        }

        record Unknown(String why) implements Outcome {}
    }

    /** @param dryRun to be told what would become of it */
    public Outcome take(Export export, boolean dryRun) {
        Instant now = Micros.cut(clock.now());
        AtomicReference<Outcome> outcome = new AtomicReference<>(new Outcome.Refused("nothing was decided"));
        Appended appended = book.registry().changeLooking(export.by(), (documents, connection) -> {
            Decided decided = decide(new Ground(documents, MemberBook.identities(connection)), export, now);
            outcome.set(decided.outcome());
            if (dryRun || decided.changes().isEmpty()) {
                return List.of();
            }
            keepIdentities(connection, decided, now);
            return decided.changes();
        });
        return appended instanceof Appended.Unknown unknown ? new Outcome.Unknown(unknown.why()) : outcome.get();
    }

    private record Decided(Outcome outcome, List<Change> changes, SortedMap<String, String> identities) {
        static Decided refused(String why) {
            return new Decided(new Outcome.Refused(why), List.of(), new TreeMap<>());
        }
    }

    /** What is recorded. */
    private record Ground(Documents documents, SortedMap<String, String> identities) {}

    private Decided decide(Ground ground, Export export, Instant now) {
        Optional<LastWord> last = book.lastWord(ground.documents());
        if (export.moment().isAfter(now.plus(SKEW))) {
            return Decided.refused("the export is of %s, which is still to come: mend the clock that dated it"
                    .formatted(export.moment()));
        }
        if (last.filter(word -> export.moment().isBefore(word.said())).isPresent()) {
            return new Decided(new Outcome.Older(export.moment(), last.get().said()), List.of(), new TreeMap<>());
        }
        SortedMap<MemberId, Membership> all = book.all(ground.documents());
        Map<MemberId, Person> standing = new HashMap<>();
        all.forEach((id, member) -> {
            if (member.left().isEmpty()) {
                standing.put(id, member.person());
            }
        });
        return switch (Reconciliation.of(standing, export.roster(), Members.day(now), export.accepted())) {
            case Reconciliation.Refused refused -> Decided.refused(refused.why());
            case Reconciliation.Taken taken -> taken(taken, export, ground, now);
        };
    }

    private Decided taken(Reconciliation.Taken taken, Export export, Ground ground, Instant now) {
        SortedMap<String, String> identities = identities(ground.identities(), export.roster());
        LastWord word = new LastWord(
                export.moment(),
                now,
                export.roster().digest().toString(),
                new Moved(
                        taken.joining().size(),
                        taken.changing().size(),
                        taken.leaving().size()),
                export.roster().people().size(),
                export.by().name(),
                export.accepted().isPresent() ? Optional.of(export.accepted().getAsLong()) : Optional.empty());
        boolean same = taken.changesNothing()
                && identities.equals(ground.identities())
                && book.lastWord(ground.documents())
                        .filter(known -> known.said().equals(word.said())
                                && known.digest().equals(word.digest()))
                        .isPresent();
        List<Change> changes = same ? List.of() : changes(taken, word, book.all(ground.documents()), now);
        return new Decided(new Outcome.Taken(taken, word, !same), changes, identities);
    }

    private List<Change> changes(
            Reconciliation.Taken taken, LastWord word, Map<MemberId, Membership> all, Instant now) {
        List<Change> changes = new ArrayList<>();
        taken.joining().forEach(person -> changes.add(book.put(new Membership(person, now, Optional.empty()))));
        for (Person person : taken.changing()) {
            Instant joined = Optional.ofNullable(all.get(person.id()))
                    .map(Membership::joined)
                    .orElse(now);
            changes.add(book.put(new Membership(person, joined, Optional.empty())));
        }
        for (MemberId id : taken.leaving()) {
            Optional.ofNullable(all.get(id))
                    .map(was -> new Membership(was.person(), was.joined(), Optional.of(now)))
                    .ifPresent(left -> changes.add(book.put(left)));
        }
        changes.add(book.put(word));
        changes.add(book.put(new SourceWord(word.said())));
        return changes;
    }

    /** Those of people who left stay, so that they are known to have left by whatever they come in. */
    private static SortedMap<String, String> identities(SortedMap<String, String> before, Roster roster) {
        SortedMap<String, String> identities = new TreeMap<>();
        before.forEach((identity, id) -> {
            if (!roster.people().containsKey(new MemberId(id))) {
                identities.put(identity, id);
            }
        });
        roster.people()
                .values()
                .forEach(person -> person.means()
                        .identities()
                        .forEach(
                                identity -> identities.put(identity, person.id().text())));
        return identities;
    }

    private static void keepIdentities(Connection connection, Decided decided, Instant now) throws SQLException {
        Memory.keep(connection, MemberBook.IDENTITIES, MemberBook.text(decided.identities()), now);
    }
}
