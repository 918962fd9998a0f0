package holdfast.storage;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.net.URI;
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
     */
    record Order(StoragePath to, ByteSize size, Digests expected, ThirdPartyCopy source, StoragePath from) {}

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
        /** The answer of the writing, with the digests that the destination stated of it. */
        record Written(StorageDriver.Written written, Digests stated) implements Brought {}

        record Failed(Fault fault, String why) implements Brought {}

        /** The source's own server states other bytes than expected. */
        record OtherBytes(String why) implements Brought {}
    }
}
