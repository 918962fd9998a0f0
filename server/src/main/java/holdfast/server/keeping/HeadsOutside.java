package holdfast.server.keeping;

import holdfast.journal.SignedHead;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signed heads that this node wrote outside the database, one a line, synced: also those that other nodes signed, so
 * that each node by itself can tell when the database is older than it was.
 */
public final class HeadsOutside {
    /** A head is shorter than half of this. */
    private static final int TAIL = 4096;

    private final Outside outside;
    private final Path file;
    private @Nullable SignedHead newest;

    public HeadsOutside(Outside outside) {
        this.outside = outside;
        this.file = outside.heads();
    }

    /** The head that was written last; empty where none was. */
    public synchronized Optional<SignedHead> newest() throws IOException {
        if (newest == null && Files.exists(file)) {
            newest = read().orElse(null);
        }
        return Optional.ofNullable(newest);
    }

    /** Writes a head, and returns when it is on the disk. */
    public synchronized void add(SignedHead head) throws IOException {
        outside.append(head);
        newest = head;
    }

    /** Writes a head that another node signed, unless as new a one stands here; heads of another key are passed by. */
    void follow(SignedHead head, SigningKey key) throws IOException {
        boolean known = newest().filter(n -> n.size() >= head.size()).isPresent();
        if (!known && head.isSignedBy(key.open())) {
            add(head);
        }
    }

    /** The last whole line; a kill may have left a torn one after it. */
    private Optional<SignedHead> read() throws IOException {
        try (RandomAccessFile heads = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(TAIL, heads.length());
            byte[] tail = new byte[length];
            heads.seek(heads.length() - length);
            heads.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            List<String> lines =
                    end < 0 ? List.of() : Arrays.asList(text.substring(0, end).split("\n"));
            return lines.isEmpty() ? Optional.empty() : Optional.of(SignedHead.parse(lines.getLast()));
        }
    }
}
