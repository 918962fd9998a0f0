package holdfast.server.simulation;

import holdfast.catalog.ChangesCatalog;
import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact.BytesReturned;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.journal.Fact;
import holdfast.storage.ProofKind;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what the house was shown by its drivers, and holds every fact it writes against that: no fact may say more
 * than the task that wrote it had seen.
 */
final class Witness {
    private final World world;
    private final Map<Place, List<Event>> events = new HashMap<>();
    private final Map<Place, Moment> recordedBad = new HashMap<>();
    private final Set<DataId> mayGo = new HashSet<>();

    Witness(World world) {
        this.world = world;
    }

    /** What a driver showed a task. */
    enum What {
        WROTE,
        RIGHT,
        RIGHT_FROM_MEDIUM,
        WRONG,
        FAILED,
        ABSENT,
        /** Nothing was said to stand there, by an element that was going away just then. */
        SEEMED_ABSENT
    }

    private record Place(StorageName element, StoragePath path) {}

    /**
     * One thing shown.
     *
     * @param at when the medium was as shown
     * @param believable whether it was so on the medium, and not only in the reader
     */
    record Event(StorageName element, StoragePath path, What what, Moment at, boolean believable) {
        /** Enough for a first suspicion, which needs no more than one bad showing and is looked into again. */
        boolean isBad() {
            return switch (what) {
                case WRONG, FAILED, ABSENT, SEEMED_ABSENT -> true;
                case WROTE, RIGHT, RIGHT_FROM_MEDIUM -> false;
            };
        }
    }

    void saw(Store store, StoragePath path, What what, Moment at, boolean believable) {
        Event event = new Event(store.name, path, what, at, believable);
        Baton.Task task = world.baton.running();
        if (task != null) {
            task.seen.add(event);
        }
        events.computeIfAbsent(new Place(store.name, path), p -> new ArrayList<>())
                .add(event);
    }

    void released(Store store, StoragePath path) {
        world.violation("bytes at %s of %s were removed", path, store.name);
    }

    /** A fact was committed by a task. */
    void recorded(Baton.Task task, Fact fact) {
        switch (fact) {
            case FilesRegistered registered -> {
                registered.files().forEach(this::registered);
                registered.copies().forEach(copy -> landed(task, copy));
            }
            case BytesReturned returned -> returned.copies().forEach(copy -> landed(task, copy));
            case CopiesArrived arrived -> arrived.copies().forEach(copy -> arrived(task, copy));
            case CopiesInspected inspected -> {
                for (int i = 0; i < inspected.copies().size(); i++) {
                    inspected(
                            task,
                            inspected.copies().get(i),
                            inspected.outcomes().get(i));
                }
            }
            default -> {}
        }
        if (fact instanceof ChangesCatalog catalog) {
            catalog.files().forEach(this::source);
        }
    }

    private void registered(FileRow file) {
        boolean right = file.digests()
                .sha256()
                .map(d -> d.equals(Digest.sha256(world.truth.of(file.id()))))
                .orElse(false);
        if (!right) {
            world.violation("%s was registered with digests of other bytes", file.id());
        }
    }

    /** What the source was told is never taken back. */
    private void source(FileRow file) {
        if (file.source().state() == SourceState.MAY_GO) {
            mayGo.add(file.id());
        } else if (mayGo.contains(file.id())) {
            world.violation("%s may go at its source, and a later fact says it is held", file.id());
        }
    }

    private void landed(Baton.Task task, CopyRow copy) {
        if (copy.state() == CopyState.PROVED) {
            if (!showed(task, copy, What.RIGHT_FROM_MEDIUM, proofAt(copy))) {
                world.violation("%s was recorded as read back by %s, and was not", words(copy), task.name);
            }
        } else {
            arrived(task, copy);
        }
    }

    private void arrived(Baton.Task task, CopyRow copy) {
        boolean right = task.seen.stream()
                .filter(e -> isAt(e, copy) && e.what != What.SEEMED_ABSENT)
                .reduce((one, later) -> later)
                .map(e -> e.what == What.WROTE || e.what == What.RIGHT || e.what == What.RIGHT_FROM_MEDIUM)
                .orElse(false);
        if (!right) {
            world.violation("%s was recorded as arrived by %s, which saw no right bytes there", words(copy), task.name);
        }
    }

    private void inspected(Baton.Task task, CopyRow copy, Outcome outcome) {
        switch (outcome) {
            case INTACT -> intact(task, copy);
            case CORRUPT, UNREADABLE -> bad(task, copy);
            case MISSING -> {
                if (!showed(task, copy, What.ABSENT, Instant.MIN)) {
                    world.violation(
                            "%s was recorded as missing by %s, and the element never answered so",
                            words(copy), task.name);
                }
                recordedBad.put(place(copy), sinceNow(copy));
            }
            case NOT_CHECKED -> {
                // What a site says of a new copy is kept beside it, and is no proof of anything.
                boolean said = copy.state() == CopyState.ARRIVED
                        && copy.proof()
                                .filter(p -> p.kind() == ProofKind.SITE_SAYS && !p.fromMedium())
                                .isPresent();
                if (!said) {
                    world.violation("%s was recorded and was not checked", words(copy));
                }
            }
        }
    }

    private void intact(Baton.Task task, CopyRow copy) {
        Instant proof = proofAt(copy);
        ProofKind kind = copy.proof().orElseThrow().kind();
        boolean shown =
                showed(task, copy, What.RIGHT_FROM_MEDIUM, Instant.MIN) || showed(task, copy, What.RIGHT, Instant.MIN);
        if (!shown) {
            world.violation("%s was recorded as intact by %s, which was not shown so", words(copy), task.name);
        }
        boolean medium = kind == ProofKind.MEDIUM || kind == ProofKind.WHOLE_READ;
        if (medium && !everShown(copy, proof)) {
            world.violation("the proof of %s is of %s, later than any right read of its medium", words(copy), proof);
        }
        Moment bad = recordedBad.get(place(copy));
        if (bad != null && copy.state() == CopyState.PROVED && !isLater(task, copy, bad)) {
            world.violation("%s was found bad at %s, and is proved again as of %s", words(copy), bad.at(), proof);
        }
    }

    /** Whether a proof is of a read after damage was recorded; where both have one time, the order of events tells. */
    private static boolean isLater(Baton.Task task, CopyRow copy, Moment bad) {
        Instant proof = proofAt(copy);
        return proof.isAfter(bad.at())
                || (proof.equals(bad.at())
                        && task.seen.stream()
                                .anyMatch(e -> isAt(e, copy) && e.what == What.RIGHT_FROM_MEDIUM && e.at.isAfter(bad)));
    }

    /** Since when a copy is bad by its row, and that this was recorded only now. */
    private Moment sinceNow(CopyRow copy) {
        return new Moment(copy.since(), world.moment().order());
    }

    private void bad(Baton.Task task, CopyRow copy) {
        List<Event> mine =
                task.seen.stream().filter(e -> isAt(e, copy) && e.isBad()).toList();
        if (mine.isEmpty()) {
            world.violation("%s was recorded as bad by %s, which was shown nothing bad", words(copy), task.name);
        }
        boolean confirmed = copy.state() == CopyState.CORRUPT || copy.state() == CopyState.UNREADABLE;
        if (confirmed && recordedBad.get(place(copy)) == null) {
            world.violation("%s was confirmed as bad by its first bad read", words(copy));
        }
        if (confirmed && mine.stream().noneMatch(Event::believable)) {
            world.violation("%s was confirmed as bad by %s, whose reader was broken", words(copy), task.name);
        }
        recordedBad.put(place(copy), sinceNow(copy));
    }

    private static Instant proofAt(CopyRow copy) {
        return copy.proof().orElseThrow().at();
    }

    private static boolean showed(Baton.Task task, CopyRow copy, What what, Instant notBefore) {
        return task.seen.stream()
                .anyMatch(e -> isAt(e, copy) && e.what == what && !e.at.at().isBefore(notBefore));
    }

    private boolean everShown(CopyRow copy, Instant notBefore) {
        return events.getOrDefault(place(copy), List.of()).stream()
                .anyMatch(e -> e.what == What.RIGHT_FROM_MEDIUM && !e.at.at().isBefore(notBefore));
    }

    private static boolean isAt(Event event, CopyRow copy) {
        return event.element.equals(copy.storage()) && event.path.equals(copy.path());
    }

    private static Place place(CopyRow copy) {
        return new Place(copy.storage(), copy.path());
    }

    private static String words(CopyRow copy) {
        return copy.id() + " at " + copy.storage() + " (" + copy.path() + ", " + copy.state() + ")";
    }

    /**
     * Whether the house may call a file's bytes at an element good: it read them whole and right from the medium no
     * longer ago than a proof holds, and recorded nothing bad of them since.
     */
    boolean mayBelieve(DataId id, StorageName element, Instant now, Duration holds) {
        return events.entrySet().stream()
                .filter(e -> e.getKey().element.equals(element))
                .filter(e -> world.truth.at(e.getKey().path).filter(id::equals).isPresent())
                .anyMatch(e -> e.getValue().stream()
                        .filter(event -> event.what == What.RIGHT_FROM_MEDIUM)
                        .filter(event -> event.at.at().plus(holds).isAfter(now))
                        .anyMatch(event -> isNotBadSince(e.getKey(), event.at)));
    }

    /** The last things that drivers showed of a file, for people. */
    List<String> words(DataId id) {
        return events.entrySet().stream()
                .filter(e -> world.truth.at(e.getKey().path).filter(id::equals).isPresent())
                .map(e -> e.getKey() + " "
                        + e.getValue().reversed().stream()
                                .limit(3)
                                .map(v -> v.at.at() + " " + v.what)
                                .toList() + " bad "
                        + Optional.ofNullable(recordedBad.get(e.getKey())).map(Moment::at))
                .sorted()
                .toList();
    }

    private boolean isNotBadSince(Place place, Moment at) {
        Moment bad = recordedBad.get(place);
        return bad == null || at.isAfter(bad);
    }
}
