package holdfast.server.shift;

import holdfast.journal.Entry;
import holdfast.server.clock.HouseClock;
import holdfast.server.keeping.DamageFound;
import holdfast.server.members.SourceWatch;
import holdfast.server.shift.Shift.Breaching;
import holdfast.server.shift.Shift.Declared;
import holdfast.server.shift.Shift.Silent;
import holdfast.server.shift.Shift.SilentSource;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Breaches;
import holdfast.server.sql.ClauseVerdicts;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.State;
import holdfast.server.sql.Wants;
import holdfast.server.work.Assessor;
import holdfast.storage.Condition;
import holdfast.storage.Downtime;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.vocabulary.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what one shift hands over to the next, from rows and a look back into the journal. */
public final class ShiftReport {
    /** How long the end of a breach is remembered, and so how far a report can look back. */
    public static final Duration REMEMBERED = Duration.ofDays(100);

    private static final int GROUPS = 200;
    private static final int DAMAGE = 1_000;
    private static final Duration PATIENCE = Duration.ofMillis(900);

    private final Database database;
    private final Reads reads;
    private final Assessor assessor;
    private final HouseClock clock;

    /** Where a report reads. */
    public record Reads(
            Breaches breaches,
            Wants wants,
            State state,
            ActTables acts,
            Entries entries,
            DamageFound damage,
            SourceWatch members) {}

    public ShiftReport(Database database, Reads reads, Assessor assessor, HouseClock clock) {
        this.database = database;
        this.reads = reads;
        this.assessor = assessor;
        this.clock = clock;
    }

    /** What happened since a moment, and what stands now. */
    public Shift since(Instant since) {
        long due = assessor.catchUp(PATIENCE);
        Map<Downtime, Actor> declarers = declarers();
        Optional<SilentSource> source = silentSource(reads.members.now());
        List<DamageFound.Bad> damage = reads.damage.since(since, DAMAGE);
        return database.read(connection -> {
            Instant now = clock.now();
            Collection<Condition> conditions =
                    reads.state.conditions(connection).values();
            return new Shift(
                    since,
                    now,
                    ClauseVerdicts.since(connection, since),
                    new Breaching(
                            reads.breaches.begunSince(connection, since, GROUPS),
                            reads.breaches.endedSince(connection, since, GROUPS),
                            reads.breaches.standing(connection, GROUPS)),
                    damage,
                    new Shift.Waits(
                            reads.acts.goingOn(connection),
                            silent(conditions, now),
                            reads.wants.all(connection, GROUPS),
                            reads.breaches.undetermined(connection, GROUPS),
                            source),
                    new Shift.Silenced(reads.state.waivers(connection, now), downtimes(conditions, declarers, now)),
                    due);
        });
    }

    private static Optional<SilentSource> silentSource(SourceWatch.State now) {
        return now.problem()
                .map(problem -> new SilentSource(problem.since(), problem.what()))
                .or(() -> now.silentSince()
                        .map(since ->
                                new SilentSource(since, "says nothing new; levels for members are closed to them")));
    }

    private static List<Silent> silent(Collection<Condition> conditions, Instant now) {
        List<Silent> silent = new ArrayList<>();
        for (Condition c : sorted(conditions)) {
            c.downtimeAt(now)
                    .ifPresent(d -> silent.add(new Silent(
                            c.element(), Optional.of(d.from()), "in downtime until " + d.until() + ": " + d.reason())));
            c.silentSince().ifPresent(s -> silent.add(new Silent(c.element(), Optional.of(s), "does not answer")));
            c.suspectSince()
                    .ifPresent(s -> silent.add(new Silent(
                            c.element(), Optional.of(s), "under suspicion: its copies may count, none does")));
            if (c.workingDrives().equals(Optional.of(0))) {
                silent.add(new Silent(c.element(), Optional.empty(), "no drive works"));
            }
        }
        return silent;
    }

    private static List<Declared> downtimes(
            Collection<Condition> conditions, Map<Downtime, Actor> declarers, Instant now) {
        return sorted(conditions).stream()
                .flatMap(c -> c.downtimes().stream())
                .filter(d -> now.isBefore(d.until()))
                .distinct()
                .sorted(Comparator.comparing(Downtime::from)
                        .thenComparing(d -> d.site().name()))
                .map(d -> new Declared(d, Optional.ofNullable(declarers.get(d))))
                .toList();
    }

    /** Who declared each downtime: the first entry of the journal that has it. */
    private Map<Downtime, Actor> declarers() {
        Map<Downtime, Actor> declarers = new HashMap<>();
        for (Entry entry : reads.entries.downtimes()) {
            for (Condition c :
                    ConditionChanged.read(entry.kind(), entry.lines()).conditions()) {
                c.downtimes().forEach(d -> declarers.putIfAbsent(d, entry.actor()));
            }
        }
        return declarers;
    }

    private static List<Condition> sorted(Collection<Condition> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparing(Condition::element))
                .toList();
    }
}
