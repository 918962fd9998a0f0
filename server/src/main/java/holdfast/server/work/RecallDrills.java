package holdfast.server.work;

import holdfast.fixity.Outcome;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation.Accessible;
import holdfast.plan.Plan;
import holdfast.server.sql.FileCopy;
import holdfast.server.sql.Inspections;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Memory;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.Condition;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Recall drills on tape: one copy taken at random is recalled from its medium and read whole, so that "can be read back"
 * is seen and not assumed. An element without copies drills its intact canary.
 */
public final class RecallDrills {
    private static final Actor ACTOR = new Actor("drill");

    private final Workplace place;
    private final WatchSettings settings;
    private final RandomGenerator random;
    private final Memory memory;
    private final Inspections inspections;
    private final Inspecting inspecting;
    private final ConditionBook book;

    public RecallDrills(Workplace place, WatchSettings settings, FixitySettings fixity, RandomGenerator random) {
        this.place = place;
        this.settings = settings;
        this.random = random;
        this.memory = new Memory(place.database());
        this.inspections = new Inspections(place.words());
        this.inspecting = new Inspecting(place, fixity, Comparison.WHOLE);
        this.book = new ConditionBook(place);
    }

    /** Drills an element when it is due; answers whether a drill was done, well or badly. */
    public boolean step(StorageName name) {
        Optional<Station> found = place.station(name).filter(s -> s.element().isTape());
        if (found.isEmpty()) {
            return false;
        }
        Station station = found.get();
        Condition condition = place.condition(name);
        if (!isDue(station, condition) || !place.isOpen(station, condition)) {
            return false;
        }
        return place.leases()
                .take(Inspecting.lease(name), settings.drillLease())
                .map(lease -> drill(station, lease))
                .orElse(false);
    }

    private boolean isDue(Station station, Condition condition) {
        Instant now = place.now();
        boolean tired = memory.recall("drill:" + station.name())
                .map(last -> now.isBefore(last.at().plus(settings.drillRetry())))
                .orElse(false);
        if (tired) {
            return false;
        }
        Duration every = Calendar.share(interval(station.inForce().plan()), settings.drillAhead());
        return condition.failedDrills() > 0
                || condition
                        .lastDrill()
                        .map(last -> !now.isBefore(last.plus(every)))
                        .orElse(true);
    }

    private boolean drill(Station station, Lease lease) {
        if (!isDue(station, place.condition(station.name()))) {
            return false;
        }
        memory.keep("drill:" + station.name(), "tried", place.now());
        try (var _ = place.leases().keep(lease, settings.drillLease())) {
            return recall(station, lease);
        }
    }

    private boolean recall(Station station, Lease lease) {
        NameKey somewhere = new NameKey(random.nextLong(), random.nextLong());
        Optional<FileCopy> copy =
                place.database().read(connection -> inspections.from(connection, station.name(), somewhere));
        Canaries canaries = inspecting.canaries(station);
        if (copy.isEmpty()) {
            canaries.plant();
        }
        Sighting seen = read(station, copy.map(Target::of).orElse(canaries.intact()));
        if (seen.outcome() == Outcome.NOT_CHECKED || (isIntact(seen) && seen.kind() != ProofKind.MEDIUM)) {
            // Not ready, or not on the medium yet: that shows nothing of recalls.
            return false;
        }
        Instant now = place.now();
        book.change(
                ACTOR,
                Cause.RECALL_DRILLED,
                lease,
                station.name(),
                before -> isIntact(seen) ? before.withDrill(now) : before.withFailedDrill());
        if (!isIntact(seen)) {
            // What a drill finds wrong is recorded by an inspection, with its canaries, like everything that is.
            copy.ifPresent(bad -> inspecting.inspect(station, List.of(bad), lease));
        }
        return true;
    }

    private static Sighting read(Station station, Target target) {
        CopyReader reader = new CopyReader(station, Comparison.WHOLE);
        Map<StoragePath, Recalled> brought = reader.bring(List.of(target.path()));
        try {
            return reader.read(target, brought);
        } finally {
            reader.letGo(brought);
        }
    }

    private static boolean isIntact(Sighting seen) {
        return seen.outcome() == Outcome.INTACT;
    }

    /** The shortest interval between drills that a clause or limit of the plan states. */
    private static Duration interval(Plan plan) {
        Duration shortest = plan.limits().drill();
        for (Clause clause : plan.clauses().values()) {
            for (Duty duty : clause.must()) {
                if (duty.obligation() instanceof Accessible accessible) {
                    Duration stated = accessible.drillWithin().orElse(shortest);
                    shortest = stated.compareTo(shortest) < 0 ? stated : shortest;
                }
            }
        }
        return shortest;
    }
}
