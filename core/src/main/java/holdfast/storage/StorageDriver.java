package holdfast.storage;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The port to the bytes of one storage element. A driver reports what it saw and decides nothing; every outcome may be
 * unknown, and then the caller looks again and never cleans up. All methods block and may be called from many threads.
 * One contract suite holds for every driver.
 */
public interface StorageDriver {
    /** Whether the element answers and is the one that we mean (an empty mount point is not an empty element). */
    Reach reach();

    /**
     * Writes new bytes to a free path and makes them durable (file and folder synced) before it answers. Never
     * overwrites: bytes that stand at the path already are an answer of their own. Nothing is seen at the path, by a
     * look or in a listing, before the bytes are whole and durable. A stream with more or fewer bytes than announced,
     * or that fails, is refused; the stream is read in the caller's thread and not closed.
     */
    Written write(StoragePath path, ByteSize size, InputStream bytes);

    /**
     * Writes several small files, then makes all durable together; the answers come in the order of the requests. The
     * same promises as {@link #write}, at fewer waits for the medium.
     */
    default List<Written> writeAll(List<NewBytes> requests) {
        return requests.stream().map(r -> write(r.path(), r.size(), r.bytes())).toList();
    }

    /**
     * What stands at a path, without reading its bytes. {@link Seen.Absent} is answered only while the element itself is
     * seen to be the right one. A thing that stands there and is no file is present, and cannot be opened.
     */
    Seen look(StoragePath path);

    /**
     * Opens the bytes at a path for one pass. On tape only what is online can be read; see {@link #recall}.
     *
     * @throws IOException when the bytes cannot be had; the message says why
     */
    InputStream open(StoragePath path) throws IOException;

    /**
     * Opens the bytes at a path from one of them on, for one pass; {@code from} is at most the size of what stands there.
     *
     * @throws IOException when the bytes cannot be had; the message says why
     */
    default InputStream openFrom(StoragePath path, long from) throws IOException {
        InputStream bytes = open(path);
        try {
            bytes.skipNBytes(from);
            return bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * As {@link #open}, but past the caches between us and the medium where the driver can: for checks that shall see
     * what is on the medium now.
     */
    default InputStream openPastCaches(StoragePath path) throws IOException {
        return open(path);
    }

    /**
     * Every file of the element in the order of its path; no state of this port may grow with their number. A listing
     * that ends without an exception is whole; what was handed out before an exception proves no absence.
     */
    void list(Consumer<Listed> each) throws IOException;

    /** As {@link #list(Consumer)}, and also names what stands in the element and can be no file of ours. */
    default void list(Consumer<Listed> each, Consumer<Foreign> notOurs) throws IOException {
        list(each);
    }

    /**
     * Asks for files to be brought online and waits for them, up to the driver's own limit. Elements that are always
     * online answer {@link Recalled#ONLINE_ALREADY}.
     */
    Map<StoragePath, Recalled> recall(Collection<StoragePath> paths);

    /** Lets go of online copies that a recall brought; the medium keeps its own. Nothing to do on disks. */
    default void evict(Collection<StoragePath> paths) {}

    /** The drives that work now; empty for disks. */
    default Optional<Integer> workingDrives() {
        return Optional.empty();
    }

    /** How its server copies from and to others by itself; empty where bytes have to pass through us. */
    default Optional<ThirdPartyCopy> thirdParty() {
        return Optional.empty();
    }

    /**
     * Knocks at the door that outsiders would use, as somebody who must not be let in: asks for the file at a path, its
     * first bytes and its name, and changes nothing. An element that is reached by no door of its own says so.
     */
    default Knock knock(StoragePath path, Visitor visitor) {
        return new Knock.NotKnown("its driver knows no door for outsiders that could be tried");
    }

    /**
     * Removes the bytes at a path for ever. Only the release guard of the room {@code retention} may call this; a house
     * test says so.
     */
    Removed release(StoragePath path);

    /** Bytes that are to be written. */
    record NewBytes(StoragePath path, ByteSize size, InputStream bytes) {}

    /** A file in a listing. */
    record Listed(StoragePath path, ByteSize size) {}

    /** Something in an element that is no file of ours: a link, a pipe, a name that no storage path has. */
    record Foreign(String place, String why) {}

    /** Whether an element answers. */
    sealed interface Reach {
        record Answers() implements Reach {}

        record Silent(String why) implements Reach {}
    }

    /** What became of a write. */
    sealed interface Written {
        /** The bytes are durable where they are; {@code locator} is present once they have a durable address. */
        record Done(Optional<Locator> locator) implements Written {}

        /**
         * Something stands at the path already; nothing was written. Its name is durable: it may be ours from before a
         * kill, and be taken for arrived.
         */
        record Occupied(ByteSize size) implements Written {}

        /** Nothing stands at the path now because of this call. */
        record Refused(String why) implements Written {}

        /** The bytes may stand there or not: look again. */
        record Unknown(String why) implements Written {}
    }

    /** What a look found. */
    sealed interface Seen {
        record Present(ByteSize size, Locality locality, Optional<Locator> locator) implements Seen {}

        /** The element answers and has nothing at the path. */
        record Absent() implements Seen {}

        /** The element does not answer, or not in a way that tells. */
        record Unreachable(String why) implements Seen {}
    }

    /** What somebody met who knocked; {@code seen} tells what was answered to what, without a full stop. */
    sealed interface Knock {
        /** Nothing was given and nothing shown. */
        record Refused(String seen) implements Knock {}

        /** Bytes were given, or it was shown that the file is there. */
        record LetIn(String seen) implements Knock {}

        /** Nobody answered, or not in a way that tells; or there is no door that we could try. */
        record NotKnown(String why) implements Knock {}
    }

    /** Where bytes lie now. */
    enum Locality {
        ONLINE,
        TAPE,
        ONLINE_AND_TAPE
    }

    /** What became of a recall. */
    enum Recalled {
        /** Brought from the medium by this call. */
        FROM_MEDIUM,
        ONLINE_ALREADY,
        FAILED,
        /** Not ready within the driver's limit: ask again. */
        NOT_YET
    }

    /** What became of a removal. */
    sealed interface Removed {
        record Done() implements Removed {}

        record Absent() implements Removed {}

        record Unknown(String why) implements Removed {}
    }
}
