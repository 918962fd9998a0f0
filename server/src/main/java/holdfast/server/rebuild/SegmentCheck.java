package holdfast.server.rebuild;

import holdfast.evidence.EntryReader;
import holdfast.journal.BadEntry;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one segment whole and believes nothing: every leaf, the numbers, the root and the signature of its head. */
final class SegmentCheck {
    private final List<PublicKey> keys;
    private final Set<Long> ends;

    /**
     * @param keys those of which one must have signed; none when signatures are not checked
     * @param ends sizes of the journal at which other segments end: the root there is noted
     */
    SegmentCheck(List<PublicKey> keys, Set<Long> ends) {
        this.keys = List.copyOf(keys);
        this.ends = Set.copyOf(ends);
    }

    /** What a segment turned out to be. */
    sealed interface Outcome {
        /**
         * Whole, and what its head signed.
         *
         * @param after the journal's tree when all its entries are in
         * @param last when its newest entry was written
         * @param roots of the tree at the sizes that were asked for
         */
        record Fits(SignedHead head, MerkleTree after, Instant last, Map<Long, Hash> roots) implements Outcome {}

        record Damaged(String why) implements Outcome {}
    }

    /** Checks a segment that follows a journal's tree, which is left as it is. */
    Outcome follow(MerkleTree before, SegmentFile file) {
        MerkleTree tree = new MerkleTree(before.size(), before.peaks());
        Map<Long, Hash> roots = new HashMap<>();
        Instant last = Instant.MIN;
        try (InputStream in = file.bytes().open()) {
            EntryReader reader = new EntryReader(in);
            if (reader.first() != tree.size()) {
                return new Outcome.Damaged("it begins at entry %d, not %d".formatted(reader.first(), tree.size()));
            }
            for (Optional<EntryReader.Read> next = reader.next(); next.isPresent(); next = reader.next()) {
                EntryReader.Read read = next.get();
                if (read.number() != tree.size()) {
                    return new Outcome.Damaged("entry %d stands where %d should".formatted(read.number(), tree.size()));
                }
                tree.append(read.leaf());
                last = read.entry().at().isAfter(last) ? read.entry().at() : last;
                if (ends.contains(tree.size())) {
                    roots.put(tree.size(), tree.root());
                }
            }
            return reader.isWhole()
                    ? signed(reader.head(), tree, last, roots)
                    : new Outcome.Damaged("its end states another number of entries than it holds");
        } catch (IOException | BadEntry e) {
            return new Outcome.Damaged(String.valueOf(e.getMessage()));
        }
    }

    private Outcome signed(Optional<SignedHead> head, MerkleTree tree, Instant last, Map<Long, Hash> roots) {
        if (head.isEmpty()) {
            return new Outcome.Damaged("it ends without a signed head");
        }
        if (head.get().size() != tree.size() || !head.get().root().equals(tree.root())) {
            return new Outcome.Damaged("its entries do not give the root that its head signs");
        }
        if (!keys.isEmpty() && keys.stream().noneMatch(head.get()::isSignedBy)) {
            return new Outcome.Damaged("its head is signed with none of the " + keys.size() + " keys given");
        }
        return new Outcome.Fits(head.get(), tree, last, Map.copyOf(roots));
    }
}
