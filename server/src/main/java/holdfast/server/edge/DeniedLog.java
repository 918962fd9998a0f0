package holdfast.server.edge;

import holdfast.formats.Json;
import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record of denied acts, and of bytes that were handed out: a file of JSON lines for each day, {@code
 * DATA/access/2026-11-23.jsonl}, kept for 400 days. It is not in the journal: anybody can make it grow.
 */
public final class DeniedLog implements AutoCloseable {
    private static final int KEPT_DAYS = 400;
    private static final System.Logger LOG = System.getLogger(DeniedLog.class.getName());

    private final Path folder;
    private final Supplier<Instant> clock;
    private @Nullable LocalDate day;
    private @Nullable Writer out;

    public DeniedLog(Path folder, Supplier<Instant> clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What was asked, without when. */
    record Asked(String who, String from, String method, String path) {}

    /** Writes a line; a disk that takes none is told of and stops no answer. */
    synchronized void write(Asked asked, int status, String why) {
        Instant now = clock.get();
        try {
            TreeMap<String, Object> line = new TreeMap<>();
            line.put("at", now.toString());
            line.put("who", asked.who);
            line.put("from", asked.from);
            line.put("method", asked.method);
            line.put("path", asked.path);
            line.put("status", status);
            line.put("why", why);
            Writer to = on(LocalDate.ofInstant(now, ZoneOffset.UTC));
            to.write(Json.line(line));
            to.write('\n');
            to.flush();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the record of denied acts takes no line: " + e.getMessage(), e);
        }
    }

    private Writer on(LocalDate today) throws IOException {
        if (out != null && today.equals(day)) {
            return out;
        }
        close();
        Files.createDirectories(folder);
        Path file = folder.resolve(today + ".jsonl");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Writer begun = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        out = begun;
        day = today;
        dropBefore(today.minusDays(KEPT_DAYS));
        return begun;
    }

    private void dropBefore(LocalDate oldest) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> file.getFileName().toString().matches("\\d{4}-\\d{2}-\\d{2}\\.jsonl"))
                    .filter(file -> file.getFileName().toString().compareTo(oldest + ".jsonl") < 0)
                    .toList();
        }
        for (Path file : old) {
            Files.delete(file);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
