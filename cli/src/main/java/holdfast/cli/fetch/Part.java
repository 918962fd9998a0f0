package holdfast.cli.fetch;

import holdfast.cli.bytes.RunningDigest;
import holdfast.cli.fetch.Described.Identity;
import holdfast.formats.Json;
import holdfast.formats.Result.BadFile;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file on its way: {@code NAME.part}, and {@code NAME.part.of}, which says whose beginning it is. One
 * process at a time holds it. It becomes {@code NAME} once all of it is right.
 */
final class Part implements Closeable {
    private static final int BUFFER = 256 << 10;

    private final Path target;
    private final Path path;
    private final Path label;
    private final Algorithm algorithm;
    private final FileChannel channel;
    private RunningDigest digest;
    private long size;

    /** Somebody else brings the same file just now, or its place cannot be used. */
    static final class Unusable extends IOException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    private Part(Path target, Algorithm algorithm, FileChannel channel) {
        this.target = target;
        this.path = beside(target, ".part");
        this.label = beside(target, ".part.of");
        this.algorithm = algorithm;
        this.channel = channel;
        this.digest = RunningDigest.of(algorithm);
    }

    private static Path beside(Path target, String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    /** Opens what an earlier run left of these very bytes, or begins anew. */
    static Part open(Path target, Identity whose, Algorithm algorithm) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel = FileChannel.open(
                beside(target, ".part"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(channel, target);
            Part part = new Part(target, algorithm, channel);
            part.begin(whose);
            return part;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path target) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            lock = null;
        }
        if (lock == null) {
            throw new Unusable(
                    "another run brings %s just now; wait for it, or choose another folder".formatted(target));
        }
    }

    private void begin(Identity whose) throws IOException {
        boolean same = label().filter(whose::equals).isPresent();
        if (!same || channel.size() > whose.size()) {
            restart();
            Files.writeString(label, Json.write(whose) + "\n");
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
            digest.update(buffer.flip());
            size += read;
        }
    }

    private Optional<Identity> label() throws IOException {
        try {
            return Files.exists(label)
                    ? Optional.of(Json.read(Files.readString(label), Identity.class))
                    : Optional.empty();
        } catch (BadFile torn) {
            return Optional.empty();
        }
    }

    long size() {
        return size;
    }

    /** Throws away what is there. */
    void restart() throws IOException {
        channel.truncate(0);
        channel.position(0);
        digest = RunningDigest.of(algorithm);
        size = 0;
    }

    /** Appends bytes up to a size; what came before a failure stays. */
    void append(InputStream bytes, long upTo, LongConsumer told) throws IOException {
        byte[] buffer = new byte[BUFFER];
        channel.position(size);
        while (size < upTo) {
            int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, upTo - size));
            if (read < 0) {
                throw new EOFException("it ended %d bytes early".formatted(upTo - size));
            }
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            digest.update(piece.flip());
            size += read;
            told.accept(read);
        }
        if (bytes.read() >= 0) {
            throw new IOException("it has more than the %d bytes that are registered".formatted(upTo));
        }
    }

    /** The digest of all that is there; ask once, then restart or keep. */
    String digest() {
        return digest.hex();
    }

    /**
     * Gives the file its name, all at once.
     *
     * @throws FileAlreadyExistsException when something stands there that must not be replaced
     */
    void keep(boolean overwrite) throws IOException {
        channel.force(true);
        if (overwrite) {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            moveToFreePlace();
        }
        Files.deleteIfExists(label);
    }

    /** A hard link never replaces; where the filesystem has none, looking first is the best that can be done. */
    private void moveToFreePlace() throws IOException {
        try {
            Files.createLink(target, path);
            Files.delete(path);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException | UnsupportedOperationException noLinks) {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Takes away what is left where nothing of it can be used. */
    void discard() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(label);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
