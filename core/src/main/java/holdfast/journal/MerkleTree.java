package holdfast.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that grows at its right edge (RFC 6962, section 2.1): it keeps the roots of its complete subtrees only,
 * at most one for each bit of its size, so that a journal of any length fits.
 */
public final class MerkleTree {
    private final List<Hash> peaks;
    private long size;

    public MerkleTree() {
        this(0, List.of());
    }

    /**
     * A tree at a state kept earlier.
     *
     * @param peaks the roots of the complete subtrees, largest first, one for each 1 bit of the size
     */
    public MerkleTree(long size, List<Hash> peaks) {
        if (size < 0 || Long.bitCount(size) != peaks.size()) {
            throw new BadEntry(
                    "a tree of " + size + " leaves has " + Long.bitCount(size) + " peaks, not " + peaks.size());
        }
        this.size = size;
        this.peaks = new ArrayList<>(peaks);
    }

    public static Hash rootOf(List<Hash> leaves) {
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::append);
        return tree.root();
    }

    public void append(Hash leaf) {
        Hash node = leaf;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            node = Hash.pair(peaks.removeLast(), node);
        }
        peaks.add(node);
        size++;
    }

    public long size() {
        return size;
    }

    public List<Hash> peaks() {
        return List.copyOf(peaks);
    }

    public Hash root() {
        if (peaks.isEmpty()) {
            return Hash.EMPTY;
        }
        Hash root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = Hash.pair(peaks.get(i), root);
        }
        return root;
    }
}
