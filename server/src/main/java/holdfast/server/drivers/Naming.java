package holdfast.server.drivers;

import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Gives durable bytes their name. A hard link is the one call that makes a name in one step and never takes over one
 * that exists; a rename would overwrite. A filesystem without hard links is refused.
 */
final class Naming {
    private final Disk disk;

    Naming(Disk disk) {
        this.disk = disk;
    }

    /** The outcome, before the folder is synced; the hidden name is taken away unless the outcome is unknown. */
    Written name(Incoming.Arrival arrival, Path name, Written.Done done) {
        Written outcome = link(arrival.file(), name, done);
        if (!(outcome instanceof Written.Unknown)) {
            arrival.drop();
        }
        return outcome;
    }

    /** The answer for a name at which something stands. */
    static Optional<Written> standing(BasicFileAttributes found) {
        return Optional.of(new Written.Occupied(new ByteSize(found.isRegularFile() ? found.size() : 0)));
    }

    private Written link(Path hidden, Path name, Written.Done done) {
        try {
            disk.link(hidden, name);
            return done;
        } catch (FileAlreadyExistsException e) {
            return isSame(hidden, name) ? done : occupied(name);
        } catch (IOException | UnsupportedOperationException e) {
            return afterFailure(hidden, name, done, e);
        }
    }

    /** A network filesystem may have made the link and lost the answer: look before judging. */
    private static Written afterFailure(Path hidden, Path name, Written.Done done, Exception failure) {
        if (isSame(hidden, name)) {
            return done;
        }
        try {
            FileTree.attributes(name);
            return new Written.Unknown(Causes.of(failure));
        } catch (NoSuchFileException e) {
            return new Written.Refused(Causes.of(failure));
        } catch (IOException e) {
            return new Written.Unknown(Causes.of(failure) + "; then " + Causes.of(e));
        }
    }

    private static Written occupied(Path name) {
        try {
            return standing(FileTree.attributes(name)).orElseThrow();
        } catch (IOException e) {
            return new Written.Unknown("something stood at %s and cannot be seen: %s".formatted(name, Causes.of(e)));
        }
    }

    private static boolean isSame(Path hidden, Path name) {
        try {
            Object key = FileTree.attributes(hidden).fileKey();
            return key != null && key.equals(FileTree.attributes(name).fileKey());
        } catch (IOException e) {
            return false;
        }
    }
}
