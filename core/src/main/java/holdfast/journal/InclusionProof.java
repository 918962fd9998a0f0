package holdfast.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The audit path of one leaf (RFC 6962, section 2.1.1): the hashes that, with the leaf's own, give the root.
 *
 * @param index of the leaf, from 0
 * @param size of the tree
 * @param path from the leaf upwards
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** The path of one leaf in a tree of these leaves. */
    public static InclusionProof of(List<Hash> leaves, int index) {
        List<Hash> path = new ArrayList<>();
        collect(leaves, index, path);
        return new InclusionProof(index, leaves.size(), path);
    }

    /** The root that this path gives for a leaf (RFC 9162, section 2.1.3.2). */
    public Hash rootFor(Hash leaf) {
        if (index < 0 || index >= size) {
            throw new BadEntry("leaf " + index + " is outside a tree of " + size);
        }
        long at = index;
        long last = size - 1;
        Hash node = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                throw new BadEntry("an inclusion proof is longer than its tree is high");
            }
            if ((at & 1) == 1 || at == last) {
                node = Hash.pair(sibling, node);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                node = Hash.pair(node, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new BadEntry("an inclusion proof is shorter than its tree is high");
        }
        return node;
    }

    private static void collect(List<Hash> leaves, int index, List<Hash> path) {
        if (leaves.size() == 1) {
            return;
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        if (index < left) {
            collect(leaves.subList(0, left), index, path);
            path.add(MerkleTree.rootOf(leaves.subList(left, leaves.size())));
        } else {
            collect(leaves.subList(left, leaves.size()), index - left, path);
            path.add(MerkleTree.rootOf(leaves.subList(0, left)));
        }
    }
}
