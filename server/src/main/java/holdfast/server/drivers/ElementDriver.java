package holdfast.server.drivers;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A driver of this server: the port, and the step that makes sure once that the element is the one we mean. */
public interface ElementDriver extends StorageDriver, AutoCloseable {
    /**
     * Recognises the element, or marks it as ours when it is used for the first time, and clears what a crash left.
     * Call it once after the start. The caller keeps in its own records that an element was marked, and by what uuid:
     * a place that was marked once and has no mark now is silent, never empty.
     *
     * @param firstTime whether nobody ever marked this element: only then is a folder made and marked
     */
    Initialised initialise(boolean firstTime);

    /** Free space, where the driver can tell it at once; empty where it cannot, or does not answer. */
    default Optional<Space> space() {
        return Optional.empty();
    }

    /**
     * An address at which anybody may read a file for a while, with no key of ours: whoever has it has the bytes, so it is
     * handed on and never logged. Empty where the element offers no such thing.
     *
     * @throws IOException when there is no such file, or it cannot be told
     */
    default Optional<URI> readableAt(StoragePath path, Duration time) throws IOException {
        return Optional.empty();
    }

    /** Bytes that can still be written, of all bytes. */
    record Space(long free, long total) {}

    /** Ends the driver's own work; what was answered stays true. */
    @Override
    default void close() {}

    /** What became of the first step. */
    sealed interface Initialised {
        /** The element was absent or empty, and is marked now. */
        record Marked(UUID identity) implements Initialised {}

        /** The element carries our mark. */
        record Known(UUID identity) implements Initialised {}

        /** It is not the element that we mean, or does not answer; nothing was changed. */
        record Refused(String why) implements Initialised {}
    }
}
