package holdfast.server.drivers;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads of a file past this machine's page cache (O_DIRECT), so that a check sees what the medium holds and does not
 * push others' data out of memory. It says nothing about caches inside a disk, a controller or a far server.
 */
final class DirectReads extends InputStream {
    private static final int WISHED = 1024 * 1024;

    private final FileChannel file;
    private final ByteBuffer piece;
    private final int block;
    private boolean ended;

    private DirectReads(FileChannel file, int block) throws IOException {
        this.file = file;
        this.block = block;
        // Memory outside the heap is dear: small files, which are many, take no more of it than they need.
        long blocks = Math.min(file.size(), WISHED) / block + 1;
        int length = Math.toIntExact(blocks * block);
        piece = ByteBuffer.allocateDirect(length + block - 1)
                .alignedSlice(block)
                .limit(0);
    }

    /**
     * Opens a file so.
     *
     * @throws IOException when there is no such file, or its filesystem cannot do it
     * @throws UnsupportedOperationException when this system cannot
     */
    static InputStream of(Path path) throws IOException {
        int block = Math.toIntExact(Files.getFileStore(path).getBlockSize());
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT);
        return new DirectReads(file, block);
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(bytes, from, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private boolean fill() throws IOException {
        if (piece.hasRemaining()) {
            return true;
        }
        if (ended) {
            return false;
        }
        piece.clear();
        int read = file.read(piece);
        piece.flip();
        // Direct reads begin at whole blocks, and the one that does not end at one was the file's last.
        ended = read < 0 || read % block != 0;
        if (ended && read >= 0 && file.position() < file.size()) {
            throw new IOException("the file grew while it was read");
        }
        return read > 0;
    }
}
