package holdfast.server.work;

import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Refill;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.Condition;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Watches every element that the sites file names: whether it answers, whether it is the one we mean, how many drives
 * work. A change is recorded once, when it is seen. An element that was never used is marked as ours first; what was
 * marked once and has lost its mark is silent, never new.
 */
public final class Watcher {
    private static final Actor ACTOR = new Actor("watcher");

    private final Workplace place;
    private final WatchSettings settings;
    private final Memory memory;
    private final ConditionBook book;
    private final Set<StorageName> recognised = ConcurrentHashMap.newKeySet();

    public Watcher(Workplace place, WatchSettings settings) {
        this.place = place;
        this.settings = settings;
        this.memory = new Memory(place.database());
        this.book = new ConditionBook(place);
    }

    /** Looks once at every element, all at the same time, for one that hangs must not hide the others. */
    public void step() {
        try (ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (StorageElement element : place.inForce().get().sites().all()) {
                looks.execute(() -> place.station(element.name()).ifPresent(this::watch));
            }
        }
    }

    private void watch(Station station) {
        try {
            // Every node makes sure of its own driver; only one records what it sees.
            Reach reach = recognise(station.name(), station.driver());
            place.leases()
                    .take(lease(station.name()), settings.lease())
                    .ifPresent(lease -> record(station, reach, lease));
        } catch (RuntimeException e) {
            Log.of(Watcher.class)
                    .log(System.Logger.Level.ERROR, "watching " + station.name() + " failed; it is tried again", e);
        }
    }

    private static String lease(StorageName name) {
        return "watch:" + name;
    }

    /**
     * Of several nodes one that reaches the element has the say: whoever does not gives the watch away, so that another
     * one that does can take it and say so.
     */
    private void record(Station station, Reach reach, Lease lease) {
        Condition condition = place.condition(station.name());
        switch (reach) {
            case Reach.Silent silent -> {
                if (condition.silentSince().isEmpty()) {
                    Instant now = place.now();
                    Log.of(Watcher.class)
                            .log(System.Logger.Level.WARNING, "{0} fell silent: {1}", station.name(), silent.why());
                    book.change(
                            ACTOR,
                            Cause.FELL_SILENT,
                            lease,
                            station.name(),
                            before -> before.silentSince().isPresent()
                                    ? before
                                    : before.withSilentSince(Optional.of(now)));
                }
                place.leases().giveBack(lease.name());
            }
            case Reach.Answers _ -> answers(station, condition, lease);
        }
    }

    private void answers(Station station, Condition condition, Lease lease) {
        if (condition.silentSince().isPresent()) {
            book.change(
                    ACTOR,
                    Cause.ANSWERS_AGAIN,
                    lease,
                    station.name(),
                    before -> before.withSilentSince(Optional.empty()));
        }
        Optional<Integer> drives = station.driver().workingDrives();
        if (!drives.equals(condition.workingDrives())) {
            book.change(ACTOR, Cause.DRIVES_CHANGED, lease, station.name(), before -> before.withWorkingDrives(drives));
        }
    }

    private Reach recognise(StorageName name, ElementDriver driver) {
        if (recognised.contains(name)) {
            return driver.reach();
        }
        Optional<String> marked = memory.recall("initialised:" + name).map(Memory.Note::value);
        boolean isNew = marked.isEmpty() && memory.recall(Refill.MARKED + name).isEmpty();
        return switch (driver.initialise(isNew)) {
            case Initialised.Refused refused -> new Reach.Silent(refused.why());
            case Initialised.Marked fresh -> recognised(name, marked, fresh.identity());
            case Initialised.Known known -> recognised(name, marked, known.identity());
        };
    }

    private Reach recognised(StorageName name, Optional<String> marked, UUID identity) {
        // Of two nodes that come at once the first says which mark it is: their folders may not be the same one.
        String ours = marked.orElseGet(() -> memory.keepFirst("initialised:" + name, identity.toString(), place.now()));
        if (!ours.equals(identity.toString())) {
            return new Reach.Silent("%s carries the mark %s; this house marked it %s: it is another element"
                    .formatted(name, identity, ours));
        }
        recognised.add(name);
        return new Reach.Answers();
    }
}
