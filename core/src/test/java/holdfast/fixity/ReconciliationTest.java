package holdfast.fixity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyState;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconciliationTest {
    private static final Instant LISTED_AT = Instant.parse("2026-05-04T08:00:00Z");
    private static final Instant BEFORE = LISTED_AT.minusSeconds(1);
    private static final Digests ADLER = Digests.of(new Digest(Algorithm.ADLER32, "00000001"));

    private final List<RecordedCopy> recorded = new ArrayList<>();
    private final List<ListedBytes> listed = new ArrayList<>();

    private void row(String path, CopyState state, Instant writtenAt) {
        DataId id = new DataId(new Scope("raw"), "/" + new StoragePath(path).plain());
        recorded.add(new RecordedCopy(new StoragePath(path), new ByteSize(7), ADLER, state, writtenAt, id));
    }

    private void bytes(String path, long size, Digests digests) {
        listed.add(new ListedBytes(new StoragePath(path), new ByteSize(size), digests));
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        reconcile().forEachRemaining(d -> found.add(d.getClass().getSimpleName() + " " + d.path()));
        return found;
    }

    private Reconciliation reconcile() {
        return new Reconciliation(recorded.iterator(), listed.iterator(), LISTED_AT);
    }

    private Reconciled counted() {
        Reconciliation all = reconcile();
        while (all.hasNext()) {
            all.next();
        }
        return all.counted();
    }

    @Test
    void rowsAndBytesThatAgreeAreNoFinding() {
        row("a", CopyState.PROVED, BEFORE);
        row("b", CopyState.PROVED, BEFORE);
        bytes("a", 7, ADLER);
        bytes("b", 7, Digests.NONE);

        assertThat(found()).isEmpty();
        assertThat(counted().same()).isEqualTo(2);
        assertThat(counted().byDigest()).isOne();
    }

    @Test
    void missingDarkAndDifferentComeInTheOrderOfPaths() {
        row("a", CopyState.PROVED, BEFORE);
        row("c", CopyState.PROVED, BEFORE);
        row("d", CopyState.PROVED, BEFORE);
        row("e", CopyState.PROVED, BEFORE);
        bytes("b", 9, Digests.NONE);
        bytes("c", 8, Digests.NONE);
        bytes("d", 7, Digests.of(new Digest(Algorithm.ADLER32, "00000002")));

        assertThat(found()).containsExactly("Missing a", "Dark b", "Different c", "Different d", "Missing e");
        assertThat(counted().missing()).isEqualTo(new Reconciled.Sum(2, new ByteSize(14)));
        assertThat(counted().dark()).isEqualTo(new Reconciled.Sum(1, new ByteSize(9)));
        assertThat(counted().different()).isEqualTo(new Reconciled.Sum(2, new ByteSize(15)));
        assertThat(counted().findings()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(CopyState.class)
    void onlyAStateThatStandsExpectsBytes(CopyState state) {
        row("a", state, BEFORE);
        row("b", state, BEFORE);
        bytes("b", 1, Digests.NONE);

        assertThat(found()).isEqualTo(state.stands() ? List.of("Missing a", "Different b") : List.of());
        assertThat(counted().withoutDuty()).isEqualTo(state.stands() ? 0 : 2);
    }

    @Test
    void aCopyWrittenAfterTheListingBeganIsNotMissing() {
        row("a", CopyState.ARRIVED, LISTED_AT);
        row("b", CopyState.ARRIVED, BEFORE);

        assertThat(found()).containsExactly("Missing b");
        assertThat(counted().younger()).isOne();
    }

    @Test
    void writingsThatALaterOneReplacedAreNotDarkAndLaterOnesAre() {
        row(".rewritten-2/lab/a", CopyState.PROVED, BEFORE);
        for (String path : List.of("lab/a", ".rewritten-1/lab/a", ".rewritten-2/lab/a", ".rewritten-3/lab/a")) {
            bytes(path, 7, Digests.NONE);
        }
        bytes(".rewritten-1/lab/b", 7, Digests.NONE);

        assertThat(found()).containsExactly("Dark .rewritten-3/lab/a", "Dark .rewritten-1/lab/b");
        assertThat(counted().superseded()).isEqualTo(2);
        assertThat(counted().same()).isOne();
    }

    @Test
    void whatTheHouseKeepsForItselfIsNotDark() {
        bytes(".canary/a", 1, Digests.NONE);
        bytes(".journal/segment", 1, Digests.NONE);
        bytes("lab/.canary/a", 1, Digests.NONE);

        assertThat(found()).containsExactly("Dark lab/.canary/a");
        assertThat(counted().own()).isEqualTo(2);
    }

    @Test
    void aStreamOutOfOrderOrWithAPathTwiceIsRefused() {
        row("b", CopyState.PROVED, BEFORE);
        row("a", CopyState.PROVED, BEFORE);
        assertThatThrownBy(this::found).isInstanceOf(IllegalArgumentException.class);

        recorded.clear();
        bytes("a", 1, Digests.NONE);
        bytes("a", 1, Digests.NONE);
        assertThatThrownBy(this::found).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTwoPartsCountedAddsUpToTheWhole() {
        row("a", CopyState.PROVED, BEFORE);
        row("b", CopyState.MISSING, BEFORE);
        bytes("a", 7, ADLER);
        bytes("c", 9, Digests.NONE);
        Reconciled one = counted();

        Reconciled two = one.plus(one);

        assertThat(two)
                .isEqualTo(new Reconciled(
                        4,
                        4,
                        2,
                        2,
                        new Reconciled.Sum(0, ByteSize.ZERO),
                        new Reconciled.Sum(2, new ByteSize(18)),
                        new Reconciled.Sum(0, ByteSize.ZERO),
                        0,
                        2,
                        0,
                        0));
        assertThat(one.plus(Reconciled.NOTHING)).isEqualTo(one);
    }
}
