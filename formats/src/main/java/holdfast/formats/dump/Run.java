package holdfast.formats.dump;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;

/**
 * Sorted lines in a file that only this process sees: its name is gone from the folder as soon as it is open, so that
 * nothing is left behind even when the process is killed.
 */
final class Run implements Lines {
    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final DataInputStream in;
    private long left;

    private Run(FileChannel file, long lines) {
        this.file = file;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), BUFFER));
        this.left = lines;
    }

    static Run of(Iterator<TextLine> sorted, Path folder) throws IOException {
        FileChannel file = FileChannel.open(
                folder.resolve("holdfast-sort-" + UUID.randomUUID()),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
        try {
            // Not closed, which would close the file; flushed instead.
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
            long lines = 0;
            for (; sorted.hasNext(); lines++) {
                TextLine line = sorted.next();
                out.writeLong(line.place());
                out.writeInt(line.bytes().length);
                out.write(line.bytes());
            }
            out.flush();
            file.position(0);
            return new Run(file, lines);
        } catch (IOException | RuntimeException broken) {
            file.close();
            throw broken;
        }
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public TextLine next() {
        try {
            long place = in.readLong();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            left--;
            return new TextLine(place, bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
