package holdfast.server.keeping;

import holdfast.catalog.CopyRow;
import holdfast.fixity.FixityFact.CopiesInspected;
import holdfast.fixity.Outcome;
import holdfast.formats.Json;
import holdfast.journal.Entry;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Memory;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts confirmed damage and the time to its repair. Rows forget it once a copy is replaced, so the inspections of the
 * journal are read: each once, from where the last count ended, which the house remembers.
 */
public final class DamageCount {
    private static final String MEMORY = "damage-count";
    private static final int ENTRIES = 500;

    /** Beyond so many open ones a repair's time is no longer taken; the count itself goes on. */
    private static final int MOST_OPEN = 20_000;

    private final Entries entries;
    private final Memory memory;
    private final HouseClock clock;

    public DamageCount(Entries entries, Memory memory, HouseClock clock) {
        this.entries = entries;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * What was counted up to an entry.
     *
     * @param next the first entry that was not looked at
     * @param size how many entries there are
     * @param damaged by element: copies confirmed corrupt, unreadable or missing
     * @param repairs damaged copies that were proved again at their element
     * @param repairDays their days from confirmed to proved, added up
     */
    public record Count(long next, long size, Map<StorageName, Long> damaged, long repairs, double repairDays) {
        public Count {
            damaged = Map.copyOf(damaged);
        }
    }

    /** As it is remembered; open damage by file and element, with the moment it was confirmed. */
    record Note(long next, Map<String, Long> damaged, long repairs, double repairDays, Map<String, Instant> open) {}

    /** Counts on for so long at most. */
    public Count count(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        long size = entries.size();
        Running running = new Running(memory.recall(MEMORY)
                .map(note -> Json.read(note.value(), Note.class))
                .orElse(new Note(0, Map.of(), 0, 0, Map.of())));
        long begun = running.next;
        while (running.next < size && System.nanoTime() < until) {
            long end = Math.min(size, running.next + ENTRIES);
            entries.eachOf(CopiesInspected.KIND, running.next, end, (seq, entry) -> running.take(entry));
            running.next = end;
        }
        if (running.next > begun) {
            memory.keep(MEMORY, Json.line(running.note()), clock.now());
        }
        return running.count(size);
    }

    private static final class Running {
        private long next;
        private long repairs;
        private double repairDays;
        private final Map<String, Long> damaged;
        private final Map<String, Instant> open;

        Running(Note note) {
            next = note.next;
            repairs = note.repairs;
            repairDays = note.repairDays;
            damaged = new TreeMap<>(note.damaged);
            open = new TreeMap<>(note.open);
        }

        void take(Entry entry) {
            CopiesInspected seen = CopiesInspected.read(entry.lines());
            for (int i = 0; i < seen.copies().size(); i++) {
                CopyRow copy = seen.copies().get(i);
                String key = copy.storage() + " " + copy.id();
                if (seen.outcomes().get(i) == Outcome.INTACT) {
                    Instant since = open.remove(key);
                    if (since != null) {
                        repairs++;
                        repairDays += Duration.between(since, entry.at()).toMillis() / 86_400_000.0;
                    }
                } else if (copy.state().isDamage() && !open.containsKey(key)) {
                    damaged.merge(copy.storage().name(), 1L, Long::sum);
                    if (open.size() < MOST_OPEN) {
                        open.put(key, copy.since());
                    }
                }
            }
        }

        Note note() {
            return new Note(next, damaged, repairs, repairDays, open);
        }

        Count count(long size) {
            Map<StorageName, Long> byElement = new java.util.HashMap<>();
            damaged.forEach((name, count) -> byElement.put(new StorageName(name), count));
            return new Count(next, size, byElement, repairs, repairDays);
        }
    }
}
