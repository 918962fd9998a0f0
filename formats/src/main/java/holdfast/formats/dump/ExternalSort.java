package holdfast.formats.dump;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Sorts any number of lines by their paths. Goal: bounded memory and few open files. Method: runs that fit into memory,
 * then merges; as soon as {@value #FAN} runs of one level are there, they become one of the next.
 */
public final class ExternalSort implements Closeable {
    static final int FAN = 32;
    /** What a line costs beside its bytes: the record, the array's head, its place in a list and in the sort. */
    private static final int OVERHEAD = 64;

    private final Path folder;
    private final long memory;
    private final List<List<Run>> levels = new ArrayList<>();

    /**
     * @param folder where runs lie while they are needed
     * @param memory bytes that lines may take in memory at once, about
     */
    public ExternalSort(Path folder, long memory) {
        this.folder = folder;
        this.memory = memory;
    }

    /** The lines in the order of their paths; to be closed by closing this sort. */
    public Iterator<TextLine> sort(Iterator<TextLine> lines) throws IOException {
        List<TextLine> batch = batch(lines);
        if (!lines.hasNext()) {
            return batch.iterator();
        }
        while (!batch.isEmpty()) {
            keep(Run.of(batch.iterator(), folder), 0);
            batch = batch(lines);
        }
        return new Merged(levels.stream().flatMap(List::stream).toList());
    }

    private List<TextLine> batch(Iterator<TextLine> lines) {
        List<TextLine> batch = new ArrayList<>();
        for (long taken = 0; taken < memory && lines.hasNext(); ) {
            TextLine line = lines.next();
            batch.add(line);
            taken += line.bytes().length + OVERHEAD;
        }
        batch.sort(PathOrder::compare);
        return batch;
    }

    private void keep(Run run, int level) throws IOException {
        while (levels.size() <= level) {
            levels.add(new ArrayList<>());
        }
        List<Run> same = levels.get(level);
        same.add(run);
        if (same.size() == FAN) {
            Run merged;
            try (Merged all = new Merged(same)) {
                merged = Run.of(all, folder);
            }
            same.clear();
            keep(merged, level + 1);
        }
    }

    @Override
    public void close() throws IOException {
        for (List<Run> level : levels) {
            for (Run run : level) {
                run.close();
            }
        }
    }
}
