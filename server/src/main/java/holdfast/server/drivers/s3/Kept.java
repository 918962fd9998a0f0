package holdfast.server.drivers.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The bytes of the part that is on its way, since its source gives them only once: in a file without a name, so that nothing of
 * it outlives the process. It holds one part at a time. Where the disk does not take them nothing is kept, and that
 * part goes out once only.
 */
final class Kept implements AutoCloseable {
    private final Optional<FileChannel> file;
    private long size;
    private boolean isWhole;

    private Kept(Optional<FileChannel> file) {
        this.file = file;
    }

    static Kept in(Path folder) {
        try {
            Files.createDirectories(folder);
            Path named = Files.createTempFile(folder, "part-", "");
            try {
                return new Kept(
                        Optional.of(FileChannel.open(named, StandardOpenOption.READ, StandardOpenOption.WRITE)));
            } finally {
                Files.delete(named);
            }
        } catch (IOException e) {
            System.getLogger(Kept.class.getName())
                    .log(System.Logger.Level.WARNING, "parts are not kept, and so not sent again: {0}", e.toString());
            return new Kept(Optional.empty());
        }
    }

    /** Forgets the last part. */
    void next() {
        size = 0;
        isWhole = file.isPresent();
    }

    void add(byte[] bytes, int from, int length) {
        if (!isWhole) {
            return;
        }
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
            while (left.hasRemaining()) {
                size += file.orElseThrow().write(left, size);
            }
        } catch (IOException e) {
            isWhole = false;
        }
    }

    /** Whether it holds every byte of this part that was taken from the source. */
    boolean isWhole() {
        return isWhole;
    }

    /** What is held now, from the first byte on. */
    InputStream read() {
        return new InputStream() {
            private final long end = size;
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (at == end) {
                    return -1;
                }
                int most = (int) Math.min(length, end - at);
                int read = file.orElseThrow().read(ByteBuffer.wrap(into, from, most), at);
                if (read < 0) {
                    throw new IOException("what was kept of a part is shorter than it was");
                }
                at += read;
                return read;
            }
        };
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            System.getLogger(Kept.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing what was kept of a part: {0}", e.toString());
        }
    }
}
