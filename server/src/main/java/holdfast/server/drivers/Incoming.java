package holdfast.server.drivers;

import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The hidden folder of an element in which bytes wait, under names of their own, until they are whole and durable. */
final class Incoming {
    static final String FOLDER = MarkText.HIDDEN + "-incoming";
    private static final int BUFFER = DigestPass.BUFFER;

    private final Path folder;
    private final Disk disk;
    /** Names differ between processes and between starts. */
    private final String series;

    private final AtomicLong count = new AtomicLong();

    Incoming(Path root, Disk disk, UUID series) {
        this.folder = root.resolve(FOLDER);
        this.disk = disk;
        this.series = series.toString();
    }

    /** Makes the folder in an element that was recognised, and clears what a crash left there before some moment. */
    void prepare(Instant leftBefore) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            disk.makeFolder(folder);
            disk.syncFolder(FileTree.above(folder));
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                clear(file, leftBefore);
            }
        }
    }

    /**
     * Takes bytes into a new file, not synced yet.
     *
     * @throws IOException when they could not be taken whole or are not as many as was said; nothing is left behind
     */
    Arrival take(ByteSize size, InputStream bytes) throws IOException {
        Path file = folder.resolve(series + "-" + count.incrementAndGet());
        FileChannel channel = disk.create(file);
        try {
            fill(channel, size.bytes(), bytes);
            return new Arrival(file, channel, disk);
        } catch (IOException | RuntimeException e) {
            new Arrival(file, channel, disk).drop();
            throw e;
        }
    }

    /**
     * Takes the bytes of several requests and makes them durable side by side.
     *
     * @param standing the answer for a path at which something stands already; its bytes are then not read
     */
    List<Taken> takeAll(List<NewBytes> requests, Function<StoragePath, Optional<Written>> standing) {
        Taken[] taken = new Taken[requests.size()];
        if (requests.size() == 1) {
            taken[0] = take(requests.getFirst(), standing);
            settle(taken, 0);
            return List.of(taken);
        }
        try (Waits waits = new Waits()) {
            for (int i = 0; i < taken.length; i++) {
                int number = i;
                taken[i] = take(requests.get(i), standing);
                if (taken[i] instanceof Taken.Whole) {
                    waits.start(() -> settle(taken, number));
                }
            }
        }
        return List.of(taken);
    }

    private Taken take(NewBytes request, Function<StoragePath, Optional<Written>> standing) {
        Optional<Written> already = standing.apply(request.path());
        if (already.isPresent()) {
            return new Taken.Not(request, already.get());
        }
        try {
            return new Taken.Whole(request, take(request.size(), request.bytes()));
        } catch (IOException | RuntimeException e) {
            return new Taken.Not(request, new Written.Refused(Causes.of(e)));
        }
    }

    private static void settle(Taken[] taken, int number) {
        if (taken[number] instanceof Taken.Whole whole) {
            try {
                whole.arrival().settle();
            } catch (IOException | RuntimeException e) {
                whole.arrival().drop();
                taken[number] = new Taken.Not(whole.request(), new Written.Refused(Causes.of(e)));
            }
        }
    }

    private void fill(FileChannel channel, long size, InputStream bytes) throws IOException {
        // One byte more than was said, so that a stream that is too long shows in the same read.
        byte[] buffer = new byte[(int) Math.min(BUFFER, size + 1)];
        long taken = 0;
        int read = read(bytes, buffer);
        while (read >= 0) {
            taken += read;
            if (taken > size) {
                throw new BadSource("more than the %d bytes announced".formatted(size));
            }
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
            while (piece.hasRemaining()) {
                disk.write(channel, piece);
            }
            read = read(bytes, buffer);
        }
        if (taken < size) {
            throw new BadSource("only %d of the %d bytes announced".formatted(taken, size));
        }
    }

    private static int read(InputStream bytes, byte[] buffer) throws BadSource {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            throw new BadSource(Causes.of(e));
        }
    }

    private void clear(Path file, Instant leftBefore) throws IOException {
        try {
            if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(leftBefore)) {
                disk.delete(file);
            }
        } catch (NoSuchFileException e) {
            // Its writer is alive and has finished.
            return;
        }
    }

    /** The bytes themselves could not be had, or were not as many as announced; this element is not to blame. */
    static final class BadSource extends IOException {
        private static final long serialVersionUID = 1;

        BadSource(String why) {
            super(why);
        }
    }

    /** Bytes that have arrived and that nobody sees yet. */
    record Arrival(Path file, FileChannel channel, Disk disk) {
        /** Makes the bytes durable; their name is still hidden. */
        void settle() throws IOException {
            try (channel) {
                disk.sync(channel);
            }
        }

        /** Takes the hidden name away: of a failed arrival the bytes, of one with its own name the second name. */
        void drop() {
            try (channel) {
                disk.delete(file);
            } catch (IOException e) {
                // It stays hidden, and the next start clears it.
                return;
            }
        }
    }
}
