package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a cluster: one server at a time for one data folder. The kernel drops the lock when its holder dies,
 * however it dies, so a left-over lock file means nothing.
 */
final class FolderLock implements AutoCloseable {
    /** Closing any channel of a file drops a process's lock on it, so a second try in this process must not open it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws EmbeddedPostgresException.InUse when this or another process holds it */
    static FolderLock take(Path file) {
        if (!HELD_HERE.add(file)) {
            throw inUse(file, "this same process");
        }
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return lockOrClose(file, channel);
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw new UncheckedIOException("cannot lock " + file + ": " + e.getMessage(), e);
        } catch (EmbeddedPostgresException e) {
            HELD_HERE.remove(file);
            throw e;
        }
    }

    private static FolderLock lockOrClose(Path file, FileChannel channel) throws IOException {
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            String holder = read(channel);
            channel.close();
            throw inUse(file, holder.isEmpty() ? "another process" : "process " + holder);
        }
        channel.truncate(0);
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new FolderLock(file, channel);
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    }

    private static EmbeddedPostgresException.InUse inUse(Path file, String holder) {
        return new EmbeddedPostgresException.InUse(
                file.resolveSibling(""),
                "a Holdfast server already uses this data folder (" + holder + ")",
                "Stop that server first, or give this one a data folder of its own");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + file + ": " + e.getMessage(), e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
