package holdfast.server.work;

import holdfast.fixity.Inspection;
import holdfast.fixity.Inspector;
import holdfast.server.sql.FileCopy;
import holdfast.server.sql.Inspections;
import holdfast.server.sql.Inspections.Ask;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Memory;
import holdfast.server.work.Canaries.Found;
import holdfast.server.work.CartridgeSamples.Due;
import holdfast.server.work.Inspecting.Batch;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.Condition;
import holdfast.storage.Condition.Scrub;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Inspects copies that are due, one batch of one element at a step. Never proved copies and suspects come first, the
 * longest waiting before others; then those whose proof is about to be late by the plan's calendar. A suspect gets its
 * second read in a later step than its first.
 */
public final class FixityWorker {
    private static final String ASKED = "scrub-asked:";

    private final Workplace place;
    private final FixitySettings settings;
    private final Inspecting inspecting;
    private final Inspections inspections;
    private final ConditionBook book;
    private final CartridgeSamples samples;
    private final Memory memory;
    private final Map<StorageName, Map<NameKey, Instant>> postponed = new ConcurrentHashMap<>();
    private final Set<StorageName> midway = ConcurrentHashMap.newKeySet();

    public FixityWorker(Workplace place, FixitySettings settings) {
        this(place, settings, Comparison.WHOLE);
    }

    FixityWorker(Workplace place, FixitySettings settings, Comparison comparison) {
        this.place = place;
        this.settings = settings;
        this.inspecting = new Inspecting(place, settings, comparison);
        this.inspections = new Inspections(place.words());
        this.book = new ConditionBook(place);
        this.samples = new CartridgeSamples(place, settings.retry());
        this.memory = new Memory(place.database());
    }

    /** Makes due every proof of an element that is older than this moment; answers how many copies that is. */
    public long dueNow(StorageName name) {
        Instant now = place.now();
        memory.keep(ASKED + name, now.toString(), now);
        return place.database().read(connection -> inspections.provedBefore(connection, name, now));
    }

    /** Inspects one batch of due copies and answers for how many of them something was recorded. */
    public int step(StorageName name) {
        Optional<Station> station = place.station(name);
        if (station.isEmpty()) {
            return 0;
        }
        Condition condition = place.condition(name);
        // A node that does not reach the element leaves it to those that do.
        if (!place.isOpen(station.get(), condition)) {
            return 0;
        }
        if (due(station.get()).copies().isEmpty() && !isNoteDue(condition)) {
            place.leases().giveBack(Inspecting.lease(name));
            return 0;
        }
        return place.leases()
                .take(Inspecting.lease(name), settings.lease())
                .map(lease -> inspect(station.get(), lease))
                .orElse(0);
    }

    /** What is due is read again: another node may have inspected it just before it gave the lease back. */
    private int inspect(Station station, Lease lease) {
        Condition condition = place.condition(station.name());
        Due now = due(station);
        List<FileCopy> due = now.copies();
        if (due.isEmpty() && !isNoteDue(condition)) {
            return 0;
        }
        try (var _ = place.leases().keep(lease, settings.lease())) {
            Batch batch = inspecting.inspect(station, due, lease);
            int carried = now.sample()
                    .map(sample -> samples.carry(station, sample, batch.recorded(), lease))
                    .orElse(0);
            postpone(station.name(), batch, due);
            note(lease, batch, condition, isFull(due));
            return batch.recorded().size() + carried;
        }
    }

    private Due due(Station station) {
        Instant now = place.now();
        Duration every = Calendar.share(Calendar.every(station.inForce().plan(), station.element()), settings.ahead());
        Optional<Instant> asked = memory.recall(ASKED + station.name()).map(Memory.Note::at);
        Instant byCalendar = now.minus(every);
        Instant before = asked.filter(byCalendar::isBefore).orElse(byCalendar);
        boolean medium = station.element().isTape()
                && !station.inForce()
                        .plan()
                        .limits()
                        .bufferProof()
                        .contains(station.element().site());
        Ask ask = new Ask(
                station.name(),
                settings.batchCopies(),
                postponed(station.name(), now),
                before,
                medium ? Optional.of(now.minus(settings.bufferAgain())) : Optional.empty(),
                station.element().isTape() && !CartridgeSamples.areTaken(station));
        List<FileCopy> due = cut(place.database().read(connection -> inspections.due(connection, ask)));
        // What people asked for is read by itself.
        return CartridgeSamples.areTaken(station) && before.equals(byCalendar)
                ? samples.of(station, due)
                : new Due(due, Optional.empty());
    }

    private List<FileCopy> cut(List<FileCopy> due) {
        long bytes = 0;
        int count = 0;
        while (count < due.size()) {
            bytes += due.get(count).file().size().bytes();
            if (count > 0 && bytes > settings.batchBytes()) {
                break;
            }
            count++;
        }
        return due.subList(0, count);
    }

    private boolean isFull(List<FileCopy> due) {
        return due.size() >= settings.batchCopies()
                || due.stream().mapToLong(c -> c.file().size().bytes()).sum() >= settings.batchBytes() / 2;
    }

    /**
     * Of what nothing was learnt waits a little, so that it cannot keep others from their turn. Where something was learnt and not recorded,
     * the row changed meanwhile, or another node inspects: that is looked at again at once.
     */
    private void postpone(StorageName name, Batch batch, List<FileCopy> due) {
        if (!batch.isSound()) {
            return;
        }
        Instant until = place.now().plus(settings.retry());
        Set<NameKey> learnt = batch.seen().stream()
                .filter(seen -> Inspector.after(seen).isPresent())
                .map(seen -> seen.copy().id().key())
                .collect(Collectors.toSet());
        Map<NameKey, Instant> waiting = postponed.computeIfAbsent(name, n -> new ConcurrentHashMap<>());
        due.stream()
                .map(copy -> copy.file().id().key())
                .filter(key -> !learnt.contains(key))
                .forEach(key -> waiting.put(key, until));
        batch.seen().stream()
                .filter(seen -> !learnt.contains(seen.copy().id().key()))
                .map(Inspection::detail)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(why -> Log.of(FixityWorker.class)
                        .log(System.Logger.Level.INFO, "{0}: some copies were not checked: {1}", name, why));
    }

    private List<NameKey> postponed(StorageName name, Instant now) {
        Map<NameKey, Instant> waiting = postponed.getOrDefault(name, Map.of());
        waiting.values().removeIf(until -> !until.isAfter(now));
        return new ArrayList<>(waiting.keySet());
    }

    private void note(Lease lease, Batch batch, Condition condition, boolean full) {
        StorageName name = condition.element();
        boolean passEnds = !full && midway.remove(name);
        if (full) {
            midway.add(name);
        }
        switch (batch.canaries()) {
            case Found.Sound _ -> {
                if (passEnds || isNoteDue(condition)) {
                    note(lease, name, true);
                }
            }
            case Found.Void wrong -> {
                Log.of(FixityWorker.class)
                        .log(System.Logger.Level.ERROR, "{0}: this scrub is void: {1}", name, wrong.why());
                if (isNoteOld(condition) || !wasVoid(condition)) {
                    note(lease, name, false);
                }
            }
            case Found.NotChecked later ->
                Log.of(FixityWorker.class)
                        .log(System.Logger.Level.INFO, "{0}: canaries not checked: {1}", name, later.why());
        }
    }

    private void note(Lease lease, StorageName name, boolean canariesFound) {
        Scrub scrub = new Scrub(place.now(), canariesFound);
        book.change(Inspecting.ACTOR, Cause.SCRUBBED, lease, name, before -> before.withScrub(scrub));
    }

    /** Whether the canaries want another look, even where no copy is due. */
    private boolean isNoteDue(Condition condition) {
        return isNoteOld(condition) || wasVoid(condition);
    }

    private boolean isNoteOld(Condition condition) {
        return condition
                .scrub()
                .map(last -> !place.now().isBefore(last.at().plus(settings.scrubNoted())))
                .orElse(true);
    }

    private static boolean wasVoid(Condition condition) {
        return condition.scrub().map(last -> !last.canariesFound()).orElse(false);
    }
}
