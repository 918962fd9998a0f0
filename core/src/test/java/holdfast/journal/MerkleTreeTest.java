package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    @Test
    void thePublishedRootsOfCertificateTransparencyAreOurs() {
        MerkleTree tree = new MerkleTree();
        for (List<String> row : Golden.rows("merkle-roots.tsv")) {
            if (!row.get(0).equals("0")) {
                tree.append(Hash.leaf(HexFormat.of().parseHex(row.get(1))));
            }
            assertThat(tree.size()).isEqualTo(Long.parseLong(row.get(0)));
            assertThat(tree.root().hex()).isEqualTo(row.get(2));
        }
        assertThat(tree.size()).isEqualTo(8);
    }

    @Test
    void growingOneByOneGivesTheRootOfTheDefinition() {
        List<Hash> leaves = leaves(300, 1);
        MerkleTree tree = new MerkleTree();
        for (int n = 0; n < leaves.size(); n++) {
            assertThat(tree.root()).isEqualTo(byDefinition(leaves.subList(0, n)));
            tree.append(leaves.get(n));
        }
    }

    @Test
    void aTreeGoesOnFromItsKeptPeaks() {
        List<Hash> leaves = leaves(100, 2);
        for (int cut = 0; cut <= leaves.size(); cut++) {
            MerkleTree first = new MerkleTree();
            leaves.subList(0, cut).forEach(first::append);
            MerkleTree second = new MerkleTree(first.size(), first.peaks());
            leaves.subList(cut, leaves.size()).forEach(second::append);
            assertThat(second.root()).isEqualTo(byDefinition(leaves));
        }
        assertThatThrownBy(() -> new MerkleTree(3, List.of(Hash.EMPTY))).isInstanceOf(BadEntry.class);
    }

    @Test
    void everyLeafOfEveryTreeUpTo64IsShownAndNoOtherIs() {
        List<Hash> leaves = leaves(64, 3);
        for (int size = 1; size <= 64; size++) {
            List<Hash> tree = leaves.subList(0, size);
            Hash root = byDefinition(tree);
            for (int i = 0; i < size; i++) {
                InclusionProof proof = InclusionProof.of(tree, i);
                assertThat(proof.rootFor(leaves.get(i))).isEqualTo(root);
                assertThat(proof.rootFor(leaves.get((i + 1) % 64))).isNotEqualTo(root);
                assertThat(proof.path().size()).isLessThanOrEqualTo(6);
            }
        }
    }

    @Test
    void aProofOfAnotherLengthIsRefused() {
        List<Hash> leaves = leaves(7, 4);
        InclusionProof proof = InclusionProof.of(leaves, 2);
        List<Hash> longer = new ArrayList<>(proof.path());
        longer.add(Hash.EMPTY);
        Hash leaf = leaves.get(2);
        assertThatThrownBy(() -> new InclusionProof(2, 7, longer).rootFor(leaf)).isInstanceOf(BadEntry.class);
        assertThatThrownBy(() -> new InclusionProof(2, 7, longer.subList(0, 2)).rootFor(leaf))
                .isInstanceOf(BadEntry.class);
        assertThatThrownBy(() -> new InclusionProof(7, 7, proof.path()).rootFor(leaf))
                .isInstanceOf(BadEntry.class);
        assertThatThrownBy(() -> new InclusionProof(-1, 7, proof.path()).rootFor(leaf))
                .isInstanceOf(BadEntry.class);
    }

    @Test
    void everyTreeUpTo64ShowsThatItGrewFromEveryEarlierOne() {
        List<Hash> leaves = leaves(64, 5);
        for (int later = 0; later <= 64; later++) {
            for (int earlier = 0; earlier <= later; earlier++) {
                ConsistencyProof proof = ConsistencyProof.of(leaves.subList(0, later), earlier);
                Hash old = byDefinition(leaves.subList(0, earlier));
                Hash grown = byDefinition(leaves.subList(0, later));
                assertThat(proof.shows(old, grown)).isTrue();
                if (earlier > 0) {
                    assertThat(proof.shows(Hash.leaf(new byte[0]), grown)).isFalse();
                    assertThat(proof.shows(old, Hash.leaf(new byte[0]))).isFalse();
                }
            }
        }
    }

    @Test
    void aTreeThatForgotOrChangedALeafCannotShowThatItGrew() {
        List<Hash> leaves = leaves(40, 6);
        for (int changed = 0; changed < 20; changed++) {
            List<Hash> other = new ArrayList<>(leaves);
            other.set(changed, Hash.EMPTY);
            ConsistencyProof proof = ConsistencyProof.of(other, 20);
            assertThat(proof.shows(byDefinition(leaves.subList(0, 20)), byDefinition(other)))
                    .isFalse();
        }
        assertThatThrownBy(() -> new ConsistencyProof(5, 4, List.of())).isInstanceOf(BadEntry.class);
    }

    @Test
    void aConsistencyProofWithAHashMoreOrLessShowsNothing() {
        List<Hash> leaves = leaves(33, 7);
        for (int earlier = 1; earlier < 33; earlier++) {
            ConsistencyProof proof = ConsistencyProof.of(leaves, earlier);
            Hash old = byDefinition(leaves.subList(0, earlier));
            List<Hash> longer = new ArrayList<>(proof.path());
            longer.add(Hash.EMPTY);
            List<Hash> shorter = proof.path().subList(0, proof.path().size() - 1);
            Hash root = byDefinition(leaves);
            assertThat(new ConsistencyProof(earlier, 33, longer).shows(old, root))
                    .isFalse();
            assertThat(new ConsistencyProof(earlier, 33, shorter).shows(old, root))
                    .isFalse();
        }
    }

    /** MTH of RFC 6962, section 2.1, word for word. */
    private static Hash byDefinition(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.EMPTY;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return Hash.pair(byDefinition(leaves.subList(0, k)), byDefinition(leaves.subList(k, leaves.size())));
    }

    private static List<Hash> leaves(int count, int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] content = new byte[random.nextInt(20)];
                    random.nextBytes(content);
                    return Hash.leaf(content);
                })
                .toList();
    }
}
