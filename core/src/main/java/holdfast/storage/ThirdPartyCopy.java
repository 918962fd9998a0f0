package holdfast.storage;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The port to an element whose server copies from and to other servers by itself, so that the bytes of a copy do not pass
 * through the manager. As all ports it reports what it saw; a copy whose end was not seen is unknown until looked at.
 */
public interface ThirdPartyCopy {
    /** The address under which other servers find what stands at a path; shows nothing secret. */
    URI address(StoragePath path);

    /** What lets another server read the bytes at a path, and nothing else; empty where none is needed. */
    Optional<Pass> passToRead(StoragePath path) throws java.io.IOException;

    /**
     * Brings bytes from another element to a free path of this one. The promises of {@link StorageDriver#write} hold: nothing
     * is seen at the path before the bytes are whole and as expected, and nothing is ever overwritten. Both ends are compared by
     * size and digest as their servers state them.
     */
    Brought bring(Order order);

    /** Has this element's server send what stands at a path to an address of another; the other looks what came of it. */
    Ended send(StoragePath path, URI to, Optional<Pass> write);

    /**
     * Whether whoever makes the copies to this element also brings online what is on tape at a source; else it has to be
     * online before the copy is ordered.
     */
    default boolean recallsFrom(ThirdPartyCopy source) {
        return false;
    }

    /** How others than we may bring online what is on tape here; empty where only we do. */
    default Optional<Recall> recall() {
        return Optional.empty();
    }

    /** What this element's server says of the bytes at a path; a cached answer is possible, so it proves no copy. */
    Digests stated(StoragePath path) throws java.io.IOException;

    /** What one server shows to another; not shown in texts. */
    record Pass(String token) {
        @Override
        public String toString() {
            return "(pass)";
        }
    }

    /**
     * One copy that is wanted.
     *
     * @param expected digests the bytes must have, as far as they are known
     * @param sources where the bytes are, the best first and all as good; never empty. One of them is enough
     */
    record Order(StoragePath to, ByteSize size, Digests expected, List<Origin> sources) {
        public Order {
            sources = List.copyOf(sources);
        }

        /** A copy that only one source can give. */
        public Order(StoragePath to, ByteSize size, Digests expected, ThirdPartyCopy source, StoragePath from) {
            this(to, size, expected, List.of(new Origin(source, from)));
        }

        public Origin best() {
            return sources.getFirst();
        }

        /** The source, where it is clear which one it is. */
        public Optional<Origin> only() {
            return sources.size() == 1 ? Optional.of(best()) : Optional.empty();
        }

        /** The same order, of which it is known who gave the bytes. */
        public Order by(Origin one) {
            return new Order(to, size, expected, List.of(one));
        }
    }

    /** Where a server that copies by itself has some bytes. */
    record Origin(ThirdPartyCopy server, StoragePath path) {
        public URI address() {
            return server.address(path);
        }

        public Optional<Pass> pass() throws java.io.IOException {
            return server.passToRead(path);
        }

        public Digests stated() throws java.io.IOException {
            return server.stated(path);
        }
    }

    /**
     * How what is on tape may be brought online by others.
     *
     * @param within how long it may take
     * @param keep how long it is to stay online
     * @param note what the library is told with each file
     */
    record Recall(Duration within, Duration keep, Optional<Note> note) {}

    /** What a tape library is told with a file, beside what it understands by itself: an object in JSON. */
    record Note(String json) {}

    /** How a copy between two servers ended, by what they told us. */
    sealed interface Ended {
        record Success() implements Ended {}

        record Failure(Fault fault, String why) implements Ended {}

        /** The connection ended before the last word. */
        record Unknown(String why) implements Ended {}
    }

    /** Who has to do something about a failure. */
    enum Fault {
        /** Try again later. */
        TRANSIENT,
        SOURCE,
        DESTINATION,
        /** These two cannot copy in this way; another way may work. */
        NOT_THIS_WAY
    }

    /** What became of an order. */
    sealed interface Brought {
        /**
         * The answer of the writing, with the digests that the destination stated of it.
         *
         * @param from who gave the bytes, where that is known
         */
        record Written(StorageDriver.Written written, Digests stated, Optional<Origin> from) implements Brought {
            /** Nothing was copied, or nobody told from where. */
            public Written(StorageDriver.Written written, Digests stated) {
                this(written, stated, Optional.empty());
            }
        }

        record Failed(Fault fault, String why) implements Brought {}

        /** The source's own server states other bytes than expected. */
        record OtherBytes(String why, Origin from) implements Brought {}
    }
}
