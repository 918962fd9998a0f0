package holdfast.server.simulation;

import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What really stands on one element: bytes on the medium, and for tape the buffer in front of it. Every node's driver
 * of the element sees this; so does the oracle.
 */
final class Store {
    /** What is wrong with an element at present. */
    enum Mood {
        /** Nothing answers. */
        SILENT,
        /** It is going away: already silent, while a look still says that nothing stands there. */
        FLAPPING,
        /** The folder is there and carries no mark. */
        EMPTY_MOUNT,
        /** Every read gives other bytes, though what is on the medium is right. */
        GARBLED,
        /** No file can be read, though the element answers. */
        NO_READS,
        /** Writes answer that all is well and keep nothing. */
        FORGETFUL,
        /** Writes keep the bytes or not, and nobody knows. */
        UNSURE,
        FULL,
        /** Listings leave some files out and end as if they were whole. */
        PARTIAL_LISTING,
        NO_DRIVES,
        /** What is online stays online whatever is asked. */
        PINNED
    }

    /** Bytes online in front of a tape. */
    @SuppressWarnings("ArrayRecordComponent")
    record Online(byte[] bytes, Optional<Moment> recalled) {}

    final StorageName name;
    final boolean tape;
    final boolean migratesLater;
    final NavigableMap<StoragePath, byte[]> medium = new TreeMap<>();
    final NavigableMap<StoragePath, Online> buffer = new TreeMap<>();
    final Set<Mood> moods = EnumSet.noneOf(Mood.class);

    @Nullable
    UUID mark;

    boolean everMarked;
    boolean replaced;

    @Nullable
    Instant silentSince;

    /** The first look that must have shown the silence, and the second, after which it must be on record. */
    @Nullable
    Instant watched;

    @Nullable
    Instant noticed;

    Store(StorageName name, boolean tape, boolean migratesLater) {
        this.name = name;
        this.tape = tape;
        this.migratesLater = migratesLater;
    }

    boolean answers() {
        return mark != null && !is(Mood.SILENT) && !is(Mood.FLAPPING) && !is(Mood.EMPTY_MOUNT);
    }

    boolean is(Mood mood) {
        return moods.contains(mood);
    }

    boolean holds(StoragePath path) {
        return medium.containsKey(path) || buffer.containsKey(path);
    }

    /** Keeps written bytes, where the medium's ways put them first. */
    void put(StoragePath path, byte[] bytes) {
        if (tape && migratesLater) {
            buffer.put(path, new Online(bytes, Optional.empty()));
        } else {
            medium.put(path, bytes);
        }
    }

    /** What was only online reaches the medium. */
    void migrate() {
        buffer.forEach((path, online) -> medium.putIfAbsent(path, online.bytes));
        buffer.clear();
    }

    List<StoragePath> paths() {
        List<StoragePath> all = new ArrayList<>(medium.keySet());
        buffer.keySet().stream().filter(p -> !medium.containsKey(p)).forEach(all::add);
        all.sort(null);
        return all;
    }

    void rot(StoragePath path, int at) {
        byte[] bytes = medium.get(path);
        if (bytes != null && bytes.length > 0) {
            byte[] changed = bytes.clone();
            changed[Math.floorMod(at, changed.length)] ^= 0x10;
            medium.put(path, changed);
        }
    }

    void lose(StoragePath path) {
        medium.remove(path);
        buffer.remove(path);
    }

    void burn() {
        medium.clear();
        buffer.clear();
    }
}
