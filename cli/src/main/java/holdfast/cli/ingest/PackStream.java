package holdfast.cli.ingest;

import holdfast.formats.Json;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pack (docs/reference/api.md) that is made while it is sent: each file is opened, read once and digested as the
 * connection asks for bytes, so that nothing larger than a chunk is held.
 */
final class PackStream implements Iterator<byte[]> {
    private static final int CHUNK = 128 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Iterator<Item> items;
    private final Sender sender;
    private final MessageDigest sha256 = Digest.sha256();
    private ByteBuffer text = NOTHING;
    private @Nullable Open open;
    private boolean ended;

    /**
     * Who sends, and who is told.
     *
     * @param source who brings the files
     */
    record Sender(String source, Optional<String> scope, Told told) {}

    /** Is told how it goes. */
    interface Told {
        /** A file that could not be read to its end; what the server says of it counts no more. */
        void unreadable(Item item, Found found);

        /** The digest of a file that was read to its end, in hex. */
        void read(Item item, String sha256);

        /** Bytes as they are read. */
        void bytes(long more);
    }

    private record Header(
            String name,
            @Nullable String scope,
            long size,
            Map<String, String> digests,
            Map<String, String> attributes,
            String source) {}

    private record Trailer(
            Map<String, String> digests, @Nullable String changed) {}

    /** The file whose bytes are on their way. */
    private static final class Open {
        private final Item item;
        private final ReadOnce reading;
        private long left;
        private @Nullable String broken;

        Open(Item item, ReadOnce reading) {
            this.item = item;
            this.reading = reading;
            this.left = reading.size();
        }
    }

    PackStream(Iterator<Item> items, Sender sender) {
        this.items = items;
        this.sender = sender;
    }

    @Override
    public boolean hasNext() {
        return !ended || text.hasRemaining();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (chunk.hasRemaining() && hasNext()) {
            if (text.hasRemaining()) {
                int from = chunk.position();
                int length = Math.min(text.remaining(), chunk.remaining());
                text.get(chunk.array(), from, length);
                chunk.position(from + length);
            } else if (open == null) {
                begin();
            } else if (open.left > 0) {
                content(open, chunk);
            } else {
                finish(open);
            }
        }
        return chunk.hasRemaining() ? Arrays.copyOf(chunk.array(), chunk.position()) : chunk.array();
    }

    private void begin() {
        while (items.hasNext()) {
            Item item = items.next();
            try {
                open = new Open(item, ReadOnce.open(item.file().path()));
                text = framed(new Header(
                        item.name(),
                        sender.scope.orElse(null),
                        open.left,
                        item.stated(),
                        item.attributes(),
                        sender.source));
                return;
            } catch (IOException bad) {
                sender.told.unreadable(item, Found.unreadable(bad));
            }
        }
        text = ByteBuffer.allocate(Integer.BYTES);
        ended = true;
    }

    /** The header promised a number of bytes; where a file has fewer, zeros follow and the trailer says so. */
    private void content(Open file, ByteBuffer chunk) {
        int from = chunk.position();
        int length = (int) Math.min(chunk.remaining(), file.left);
        ByteBuffer part = chunk.slice(from, length);
        int read = length;
        if (file.broken == null) {
            try {
                read = file.reading.read(part);
                file.broken = read < 0 ? "it became shorter while it was read" : null;
            } catch (IOException bad) {
                Found found = Found.unreadable(bad);
                file.broken = found.text();
                sender.told.unreadable(file.item, found);
            }
        }
        int sent = file.broken == null ? read : length;
        sha256.update(chunk.array(), from, sent);
        chunk.position(from + sent);
        file.left -= sent;
        sender.told.bytes(sent);
    }

    private void finish(Open file) {
        @Nullable String changed = file.broken;
        try (ReadOnce reading = file.reading) {
            changed = changed == null ? reading.changed().orElse(null) : changed;
        } catch (IOException bad) {
            changed = Found.unreadable(bad).text();
        }
        Digest digest = Digest.of(Algorithm.SHA256, sha256.digest());
        sender.told.read(file.item, digest.hex());
        text = framed(new Trailer(Map.of(Algorithm.SHA256.label(), digest.hex()), changed));
        open = null;
    }

    private static ByteBuffer framed(Object json) {
        byte[] bytes = Json.line(json).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
    }
}
