package holdfast.server.work;

import holdfast.journal.Journal.Appended;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Level.Audience;
import holdfast.plan.Obligation.OpenTo;
import holdfast.plan.Plan;
import holdfast.server.sql.ClassSample;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.TrialTables;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.DoorProbe;
import holdfast.storage.StorageFact.DoorsTried;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tries from outside whether elements refuse all but members, as the plan asks (P-21, P-32): a small sample of the paths
 * of each class, another one every day. What cannot be told never takes the place of a trial that is still in date.
 */
public final class DoorRound {
    private static final Actor ACTOR = new Actor("probe");

    private final Workplace place;
    private final ProbeSettings settings;
    private final DaySample sample;
    private final Map<DoorProbe.Key, Instant> tried = new ConcurrentHashMap<>();

    public DoorRound(Workplace place, ProbeSettings settings) {
        this.place = place;
        this.settings = settings;
        this.sample = new DaySample(place, "door");
    }

    /** Knocks at an element where that is due, and answers what was recorded. */
    public List<DoorProbe> step(StorageName name) {
        return place.station(name).map(station -> step(station, false)).orElse(List.of());
    }

    /**
     * Knocks at once, due or not, and answers what was met; all of it is recorded but what cannot be told where it was
     * told before and is in date. Nothing while another node knocks, or where no clause asks for it.
     */
    public List<DoorProbe> now(StorageName name) {
        return place.station(name).map(station -> step(station, true)).orElse(List.of());
    }

    private List<DoorProbe> step(Station station, boolean atOnce) {
        Map<ClassId, Duration> periods = periods(station.inForce().plan());
        List<DoorProbe.Key> due = due(station.name(), periods, atOnce);
        if (due.isEmpty()) {
            return List.of();
        }
        String lease = "probe:" + station.name();
        return place.leases()
                .take(lease, settings.lease())
                .map(taken -> {
                    try (var _ = place.leases().keep(taken, settings.lease())) {
                        // What another node did just before it gave the lease back is read again.
                        return knock(station, new Turn(taken, periods, atOnce));
                    } finally {
                        place.leases().giveBack(lease);
                    }
                })
                .orElse(List.of());
    }

    /** @param atOnce whether somebody asked, whatever is due */
    private record Turn(Lease lease, Map<ClassId, Duration> periods, boolean atOnce) {}

    private List<DoorProbe> knock(Station station, Turn turn) {
        Map<DoorProbe.Key, DoorProbe> known = known();
        Instant now = place.now();
        List<DoorProbe> met = new ArrayList<>();
        List<DoorProbe> told = new ArrayList<>();
        for (DoorProbe.Key key : due(station.name(), turn.periods, turn.atOnce)) {
            tried.put(key, now);
            Optional<DoorProbe> before = Optional.ofNullable(known.get(key));
            DoorProbe after = new Knocking(station.driver(), now, settings.patience()).probe(key, paths(key), before);
            met.add(after);
            if (isTold(before, after, turn.periods.getOrDefault(key.classId(), OpenTo.DAILY))
                    || (turn.atOnce && isKnown(after))) {
                told.add(after);
            }
        }
        Appended appended = told.isEmpty()
                ? new Appended.Refused("nothing new")
                : place.journal()
                        .append(
                                ACTOR,
                                connection -> place.leases().stillHolds(connection, turn.lease)
                                        ? Optional.of(new DoorsTried(told))
                                        : Optional.empty());
        return turn.atOnce ? met : appended instanceof Appended.Done ? told : List.of();
    }

    /** Whether what was met says more than what is recorded, or as much at a later time. */
    private boolean isTold(Optional<DoorProbe> before, DoorProbe after, Duration period) {
        if (before.isEmpty() || !before.get().open().containsAll(after.open())) {
            return true;
        }
        boolean late = isLate(before.get(), Calendar.share(period, settings.ahead()));
        return isKnown(after)
                ? late || !isKnown(before.get()) || !isQuiet(before.get()) || isBare(before.get()) != isBare(after)
                : isLate(before.get(), period) || (late && !isKnown(before.get()));
    }

    private List<DoorProbe.Key> due(StorageName element, Map<ClassId, Duration> periods, boolean atOnce) {
        Map<DoorProbe.Key, DoorProbe> known = known();
        List<DoorProbe.Key> due = new ArrayList<>();
        periods.forEach((classId, period) -> {
            DoorProbe.Key key = new DoorProbe.Key(element, classId);
            Optional<DoorProbe> last = Optional.ofNullable(known.get(key));
            if (atOnce || (isWanted(last, period) && !isTired(key, last))) {
                due.add(key);
            }
        });
        return due;
    }

    private boolean isWanted(Optional<DoorProbe> last, Duration period) {
        return last.isEmpty()
                || isBare(last.get())
                || !isKnown(last.get())
                || !isQuiet(last.get())
                || isLate(last.get(), Calendar.share(period, settings.ahead()));
    }

    private boolean isTired(DoorProbe.Key key, Optional<DoorProbe> last) {
        Instant tries = tried.get(key);
        Duration pause = last.map(DoorRound::isBare).orElse(false) ? settings.look() : settings.retry();
        return tries != null && place.now().isBefore(tries.plus(pause));
    }

    private boolean isLate(DoorProbe probe, Duration age) {
        return !place.now().isBefore(probe.at().plus(age));
    }

    private static boolean isKnown(DoorProbe probe) {
        return probe.trials().stream().allMatch(t -> t.notKnown() == 0);
    }

    private static boolean isQuiet(DoorProbe probe) {
        return probe.open().isEmpty();
    }

    private static boolean isBare(DoorProbe probe) {
        return probe.paths() == 0;
    }

    private Map<DoorProbe.Key, DoorProbe> known() {
        return place.database().read(connection -> TrialTables.all(connection).doors());
    }

    private List<StoragePath> paths(DoorProbe.Key key) {
        return sample.of(new ClassSample.Of(key.element(), key.classId()), settings.paths()).stream()
                .map(found -> found.copy().path())
                .toList();
    }

    /** The classes of files that only members may see, each with the shortest period that a clause states. */
    private static Map<ClassId, Duration> periods(Plan plan) {
        Map<ClassId, Duration> periods = new TreeMap<>();
        for (Clause clause : plan.clauses().values()) {
            for (Duty duty : clause.must()) {
                if (clause.standing() == Standing.DUTY
                        && duty.obligation() instanceof OpenTo open
                        && open.audience() == Audience.MEMBERS) {
                    clause.about().stream()
                            .filter(id -> plan.classRule(id)
                                    .map(ClassRule::scopes)
                                    .map(s -> !s.isEmpty())
                                    .orElse(false))
                            .forEach(id -> periods.merge(id, open.probedEvery(), (a, b) -> a.compareTo(b) < 0 ? a : b));
                }
            }
        }
        return periods;
    }
}
