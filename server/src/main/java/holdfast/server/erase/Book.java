package holdfast.server.erase;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this process saw and did, only ever appended to and synced line by line: since when each act was seen signed, and what
 * was removed or refused. Its lock keeps a second process of the site away.
 */
final class Book implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SEEN = "seen";

    private final FileChannel file;
    private final Map<String, Instant> seen = new TreeMap<>();

    private Book(FileChannel file) {
        this.file = file;
    }

    static Book at(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Book book = new Book(file);
        try {
            book.lock(path);
            book.read(path);
            return book;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void lock(Path path) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException held) {
            throw new EraseRefused(path + " is written by this very process already: " + held);
        }
        throw new EraseRefused("another process writes " + path + "; one serves a site at a time");
    }

    /** A last line that a crash cut short is ended, so that the next one stands for itself. */
    private void read(Path path) throws IOException {
        String text = Files.readString(path);
        text.lines().forEach(this::remember);
        file.position(file.size());
        if (!text.isEmpty() && !text.endsWith("\n")) {
            append("\n");
        }
    }

    /** A line that tells nothing makes an act seen later, never sooner. */
    private void remember(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.path("what").asString("").equals(SEEN)) {
                seen.putIfAbsent(
                        node.path("act").asString(""),
                        Instant.parse(node.path("at").asString("")));
            }
        } catch (JacksonException | DateTimeException cut) {
            System.getLogger(Book.class.getName())
                    .log(System.Logger.Level.WARNING, "a line of the book tells nothing: {0}", cut.getMessage());
        }
    }

    /** Since when an act, by its id and digest, is known to be signed; now, where it was not. */
    Instant seen(String act, Instant now) throws IOException {
        @Nullable Instant before = seen.get(act);
        if (before != null) {
            return before;
        }
        write(now, SEEN, act, Optional.empty(), "");
        seen.put(act, now);
        return now;
    }

    void write(Instant at, String what, String act, Optional<String> copy, String why) throws IOException {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("at", at.toString());
        line.put("what", what);
        line.put("act", act);
        copy.ifPresent(c -> line.put("copy", c));
        if (!why.isEmpty()) {
            line.put("why", why);
        }
        append(JSON.writeValueAsString(line) + "\n");
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
