package holdfast.cli.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/** One pass over a file that says afterwards whether the file held still: same file, size and time of change. */
final class ReadOnce implements Closeable {
    private final Path path;
    private final BasicFileAttributes before;
    private final FileChannel channel;

    private ReadOnce(Path path, BasicFileAttributes before, FileChannel channel) {
        this.path = path;
        this.before = before;
        this.channel = channel;
    }

    static ReadOnce open(Path path) throws IOException {
        BasicFileAttributes before = look(path);
        return new ReadOnce(path, before, FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Bytes when it was opened. */
    long size() {
        return before.size();
    }

    /** Reads into the buffer; -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    /** How the file changed since it was opened, in words; empty when it held still. */
    Optional<String> changed() throws IOException {
        BasicFileAttributes after = look(path);
        if (!Objects.equals(before.fileKey(), after.fileKey())) {
            return Optional.of("another file stands at its place since it was opened");
        }
        if (before.size() != after.size()) {
            return Optional.of(
                    "it had %d bytes before it was read and %d after".formatted(before.size(), after.size()));
        }
        return before.lastModifiedTime().equals(after.lastModifiedTime())
                ? Optional.empty()
                : Optional.of("it was written at %s, while it was read".formatted(after.lastModifiedTime()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
