package holdfast.formats.dump;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Sorted runs as one. Lines of one path come in the order of the file they were read from. */
final class Merged implements Lines {
    private final List<Run> runs;
    private final PriorityQueue<Head> heads;

    private record Head(TextLine line, Run run) {}

    Merged(List<Run> runs) {
        this.runs = List.copyOf(runs);
        Comparator<Head> byPath = (one, other) -> PathOrder.compare(one.line, other.line);
        heads = new PriorityQueue<>(Math.max(1, runs.size()), byPath.thenComparing(head -> head.line.place()));
        this.runs.forEach(this::take);
    }

    private void take(Run run) {
        if (run.hasNext()) {
            heads.add(new Head(run.next(), run));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public TextLine next() {
        Head head = heads.remove();
        take(head.run);
        return head.line;
    }

    @Override
    public void close() throws IOException {
        for (Run run : runs) {
            run.close();
        }
    }
}
