package holdfast.server.work;

import holdfast.storage.DoorProbe;
import holdfast.storage.DoorProbe.OpenDoor;
import holdfast.storage.DoorProbe.Trial;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Knock;
import holdfast.storage.Visitor;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knocks at some paths of one element as every visitor, and adds up what was met. A door that was open stays open until
 * it is seen closed, so it is tried again whatever the day's sample is.
 */
final class Knocking {
    private static final int LONGEST = 300;

    private final StorageDriver driver;
    private final Instant now;
    private final int patience;
    private int inVain;

    /** @param patience after so many knocks in a row to which nothing told, the others are not made */
    Knocking(StorageDriver driver, Instant now, int patience) {
        this.driver = driver;
        this.now = now;
        this.patience = patience;
    }

    /** What these paths show, after what was known before. */
    DoorProbe probe(DoorProbe.Key key, Collection<StoragePath> sample, Optional<DoorProbe> before) {
        List<OpenDoor> known = before.map(DoorProbe::open).orElse(List.of());
        Set<StoragePath> paths = new LinkedHashSet<>();
        known.forEach(door -> paths.add(door.path()));
        paths.addAll(sample);
        List<Trial> trials = new ArrayList<>();
        List<OpenDoor> open = new ArrayList<>();
        for (Visitor visitor : Visitor.values()) {
            trials.add(trial(visitor, paths, known, open));
        }
        return new DoorProbe(
                key,
                now,
                paths.size(),
                trials,
                open.stream().limit(DoorProbe.MOST_OPEN).toList());
    }

    private Trial trial(Visitor visitor, Set<StoragePath> paths, List<OpenDoor> known, List<OpenDoor> open) {
        int refused = 0;
        int notKnown = 0;
        Optional<String> why = Optional.empty();
        inVain = 0;
        for (StoragePath path : paths) {
            switch (knock(path, visitor)) {
                case Knock.Refused _ -> refused++;
                case Knock.LetIn in -> open.add(new OpenDoor(visitor, path, now, cut(in.seen())));
                case Knock.NotKnown nothing -> {
                    notKnown++;
                    why = why.or(() -> Optional.of(cut(nothing.why())));
                    known.stream()
                            .filter(d -> d.visitor() == visitor && d.path().equals(path))
                            .forEach(open::add);
                }
            }
        }
        return new Trial(visitor, refused, notKnown, why);
    }

    private Knock knock(StoragePath path, Visitor visitor) {
        if (inVain >= patience) {
            return new Knock.NotKnown("nothing told for " + patience + " paths before, so no more were tried");
        }
        Knock met = driver.knock(path, visitor);
        inVain = met instanceof Knock.NotKnown ? inVain + 1 : 0;
        return met;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST))) + "...";
    }
}
