package holdfast.storage;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What opening a sample of the files of one class at one element showed: a program for their format was run on the bytes
 * of the copies (P-2).
 *
 * @param at when it began
 * @param kind how the bytes were read; of several the weakest
 * @param opened how many files the program opened, with as many events as the catalogue says
 * @param notKnown of how many it cannot be told
 * @param why it could not be told there, of the first
 * @param unopened the files that the program does not open, until it does
 */
public record OpeningSample(
        Key key, Instant at, ProofKind kind, int opened, int notKnown, Optional<String> why, List<Unopened> unopened) {
    /** More files than this are not named one by one. */
    public static final int MOST_UNOPENED = 8;

    public OpeningSample {
        at = Micros.cut(at);
        unopened = List.copyOf(unopened);
    }

    /** Of which files of which element, and as what format. */
    public record Key(StorageName element, ClassId classId, String format) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::element).thenComparing(Key::classId).thenComparing(Key::format);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A file that its program did not open.
     *
     * @param at when that was
     * @param seen what the program said or did, without a full stop
     */
    public record Unopened(DataId id, Instant at, String seen) {
        public Unopened {
            at = Micros.cut(at);
        }
    }

    /** Writes the fields of version 1. */
    public Line.Writer write(Line.Writer line) {
        line.put(key.element()).put(key.classId()).put(key.format()).time(at);
        line.put(kind).put(opened).put(notKnown).put(why);
        for (Unopened file : unopened) {
            line.put(file.id().scope()).put(file.id().name()).time(file.at()).put(file.seen());
        }
        return line;
    }

    /** Reads the fields that {@link #write} wrote, to the line's end. */
    public static OpeningSample read(Line.Reader line) {
        Key key = new Key(new StorageName(line.text()), new ClassId(line.text()), line.text());
        Instant at = line.time();
        ProofKind kind = ProofKind.valueOf(line.text());
        int opened = Math.toIntExact(line.number());
        int notKnown = Math.toIntExact(line.number());
        Optional<String> why = line.maybe();
        List<Unopened> unopened = new ArrayList<>();
        while (line.hasMore()) {
            DataId id = new DataId(new Scope(line.text()), line.text());
            unopened.add(new Unopened(id, line.time(), line.text()));
        }
        return new OpeningSample(key, at, kind, opened, notKnown, why, unopened);
    }
}
