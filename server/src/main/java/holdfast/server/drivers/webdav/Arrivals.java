package holdfast.server.drivers.webdav;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.MarkText;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The way of new bytes to their path. Of those who go to one path, those of this process go one after the other; another process can
 * only come with the same bytes, since a path belongs to one file and both have compared theirs.
 */
abstract sealed class Arrivals permits HiddenArrivals, DirectArrivals {
    static final String FOLDER = MarkText.HIDDEN + "-incoming";
    private static final int MOST_FOLDERS = 10_000;

    final Dav dav;
    private final Map<StoragePath, ReentrantLock> held = new ConcurrentHashMap<>();
    /** Folders that this process saw made; a folder that went since makes a change fail, which forgets it. */
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    Arrivals(Dav dav) {
        this.dav = dav;
    }

    /** Finds out how the server writes names, and tidies where that is allowed. */
    abstract void begin() throws IOException;

    /** The name to which the bytes of a path are sent; its folder is there. */
    abstract String nameFor(StoragePath path) throws IOException;

    /** Whole and compared bytes are those of their path from now on. */
    abstract Written settle(String name, StoragePath path);

    /** Why bytes did not come whole, and what stands at their path because of it. */
    abstract Written failed(String name, StoragePath path, IOException why);

    /** Takes away what came in vain, where that is allowed. */
    abstract void forget(String name);

    /** What stands at a path already, in the words of a write. */
    final Optional<Written> inTheWay(StoragePath path) {
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
    final <T> T alone(StoragePath path, Supplier<T> what) {
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

    final void folder(String path) throws IOException {
        if (path.isEmpty() || made.contains(path)) {
            return;
        }
        dav.folder(path);
        if (made.size() >= MOST_FOLDERS) {
            made.clear();
        }
        made.add(path);
    }

    /** Some folder went: each is made again when it is needed. */
    final void foldersMayBeGone() {
        made.clear();
    }

    final void touch(String path) throws IOException {
        dav.put(path, 0, InputStream.nullInputStream());
    }
}
