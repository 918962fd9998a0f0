package holdfast.server.work;

import holdfast.journal.Journal.Appended;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.plan.Plan;
import holdfast.server.openers.Openers;
import holdfast.server.sql.ClassSample;
import holdfast.server.sql.FileCopy;
import holdfast.server.sql.Inspections;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.TrialTables;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.OpeningSample;
import holdfast.storage.OpeningSample.Unopened;
import holdfast.storage.StorageFact.SamplesOpened;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens a small sample of the files of each class at each element by the program for their format, where the plan asks for
 * it (P-2) and this node has one. A file that did not open is tried again beside every later sample, until it opens or
 * its copy is no more.
 */
public final class OpenerRound {
    private static final Actor ACTOR = new Actor("opener");

    private final Workplace place;
    private final OpenerSettings settings;
    private final Openers openers;
    private final Inspections inspections;
    private final DaySample sample;
    private final Map<OpeningSample.Key, Instant> tried = new ConcurrentHashMap<>();
    private final Map<StorageName, Instant> looked = new ConcurrentHashMap<>();

    public OpenerRound(Workplace place, OpenerSettings settings, Openers openers) {
        this.place = place;
        this.settings = settings;
        this.openers = openers;
        this.inspections = new Inspections(place.words());
        this.sample = new DaySample(place, "opener");
    }

    /** Opens what is due at an element, and answers what was recorded. */
    public List<OpeningSample> step(StorageName name) {
        boolean rests = openers.formats().isEmpty() || isJustLookedAt(name);
        Optional<Station> station = rests ? Optional.empty() : place.station(name);
        if (station.isEmpty() || due(station.get()).isEmpty() || !place.isOpen(station.get(), place.condition(name))) {
            return List.of();
        }
        // The lease of inspections: on tape each lets go of what it recalled, and must not take it from another.
        return place.leases()
                .take(Inspecting.lease(name), settings.lease())
                .map(lease -> {
                    try (var _ = place.leases().keep(lease, settings.lease())) {
                        return open(station.get(), lease, due(station.get()));
                    }
                })
                .orElse(List.of());
    }

    private boolean isJustLookedAt(StorageName name) {
        Instant now = place.now();
        Instant last = looked.get(name);
        boolean just = last != null && now.isBefore(last.plus(settings.look()));
        if (!just) {
            looked.put(name, now);
        }
        return just;
    }

    private List<OpeningSample> open(Station station, Lease lease, List<OpeningSample.Key> due) {
        Map<OpeningSample.Key, OpeningSample> known = known();
        List<OpeningSample> opened = new ArrayList<>();
        for (OpeningSample.Key key : due) {
            tried.put(key, place.now());
            Optional<OpeningSample> before = Optional.ofNullable(known.get(key));
            List<FileCopy> copies = copies(key, before);
            if (!copies.isEmpty() || before.map(b -> !b.unopened().isEmpty()).orElse(false)) {
                OpeningSample after = new Opening(station, openers, place.now()).sample(key, copies, before);
                if (isTold(station, before, after)) {
                    opened.add(after);
                }
            }
        }
        return opened.isEmpty() ? List.of() : record(lease, opened);
    }

    private List<OpeningSample> record(Lease lease, List<OpeningSample> opened) {
        Appended appended = place.journal()
                .append(
                        ACTOR,
                        connection -> place.leases().stillHolds(connection, lease)
                                ? Optional.of(new SamplesOpened(opened))
                                : Optional.empty());
        return appended instanceof Appended.Done ? opened : List.of();
    }

    /** What did not open before and still stands there, and beside it the sample of the day. */
    private List<FileCopy> copies(OpeningSample.Key key, Optional<OpeningSample> before) {
        Map<Object, FileCopy> copies = new LinkedHashMap<>();
        List<Unopened> again = before.map(OpeningSample::unopened).orElse(List.of());
        place
                .database()
                .read(connection -> inspections.of(
                        connection,
                        key.element(),
                        again.stream().map(u -> u.id().key()).toList()))
                .stream()
                .filter(c -> c.copy().state().stands())
                .forEach(c -> copies.put(c.file().id(), c));
        sample.of(new ClassSample.Of(key.element(), key.classId()), settings.files())
                .forEach(c -> copies.putIfAbsent(c.file().id(), c));
        return List.copyOf(copies.values());
    }

    /** Whether what was seen says more than what is recorded, or as much at a later time. */
    private boolean isTold(Station station, Optional<OpeningSample> before, OpeningSample after) {
        if (before.isEmpty() || !before.get().unopened().equals(after.unopened())) {
            return true;
        }
        boolean late = isLate(before.get(), Calendar.share(holds(station), settings.ahead()));
        return isKnown(after)
                ? late || !isKnown(before.get())
                : isLate(before.get(), holds(station)) || (late && !isKnown(before.get()));
    }

    private List<OpeningSample.Key> due(Station station) {
        Map<OpeningSample.Key, OpeningSample> known = known();
        List<OpeningSample.Key> due = new ArrayList<>();
        for (OpeningSample.Key key : asked(station)) {
            Optional<OpeningSample> last = Optional.ofNullable(known.get(key));
            boolean wanted = last.isEmpty()
                    || !isKnown(last.get())
                    || !last.get().unopened().isEmpty()
                    || isLate(last.get(), Calendar.share(holds(station), settings.ahead()));
            Instant tries = tried.get(key);
            if (wanted && (tries == null || !place.now().isBefore(tries.plus(settings.retry())))) {
                due.add(key);
            }
        }
        return due;
    }

    private boolean isLate(OpeningSample last, Duration age) {
        return !place.now().isBefore(last.at().plus(age));
    }

    private static boolean isKnown(OpeningSample last) {
        return last.opened() > 0 && last.notKnown() == 0;
    }

    private static Duration holds(Station station) {
        return station.inForce().plan().limits().drill();
    }

    private Map<OpeningSample.Key, OpeningSample> known() {
        return place.database().read(connection -> TrialTables.all(connection).openings());
    }

    /** The classes of files that clauses want opened, as formats that this node can open. */
    private Set<OpeningSample.Key> asked(Station station) {
        Plan plan = station.inForce().plan();
        Set<OpeningSample.Key> asked = new TreeSet<>();
        for (Clause clause : plan.clauses().values()) {
            for (Duty duty : clause.must()) {
                if (clause.standing() == Standing.DUTY
                        && duty.obligation() instanceof Obligation.Opened(String format)
                        && openers.formats().contains(format)) {
                    clause.about().stream()
                            .filter(id -> isOfFiles(plan, id))
                            .forEach(id -> asked.add(new OpeningSample.Key(station.name(), id, format)));
                }
            }
        }
        return asked;
    }

    private static boolean isOfFiles(Plan plan, ClassId id) {
        return plan.classRule(id).map(ClassRule::scopes).map(s -> !s.isEmpty()).orElse(false);
    }
}
