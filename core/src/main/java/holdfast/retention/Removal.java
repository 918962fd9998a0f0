package holdfast.retention;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Holding;
import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.retention.ReleaseGuard.Word;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageElement.Deletes;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The leave to remove one copy, and the house's only way to a driver's release. Where deletions are the site's there is
 * none: the copy is handed to the site, which judges for itself ({@link SiteRemoval}). It is given just before the bytes go, by whoever
 * holds the locks of all the file's rows, and is good for that moment only.
 */
public final class Removal {
    private final CopyRow copy;

    private Removal(CopyRow copy) {
        this.copy = copy;
    }

    /** Whether it may be done now. */
    public sealed interface Leave {
        record Granted(Removal removal) implements Leave {}

        /** The site may remove it, and the house may not. */
        record OfSite(CopyRow copy) implements Leave {}

        record Withheld(List<Obstacle> obstacles) implements Leave {
            public Withheld {
                obstacles = List.copyOf(obstacles);
            }
        }
    }

    /**
     * Judges once more, on rows that nobody else can change now.
     *
     * @param act the release, signed by as many as it needs, its undo window over
     */
    public static Leave leave(SignedAct act, Holding locked, Circumstances circumstances, Instant now) {
        if (!(act.act() instanceof Act.ReleaseCopies(StorageName from, var files)) || !files.contains(locked.id())) {
            return withheld("the act does not release a copy of " + locked.id());
        }
        if (act.state() != SignedAct.State.SIGNED
                || act.signatures().size() < act.act().needed()) {
            return withheld("the act is not signed by as many as it needs, or was undone");
        }
        if (now.isBefore(act.undoUntil())) {
            return withheld("it can be undone until " + act.undoUntil());
        }
        Optional<Instant> mayGoFrom = mayGoFrom(act, from, circumstances);
        if (mayGoFrom.isEmpty()) {
            return withheld("the sites file names no element " + from);
        }
        if (now.isBefore(mayGoFrom.get())) {
            return withheld("copies at " + from + " stand until " + mayGoFrom.get());
        }
        Optional<CopyRow> copy = locked.copies().stream()
                .filter(c -> c.storage().equals(from) && c.state() == CopyState.RELEASING)
                .findFirst();
        if (copy.isEmpty()) {
            return withheld("no copy of " + locked.id() + " at " + from + " is being released");
        }
        return switch (ReleaseGuard.mayGo(locked, from, circumstances, now)) {
            case Word.NoObstacle _ when isTheSites(from, circumstances) -> new Leave.OfSite(copy.get());
            case Word.NoObstacle _ -> new Leave.Granted(new Removal(copy.get()));
            case Word.Refused refused -> new Leave.Withheld(refused.obstacles());
        };
    }

    /**
     * When the element's own delay is over, by the longest of the plans that count; empty for an element that the sites
     * file does not name.
     */
    public static Optional<Instant> mayGoFrom(SignedAct act, StorageName from, Circumstances circumstances) {
        return circumstances
                .now()
                .element(from)
                .map(here -> act.undoUntil()
                        .plus(circumstances.plans().stream()
                                .flatMap(plan -> plan.element(from).stream())
                                .map(element -> element.deletes().after())
                                .reduce(
                                        here.deletes().after(),
                                        (one, other) -> one.compareTo(other) < 0 ? other : one)));
    }

    /** Whether any plan that counts leaves deletions there to the site. */
    private static boolean isTheSites(StorageName from, Circumstances circumstances) {
        return circumstances.plans().stream()
                .flatMap(plan -> plan.element(from).stream())
                .anyMatch(element -> element.deletes().by() == Deletes.By.SITE);
    }

    /** The copy that goes. */
    public CopyRow copy() {
        return copy;
    }

    /** Removes the bytes. Nothing else in the house calls a driver's release; a house test says so. */
    public Removed by(StorageDriver driver) {
        return driver.release(copy.path());
    }

    private static Leave withheld(String why) {
        return new Leave.Withheld(List.of(new Obstacle(Optional.empty(), why)));
    }
}
