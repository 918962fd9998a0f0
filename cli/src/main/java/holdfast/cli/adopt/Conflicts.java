package holdfast.cli.adopt;

import holdfast.formats.Json;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was not taken over: each as a line of JSON in a file where one is named, the first few kept, all counted. */
public final class Conflicts implements Closeable {
    private static final int KEPT = 20;

    private final @Nullable BufferedWriter file;
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final List<Conflict> first = new ArrayList<>();

    private Conflicts(@Nullable BufferedWriter file) {
        this.file = file;
    }

    /** Begins a list; a file of that name is replaced. */
    public static Conflicts into(Optional<Path> file) throws IOException {
        return new Conflicts(file.isEmpty() ? null : Files.newBufferedWriter(file.get()));
    }

    synchronized void add(Conflict conflict) {
        counts.merge(conflict.of() + " " + conflict.what(), 1L, Long::sum);
        if (first.size() < KEPT) {
            first.add(conflict);
        }
        if (file != null) {
            try {
                file.write(Json.line(conflict));
                file.write('\n');
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** All that the server or a reader found of one kind. */
    void addAll(String of, @Nullable List<Conflict> found) {
        if (found != null) {
            found.forEach(c -> add(new Conflict(of, c.scope(), c.name(), c.what(), c.here(), c.there())));
        }
    }

    /** How many there are, by what and why. */
    public synchronized SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    public synchronized long number() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first few. */
    public synchronized List<Conflict> first() {
        return List.copyOf(first);
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
