package holdfast.server.drivers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folders of a tape element, and the lock by which one process holds it. */
final class TapeFolders implements AutoCloseable {
    private static final String LOCK = MarkText.HIDDEN + "-lock";

    private final Path root;
    private final Disk disk;
    private @Nullable FileChannel lock;

    TapeFolders(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    Path online() {
        return root.resolve("online");
    }

    Path cartridges() {
        return root.resolve("cartridges");
    }

    Path index() {
        return root.resolve("index");
    }

    Path drives() {
        return root.resolve("drives");
    }

    /** Takes the element for this process, and makes its folders when it is used for the first time. */
    synchronized void take(boolean firstTime) throws IOException {
        if (lock == null) {
            lock = locked();
        }
        for (Path folder : List.of(online(), cartridges(), index(), drives())) {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (!firstTime) {
                throw new IOException(
                        "the folder %s is missing: what it held is not known to be gone; restore it".formatted(folder));
            }
            disk.makeFolder(folder);
        }
        // Who made them, or a name in them, may have been killed before it was durable.
        disk.syncFolder(root);
        disk.syncFolder(cartridges());
        disk.syncFolder(index());
    }

    @Override
    public synchronized void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                // The process that ends lets go of it in any case.
                return;
            } finally {
                lock = null;
            }
        }
    }

    private FileChannel locked() throws IOException {
        FileChannel file = disk.append(root.resolve(LOCK));
        try {
            FileLock held = file.tryLock();
            if (held != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new IOException("this process holds %s already".formatted(root), e);
        }
        file.close();
        throw new IOException("another process holds %s: a tape folder serves one at a time".formatted(root));
    }
}
