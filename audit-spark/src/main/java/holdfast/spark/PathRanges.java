package holdfast.spark;

import holdfast.formats.dump.PathOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partitioner;

/**
 * Cuts the order of paths into ranges of about one size, by a sample of paths. All writings of a file fall into one
 * range, and ranges follow each other in the order of findings.
 */
final class PathRanges extends Partitioner {
    private static final long serialVersionUID = 1;

    private final byte[][] bounds;

    /** @param sample plain or whole paths, in any order */
    PathRanges(List<byte[]> sample, int ranges) {
        List<byte[]> sorted =
                sample.stream().map(PathOrder::plain).sorted(PathOrder.BY_FILE).toList();
        List<byte[]> chosen = new ArrayList<>();
        for (int i = 1; i < ranges && !sorted.isEmpty(); i++) {
            byte[] bound = sorted.get((int) ((long) i * sorted.size() / ranges));
            if (chosen.isEmpty() || PathOrder.BY_FILE.compare(chosen.getLast(), bound) < 0) {
                chosen.add(bound);
            }
        }
        bounds = chosen.toArray(byte[][]::new);
    }

    @Override
    public int numPartitions() {
        return bounds.length + 1;
    }

    /** How many bounds are not beyond the file of this path. */
    @Override
    public int getPartition(Object key) {
        byte[] plain = PathOrder.plain((byte[]) key);
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (PathOrder.BY_FILE.compare(bounds[middle], plain) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
