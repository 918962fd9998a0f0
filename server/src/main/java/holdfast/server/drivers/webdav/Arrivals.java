package holdfast.server.drivers.webdav;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.MarkText;
import holdfast.server.drivers.Start;
import holdfast.storage.Locator;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The way of new bytes to their path: first to a hidden name, which only this process knows, and by a move to their own once
 * they are whole and were compared. Of those who move to one path, those of this process go one after the other; another process can
 * only come with the same bytes, since a path belongs to one file and both have compared theirs.
 */
final class Arrivals {
    private static final String FOLDER = MarkText.HIDDEN + "-incoming";
    private static final int MOST_FOLDERS = 10_000;
    /** A name that the server is tried with: behind an encoded letter, and as a code that is meant as it stands. */
    private static final String LETTER = "-!";

    private static final String CODE = "-%41";

    private final Dav dav;
    private final Start start;
    private final Map<StoragePath, ReentrantLock> held = new ConcurrentHashMap<>();
    /** Folders that this process saw made; a folder that went since makes a move fail, which forgets it. */
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    Arrivals(Dav dav, Start start) {
        this.dav = dav;
        this.start = start;
    }

    /** A new hidden name. */
    String hidden() throws IOException {
        folder(FOLDER);
        return "%s/%s-%s".formatted(FOLDER, start.id(), UUID.randomUUID());
    }

    /** What stands at a path already, in the words of a write. */
    Optional<Written> inTheWay(StoragePath path) {
        Optional<String> unfit = dav.unfit(path.path());
        if (unfit.isPresent()) {
            return Optional.of(new Written.Refused(unfit.get()));
        }
        if (path.path().startsWith(MarkText.HIDDEN)) {
            return Optional.of(new Written.Refused(
                    "names that begin with %s are kept for the driver's own files".formatted(MarkText.HIDDEN)));
        }
        try {
            return dav.look(path.path()).map(Arrivals::occupied);
        } catch (IOException e) {
            return Optional.of(new Written.Refused("what stands at the path could not be looked at: " + Causes.of(e)));
        }
    }

    private static Written occupied(Resource there) {
        return there.isFolder()
                ? new Written.Refused("a folder stands at the path")
                : new Written.Occupied(new ByteSize(there.size()));
    }

    /** Does something while nobody else of this process writes to a path. */
    <T> T alone(StoragePath path, Supplier<T> what) {
        ReentrantLock lock = held.computeIfAbsent(path, p -> new ReentrantLock());
        lock.lock();
        try {
            return what.get();
        } finally {
            if (!lock.hasQueuedThreads()) {
                held.remove(path, lock);
            }
            lock.unlock();
        }
    }

    /** Gives whole bytes their own name; nothing stood there when the caller looked, and nobody of this process came since. */
    Written settle(String hidden, StoragePath path) {
        try {
            folder(Dav.above(path.path()));
        } catch (IOException e) {
            forget(hidden);
            return new Written.Refused("its folder could not be made: " + Causes.of(e));
        }
        return moved(hidden, path);
    }

    private Written moved(String hidden, StoragePath path) {
        try {
            if (!dav.move(hidden, path.path())) {
                forget(hidden);
                return inTheWay(path)
                        .orElseGet(() -> new Written.Unknown("a move was refused, and nothing stands in its way"));
            }
            // XRootD 5.5 was seen to answer that all is well and to have moved it elsewhere.
            return dav.look(path.path()).isPresent()
                    ? new Written.Done(Optional.of(new Locator(path.path())))
                    : new Written.Unknown("the server moved it, and has nothing under its name");
        } catch (Dav.BadAnswer e) {
            made.clear();
            return unmoved(hidden, e);
        } catch (IOException e) {
            return new Written.Unknown("no answer to the last step: " + Causes.of(e));
        }
    }

    /** The server refused the move; whether it did nothing is seen by what still stands under the hidden name. */
    private Written unmoved(String hidden, Dav.BadAnswer refusal) {
        try {
            if (dav.look(hidden).isPresent()) {
                forget(hidden);
                return new Written.Refused(Causes.of(refusal));
            }
        } catch (IOException e) {
            return new Written.Unknown(Causes.of(refusal));
        }
        return new Written.Unknown(Causes.of(refusal));
    }

    /** Removes our own unfinished bytes; when that fails they are cleared after a start. */
    void forget(String hidden) {
        try {
            dav.delete(hidden);
        } catch (IOException e) {
            System.getLogger(Arrivals.class.getName())
                    .log(System.Logger.Level.DEBUG, "left {0}: {1}", dav.address(hidden), Causes.of(e));
        }
    }

    private void folder(String path) throws IOException {
        if (path.isEmpty() || made.contains(path)) {
            return;
        }
        dav.folder(path);
        if (made.size() >= MOST_FOLDERS) {
            made.clear();
        }
        made.add(path);
    }

    /**
     * Finds out how the server writes names, and removes what earlier processes left unfinished. That is by the server's own clock, which may
     * differ from ours; what another server still writes was touched just now.
     */
    void begin() throws IOException {
        dav.speak(Dialect.STANDARD);
        String probe = hidden();
        touch(probe);
        dav.move(probe, probe + LETTER);
        boolean plainDestination = dav.look(probe + LETTER).isEmpty();
        String percent = probe + CODE;
        touch(percent);
        List<Resource> left = new ArrayList<>();
        dav.children(FOLDER, left::add);
        // Read as if it were encoded, a name that was not is another one.
        boolean plainAnswers = left.stream().noneMatch(r -> r.path().equals(percent));
        dav.speak(new Dialect(plainAnswers, plainDestination));
        Instant theirNow = dav.look(percent).flatMap(Resource::modified).orElse(start.at());
        clear(probe, theirNow.minus(Duration.between(start.abandonedBefore(), start.at())));
    }

    private void touch(String path) throws IOException {
        dav.put(path, 0, InputStream.nullInputStream());
    }

    private void clear(String probe, Instant abandonedBefore) throws IOException {
        List<Resource> left = new ArrayList<>();
        dav.children(FOLDER, left::add);
        for (Resource one : left) {
            boolean abandoned =
                    one.modified().map(m -> m.isBefore(abandonedBefore)).orElse(false);
            if (one.path().startsWith(probe) || (abandoned && !one.isFolder())) {
                dav.delete(one.path());
            }
        }
    }
}
