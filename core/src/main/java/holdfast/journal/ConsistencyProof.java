package holdfast.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The proof that a later tree only added leaves to an earlier one (RFC 6962, section 2.1.2): nothing of the earlier tree
 * was changed, moved or taken away.
 *
 * @param earlier size of the earlier tree
 * @param later size of the later tree, no smaller
 * @param path the hashes that give both roots; empty when either size is 0 or both are equal
 */
public record ConsistencyProof(long earlier, long later, List<Hash> path) {
    public ConsistencyProof {
        if (earlier < 0 || earlier > later) {
            throw new BadEntry("a tree of " + later + " leaves cannot have grown from one of " + earlier);
        }
        path = List.copyOf(path);
    }

    /** The proof for the tree of the first few of these leaves and the tree of all. */
    public static ConsistencyProof of(List<Hash> leaves, int earlier) {
        List<Hash> path = new ArrayList<>();
        if (earlier > 0 && earlier < leaves.size()) {
            collect(leaves, earlier, true, path);
        }
        return new ConsistencyProof(earlier, leaves.size(), path);
    }

    /** Whether the tree with the later root contains the whole tree with the earlier one (RFC 9162, section 2.1.4.2). */
    public boolean shows(Hash earlierRoot, Hash laterRoot) {
        if (earlier == 0) {
            return path.isEmpty() && earlierRoot.equals(Hash.EMPTY);
        }
        if (earlier == later) {
            return path.isEmpty() && earlierRoot.equals(laterRoot);
        }
        List<Hash> hashes = new ArrayList<>(path);
        if (Long.bitCount(earlier) == 1) {
            hashes.addFirst(earlierRoot);
        }
        return !hashes.isEmpty() && climb(hashes, earlierRoot, laterRoot);
    }

    private boolean climb(List<Hash> hashes, Hash earlierRoot, Hash laterRoot) {
        int skip = Long.numberOfTrailingZeros(earlier);
        long at = (earlier - 1) >> skip;
        long last = (later - 1) >> skip;
        Hash old = hashes.getFirst();
        Hash grown = old;
        for (Hash sibling : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                old = Hash.pair(sibling, old);
                grown = Hash.pair(sibling, grown);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                grown = Hash.pair(grown, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && old.equals(earlierRoot) && grown.equals(laterRoot);
    }

    /** SUBPROOF(m, D, b) of the standard: {@code whole} says that the earlier tree's root is known to whoever checks. */
    private static void collect(List<Hash> leaves, int earlier, boolean whole, List<Hash> path) {
        if (earlier == leaves.size()) {
            if (!whole) {
                path.add(MerkleTree.rootOf(leaves));
            }
            return;
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        if (earlier <= left) {
            collect(leaves.subList(0, left), earlier, whole, path);
            path.add(MerkleTree.rootOf(leaves.subList(left, leaves.size())));
        } else {
            collect(leaves.subList(left, leaves.size()), earlier - left, false, path);
            path.add(MerkleTree.rootOf(leaves.subList(0, left)));
        }
    }
}
