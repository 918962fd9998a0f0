package holdfast.evidence;

import holdfast.evidence.Refusal.Refused;
import holdfast.journal.BadEntry;
import holdfast.journal.Hash;
import holdfast.journal.Head;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a journal from its text and believes nothing: every leaf, the root, the signatures and the fold are taken again.
 * One pass; memory holds the fold and 32 bytes for each entry.
 */
public final class JournalCheck {
    private final Given given;
    private final Ledger ledger = new Ledger();
    private final List<Hash> leaves = new ArrayList<>();
    private final Map<UUID, Long> ids = new HashMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private Optional<Refused> doubt = Optional.empty();
    private Instant last = Instant.MIN;

    private JournalCheck(Given given) {
        this.given = given;
    }

    /**
     * What is to be checked.
     *
     * @param entries the text of {@link EntryText}, from entry 0
     * @param leaves the list of leaves beside it, which names what was changed; the check rests on none of it
     * @param head the newest head, covering all entries
     * @param key the key that came with the head
     */
    public record Given(InputStream entries, List<Hash> leaves, Head head, PublicKey key) {
        public Given {
            leaves = List.copyOf(leaves);
        }
    }

    /**
     * What was found.
     *
     * @param refused nothing when the journal holds
     * @param ledger all entries folded; of no use when anything was refused
     * @param last when the newest entry was written; {@link Instant#MIN} when there is none
     */
    public record Checked(List<Refused> refused, Ledger ledger, Hash root, Instant last) {
        public Checked {
            refused = List.copyOf(refused);
        }

        public boolean holds() {
            return refused.isEmpty();
        }
    }

    /**
     * Checks a journal.
     *
     * @throws IOException when its bytes cannot be had at all
     */
    public static Checked check(Given given, Anchor anchor) throws IOException {
        JournalCheck check = new JournalCheck(given);
        check.signatures(anchor);
        if (check.read() && check.reachesItsHead()) {
            check.history(anchor);
        }
        if (check.refused.isEmpty()) {
            check.doubt.ifPresent(check.refused::add);
        }
        return new Checked(check.refused, check.ledger, MerkleTree.rootOf(check.leaves), check.last);
    }

    private void signatures(Anchor anchor) {
        boolean other = anchor.key().isPresent() && !anchor.key().get().equals(given.key());
        if (other) {
            refused.add(Refusal.OTHER_KEY.because("the bundle's key is not the one given from elsewhere"));
        } else if (!given.head().isSignedBy(given.key())) {
            refused.add(Refusal.HEAD_NOT_SIGNED.because("the bundle's head is not signed with the bundle's key"));
        }
        boolean strange = anchor.head().isPresent()
                && !anchor.head().get().isSignedBy(anchor.key().orElse(given.key()));
        if (strange && anchor.key().isPresent()) {
            refused.add(
                    Refusal.HEAD_NOT_SIGNED.because("the head from elsewhere is not signed with the key from there"));
        } else if (strange) {
            refused.add(Refusal.OTHER_KEY.because("the head from elsewhere was not signed with the bundle's key"));
        }
    }

    private boolean read() throws IOException {
        try {
            EntryReader reader = new EntryReader(given.entries());
            if (reader.first() != 0) {
                refused.add(Refusal.ENTRY_MISSING.because("the text begins at entry " + reader.first()));
                return false;
            }
            for (Optional<EntryReader.Read> next = reader.next(); next.isPresent(); next = reader.next()) {
                take(next.get());
            }
            if (!reader.isWhole()) {
                doubt(Refusal.BYTES_CHANGED, "the text's end states another number of entries than it holds");
            }
            return true;
        } catch (TextLines.CutOff e) {
            refused.add(Refusal.TRUNCATED.because(e.getMessage() + ", after " + leaves.size() + " entries"));
        } catch (BadEntry e) {
            refused.add(Refusal.BYTES_CHANGED.because("entry " + leaves.size() + ": " + e.getMessage()));
        }
        return false;
    }

    private void take(EntryReader.Read read) {
        long number = leaves.size();
        leaves.add(read.leaf());
        last = read.entry().at().isAfter(last) ? read.entry().at() : last;
        if (read.number() != number) {
            doubt(Refusal.BYTES_CHANGED, "entry " + number + " is numbered " + read.number());
        }
        Optional<Long> before = Optional.ofNullable(ids.put(read.entry().id(), number));
        if (before.isPresent()) {
            doubt(Refusal.ENTRY_ADDED, "entry " + number + " has the id of entry " + before.get());
        }
        if (doubt.isEmpty()) {
            try {
                ledger.apply(read.entry());
            } catch (BadEntry e) {
                doubt(Refusal.FACT_UNREADABLE, "entry " + number + ": " + e.getMessage());
            }
        }
    }

    /** Keeps the first thing that is wrong although the tree may hold; where the tree does not, that is told instead. */
    private void doubt(Refusal refusal, String sentence) {
        doubt = doubt.or(() -> Optional.of(refusal.because(sentence)));
    }

    /** The signed root decides; the list of leaves, where it gives that root itself, names what was done. */
    private boolean reachesItsHead() {
        Head head = given.head();
        boolean reached =
                leaves.size() == head.size() && MerkleTree.rootOf(leaves).equals(head.root());
        boolean listHolds = given.leaves().size() == head.size()
                && MerkleTree.rootOf(given.leaves()).equals(head.root());
        if (reached && !listHolds) {
            refused.add(Refusal.BYTES_CHANGED.because("the list of leaves is not that of the signed head"));
        } else if (!reached) {
            refused.add(listHolds ? LeafDifference.name(leaves, given.leaves()) : bySize(head));
        }
        return reached;
    }

    private Refused bySize(Head head) {
        String held = "the head is of " + head.size() + " entries, here are " + leaves.size();
        if (leaves.size() < head.size()) {
            return Refusal.TRUNCATED.because(held);
        }
        if (leaves.size() > head.size()) {
            return Refusal.ENTRY_ADDED.because(held);
        }
        return Refusal.HEAD_NOT_REACHED.because(
                "the entries give the root " + MerkleTree.rootOf(leaves) + ", the head says " + head.root());
    }

    /** The journal must hold the whole of the journal whose head is known from elsewhere, unchanged. */
    private void history(Anchor anchor) {
        if (anchor.head().isEmpty()) {
            return;
        }
        SignedHead known = anchor.head().get();
        if (known.size() > leaves.size()) {
            refused.add(Refusal.TRUNCATED.because("the head from elsewhere is of " + known.size()
                    + " entries, here are " + leaves.size() + ": the last " + (known.size() - leaves.size())
                    + " were dropped"));
        } else if (!MerkleTree.rootOf(leaves.subList(0, (int) known.size())).equals(known.root())) {
            refused.add(Refusal.HISTORY_CHANGED.because(
                    "the first " + known.size() + " entries do not give the root of the head from elsewhere"));
        }
    }
}
