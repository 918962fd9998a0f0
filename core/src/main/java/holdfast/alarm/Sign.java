package holdfast.alarm;

import holdfast.journal.Micros;
import java.time.Instant;

/**
 * Something that stands now and that somebody should know. Its words name clauses, elements and numbers and never a file:
 * messages leave the house, and names of closed data do not.
 *
 * @param size how much it is, in what its words count; at least 1
 * @param latest when something was last added to it
 * @param words a sentence without a full stop
 */
public record Sign(Key key, long size, Instant latest, String words) {
    public Sign {
        latest = Micros.cut(latest);
        if (size < 1) {
            throw new IllegalArgumentException("a sign counts at least 1: " + key + " counts " + size);
        }
    }

    /**
     * What makes two signs the same one.
     *
     * @param about the clause, class, element or folder, in its own spelling
     */
    public record Key(AlarmKind kind, String about) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : about.compareTo(other.about);
        }

        @Override
        public String toString() {
            return kind.words() + (about.isEmpty() ? "" : " " + about);
        }
    }
}
