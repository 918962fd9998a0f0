package holdfast.storage;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What knocking at an element's door showed, for a sample of the files of one class that stand there (P-21, P-32).
 *
 * @param at when it began
 * @param paths how many paths were tried; 0 where no file of the class was known to stand there
 * @param trials one for each visitor, in their order
 * @param open the doors that are not known to be closed again: those that were found open now, and those that were open
 *     before and did not answer now
 */
public record DoorProbe(Key key, Instant at, int paths, List<Trial> trials, List<OpenDoor> open) {
    /** More open doors than this are not named one by one. */
    public static final int MOST_OPEN = 8;

    public DoorProbe {
        at = Micros.cut(at);
        trials = List.copyOf(trials);
        open = List.copyOf(open);
        boolean inOrder = trials.stream().map(Trial::visitor).toList().equals(Arrays.asList(Visitor.values()));
        if (!inOrder) {
            throw new IllegalArgumentException("a probe tells of every visitor once, in their order: " + trials);
        }
    }

    /** Of which files of which element. */
    public record Key(StorageName element, ClassId classId) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::element).thenComparing(Key::classId);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What one visitor met.
     *
     * @param refused at how many paths nothing was given or shown
     * @param notKnown at how many paths it cannot be told; with the open doors these are all the others
     * @param why it could not be told there
     */
    public record Trial(Visitor visitor, int refused, int notKnown, Optional<String> why) {}

    /**
     * A door that let somebody in who is no member.
     *
     * @param seen what was answered to what, without a full stop
     * @param at when that was
     */
    public record OpenDoor(Visitor visitor, StoragePath path, Instant at, String seen) {
        public OpenDoor {
            at = Micros.cut(at);
        }
    }

    /** Writes the fields of version 1. */
    public Line.Writer write(Line.Writer line) {
        line.put(key.element()).put(key.classId()).time(at).put(paths);
        for (Trial trial : trials) {
            line.put(trial.refused()).put(trial.notKnown()).put(trial.why());
        }
        for (OpenDoor door : open) {
            line.put(door.visitor()).put(door.path()).time(door.at()).put(door.seen());
        }
        return line;
    }

    /** Reads the fields that {@link #write} wrote, to the line's end. */
    public static DoorProbe read(Line.Reader line) {
        Key key = new Key(new StorageName(line.text()), new ClassId(line.text()));
        Instant at = line.time();
        int paths = Math.toIntExact(line.number());
        List<Trial> trials = new ArrayList<>();
        for (Visitor visitor : Visitor.values()) {
            int refused = Math.toIntExact(line.number());
            trials.add(new Trial(visitor, refused, Math.toIntExact(line.number()), line.maybe()));
        }
        List<OpenDoor> open = new ArrayList<>();
        while (line.hasMore()) {
            Visitor visitor = Visitor.valueOf(line.text());
            open.add(new OpenDoor(visitor, new StoragePath(line.text()), line.time(), line.text()));
        }
        return new DoorProbe(key, at, paths, trials, open);
    }
}
