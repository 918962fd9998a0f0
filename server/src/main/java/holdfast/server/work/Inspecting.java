package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Inspection;
import holdfast.fixity.Inspector;
import holdfast.fixity.Outcome;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.server.sql.Entries;
import holdfast.server.sql.FileCopy;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Memory;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inspects a batch of copies of one element: canaries first, then the copies, then one fact for those whose rows are
 * still as they were read. A copy that changed meanwhile is left alone; it comes again.
 */
final class Inspecting {
    static final Actor ACTOR = new Actor("fixity");

    private final Workplace place;
    private final FixitySettings settings;
    private final Comparison comparison;
    private final Holdings holdings;
    private final Entries entries;
    private final Memory memory;
    private final MassLossWatch massLoss;
    private final CartridgeTrial trial;

    Inspecting(Workplace place, FixitySettings settings, Comparison comparison) {
        this.place = place;
        this.settings = settings;
        this.comparison = comparison;
        this.holdings = new Holdings(place.words());
        this.entries = new Entries(place.database());
        this.memory = new Memory(place.database());
        this.massLoss = new MassLossWatch(place.words());
        this.trial = new CartridgeTrial(place.words());
    }

    /**
     * What became of a batch.
     *
     * @param recorded what was seen and stands in the journal now
     */
    record Batch(Canaries.Found canaries, List<Inspection> seen, List<Inspection> recorded) {
        boolean isSound() {
            return canaries instanceof Canaries.Found.Sound;
        }
    }

    /**
     * Reads and records; nothing is recorded of a batch whose canaries were not found before it, or after damage was seen,
     * and nothing once another node took the lease over.
     */
    Batch inspect(Station station, List<FileCopy> due, Lease lease) {
        Canaries canaries = canaries(station);
        CopyReader reader = new CopyReader(station, comparison);
        canaries.plant();
        Instant began = place.now();
        List<StoragePath> paths = Stream.concat(
                        canaries.paths().stream(),
                        due.stream().map(c -> c.copy().path()))
                .toList();
        Map<StoragePath, Recalled> brought = reader.bring(paths);
        try {
            Canaries.Found found = canaries.check(reader, brought);
            if (!isSound(found)) {
                if (found instanceof Canaries.Found.Void) {
                    renewCanaries(station);
                }
                return new Batch(found, List.of(), record(station, sayings(due, reader), lease));
            }
            List<Inspection> seen = read(due, new Reading(reader, brought, began));
            // A reader may break in the middle of a batch: damage counts only where the canaries are found after it
            // too.
            Canaries.Found after = seen.stream().allMatch(i -> i.outcome() == Outcome.INTACT)
                    ? found
                    : canaries.check(reader, brought);
            return isSound(after)
                    ? new Batch(found, seen, record(station, seen, lease))
                    : new Batch(after, List.of(), List.of());
        } finally {
            reader.letGo(brought);
        }
    }

    private static boolean isSound(Canaries.Found found) {
        return found instanceof Canaries.Found.Sound;
    }

    /**
     * The lease under which an element is inspected, drilled and listed: one for all three, since on tape each of them
     * lets go of what it recalled.
     */
    static String lease(StorageName element) {
        return "inspect:" + element;
    }

    /** The canaries that stand on an element now. */
    Canaries canaries(Station station) {
        return new Canaries(station, generation(station).map(Generation::number).orElse(0));
    }

    private record Generation(int number, Instant since) {}

    private Optional<Generation> generation(Station station) {
        return memory.recall("canary:" + station.name())
                .map(note -> new Generation(Integer.parseInt(note.value()), note.at()));
    }

    /** Gives the planted canaries up, seldom: if it was not they that were wrong, new ones will not help. */
    private void renewCanaries(Station station) {
        Optional<Generation> last = generation(station);
        Instant now = place.now();
        if (last.isEmpty() || !now.isBefore(last.get().since().plus(settings.scrubNoted()))) {
            int next = last.map(Generation::number).orElse(0) + 1;
            memory.keep("canary:" + station.name(), Integer.toString(next), now);
        }
    }

    /**
     * What a batch is read by, and when its reading began. An answer may be late by days, so what was right is dated before
     * its reading began, and what was bad after it had ended.
     */
    private record Reading(CopyReader reader, Map<StoragePath, Recalled> brought, Instant began) {}

    private List<Inspection> read(List<FileCopy> due, Reading reading) {
        List<Future<Inspection>> reads = new ArrayList<>(due.size());
        List<Inspection> seen = new ArrayList<>(due.size());
        try (ExecutorService readers = Executors.newFixedThreadPool(
                settings.readsAtOnce(), Thread.ofVirtual().name("fixity-", 0).factory())) {
            due.forEach(copy -> reads.add(readers.submit(() -> inspect(copy, reading))));
            for (Future<Inspection> read : reads) {
                seen.add(read.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while inspecting; nothing was recorded", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an inspection failed; nothing was recorded", e.getCause());
        }
        return seen;
    }

    private Inspection inspect(FileCopy copy, Reading reading) {
        Sighting read = reading.reader.read(Target.of(copy), reading.brought);
        Sighting seen = read.outcome() == Outcome.NOT_CHECKED
                ? said(copy, reading.reader).orElse(read)
                : read;
        Instant at = seen.outcome() == Outcome.INTACT ? reading.began : place.now();
        return new Inspection(copy.copy(), at, seen.outcome(), seen.kind(), seen.locator(), seen.detail());
    }

    /** Nothing was read; what a site says of a new copy that has no address on tape yet is kept meanwhile, and needs no canary. */
    private List<Inspection> sayings(List<FileCopy> due, CopyReader reader) {
        Instant now = place.now();
        return due.stream()
                .flatMap(copy -> said(copy, reader).stream()
                        .map(s -> new Inspection(copy.copy(), now, s.outcome(), s.kind(), s.locator(), s.detail())))
                .toList();
    }

    private static Optional<Sighting> said(FileCopy copy, CopyReader reader) {
        boolean isAsked = copy.copy().state() == CopyState.ARRIVED
                && copy.copy().locator().isEmpty();
        return isAsked ? reader.said(Target.of(copy)) : Optional.empty();
    }

    private List<Inspection> record(Station station, List<Inspection> seen, Lease lease) {
        List<Inspection> learnt =
                seen.stream().filter(i -> Inspector.after(i).isPresent()).toList();
        if (learnt.isEmpty()) {
            return List.of();
        }
        List<Inspection> taken = new ArrayList<>();
        Appended appended = place.journal().appendAll(ACTOR, connection -> {
            taken.clear();
            return place.leases().stillHolds(connection, lease)
                    ? decide(connection, station, learnt, taken)
                    : List.<Fact>of();
        });
        boolean stands = switch (appended) {
            case Appended.Done _ -> true;
            case Appended.Refused _ -> false;
            case Appended.Unknown unknown -> entries.has(unknown.entry());
        };
        return stands ? List.copyOf(taken) : List.of();
    }

    private List<Fact> decide(Connection connection, Station station, List<Inspection> learnt, List<Inspection> taken)
            throws SQLException {
        Map<String, String> onTrial = trial.opened(station, learnt);
        Set<NameKey> keys = new TreeSet<>(trial.files(connection, station, onTrial.keySet()));
        learnt.forEach(i -> keys.add(i.copy().id().key()));
        Map<DataId, Holding> now = holdings.lock(connection, List.copyOf(keys));
        List<CopyRow> rows = new ArrayList<>();
        for (Inspection inspection : learnt) {
            Holding holding = now.get(inspection.copy().id());
            if (holding != null && holding.copies().contains(inspection.copy())) {
                Inspector.after(inspection).ifPresent(row -> {
                    rows.add(row);
                    taken.add(inspection);
                });
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new CopiesInspected(
                rows, taken.stream().map(Inspection::outcome).toList()));
        Set<DataId> lookedAt = rows.stream().map(CopyRow::id).collect(Collectors.toSet());
        List<CopyRow> leaning = CartridgeTrial.rows(station, now, trial.opened(station, taken), lookedAt, place.now());
        if (!leaning.isEmpty()) {
            facts.add(new CopiesDecided(Decision.READ_AGAIN, leaning));
        }
        Map<StorageName, Long> damaged = taken.stream()
                .filter(i -> !i.copy().state().isDamage())
                .map(i -> Inspector.after(i).orElseThrow())
                .filter(row -> row.state().isDamage())
                .collect(Collectors.groupingBy(CopyRow::storage, Collectors.counting()));
        massLoss.suspicion(connection, damaged, place.now()).ifPresent(facts::add);
        return facts;
    }
}
