package holdfast.fixity;

import holdfast.vocabulary.CodePoints;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Compares what the catalogue says of an element with what the element lists. Goal: any number of rows in memory that
 * does not grow. Method: a merge of two streams in the order {@link StoragePath#BY_FILE}, one file with all its writings
 * at a time; discrepancies come in that order.
 *
 * <p>What counts is what the server's own listing round counts: a row expects bytes while its state stands and they were
 * written before the listing began; bytes are dark when no row of any state names their path, unless the house keeps them
 * for itself or a later writing took their place.
 */
public final class Reconciliation implements Iterator<Discrepancy> {
    private static final List<String> OWN = List.of(".canary/", ".journal/");

    private final OneFile<RecordedCopy> recorded;
    private final OneFile<ListedBytes> listed;
    private final Instant listedAt;
    private final Deque<Discrepancy> ready = new ArrayDeque<>();
    private final Counting counting = new Counting();

    /**
     * @param recorded strictly in the order {@link StoragePath#BY_FILE}
     * @param listed in the same order
     * @param listedAt when the listing began
     */
    public Reconciliation(Iterator<RecordedCopy> recorded, Iterator<ListedBytes> listed, Instant listedAt) {
        this.recorded = new OneFile<>(recorded, RecordedCopy::path);
        this.listed = new OneFile<>(listed, ListedBytes::path);
        this.listedAt = listedAt;
    }

    /** @throws IllegalArgumentException when a stream is not in order, or names a path twice */
    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && (recorded.hasNext() || listed.hasNext())) {
            compareNextFile();
        }
        return !ready.isEmpty();
    }

    @Override
    public Discrepancy next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all discrepancies were told");
        }
        return ready.remove();
    }

    /** What was counted so far; everything once there is no next discrepancy. */
    public Reconciled counted() {
        return counting.sofar();
    }

    private void compareNextFile() {
        String plain = !recorded.hasNext()
                ? listed.plain()
                : !listed.hasNext() ? recorded.plain() : lesser(recorded.plain(), listed.plain());
        List<RecordedCopy> rows = recorded.take(plain);
        List<ListedBytes> bytes = listed.take(plain);
        counting.recorded += rows.size();
        counting.listed += bytes.size();
        int row = 0;
        int file = 0;
        while (row < rows.size() || file < bytes.size()) {
            int order = row == rows.size()
                    ? 1
                    : file == bytes.size()
                            ? -1
                            : StoragePath.BY_FILE.compare(
                                    rows.get(row).path(), bytes.get(file).path());
            if (order < 0) {
                unlisted(rows.get(row++));
            } else if (order > 0) {
                unrecorded(bytes.get(file++), rows);
            } else {
                both(rows.get(row++), bytes.get(file++));
            }
        }
    }

    private void unlisted(RecordedCopy copy) {
        if (!copy.state().stands()) {
            counting.withoutDuty++;
        } else if (!copy.writtenAt().isBefore(listedAt)) {
            counting.younger++;
        } else {
            found(new Discrepancy.Missing(copy));
        }
    }

    private void unrecorded(ListedBytes bytes, List<RecordedCopy> rows) {
        String path = bytes.path().path();
        int writing = bytes.path().writing();
        if (OWN.stream().anyMatch(path::startsWith)) {
            counting.own++;
        } else if (rows.stream().anyMatch(row -> row.path().writing() > writing)) {
            counting.superseded++;
        } else {
            found(new Discrepancy.Dark(bytes));
        }
    }

    private void both(RecordedCopy copy, ListedBytes bytes) {
        if (!copy.state().stands()) {
            counting.withoutDuty++;
        } else if (!copy.size().equals(bytes.size())
                || !copy.digests().differing(bytes.digests()).isEmpty()) {
            found(new Discrepancy.Different(copy, bytes));
        } else {
            counting.same++;
            counting.byDigest += haveOneInCommon(copy, bytes) ? 1 : 0;
        }
    }

    private void found(Discrepancy discrepancy) {
        counting.add(discrepancy);
        ready.add(discrepancy);
    }

    private static boolean haveOneInCommon(RecordedCopy copy, ListedBytes bytes) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (copy.digests().by(algorithm).isPresent()
                    && bytes.digests().by(algorithm).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static String lesser(String one, String other) {
        return CodePoints.compare(one, other) <= 0 ? one : other;
    }
}
