package holdfast.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theBestSourceComesFirstWhateverTheOrderTheyWereFoundIn() {
        List<Candidate> bestFirst = List.of(
                candidate("NEAR", CopyState.PROVED, false, OptionalLong.of(1), true),
                candidate("NEAR-BY-HAND", CopyState.PROVED, false, OptionalLong.of(1), false),
                candidate("FAR", CopyState.PROVED, false, OptionalLong.of(9), true),
                candidate("UNSAID", CopyState.PROVED, false, OptionalLong.empty(), true),
                candidate("TAPE", CopyState.PROVED, true, OptionalLong.of(0), true),
                candidate("NEW", CopyState.ARRIVED, false, OptionalLong.of(0), true),
                candidate("CLAIM", CopyState.CLAIMED, false, OptionalLong.of(0), true),
                candidate("DOUBT", CopyState.SUSPECT, false, OptionalLong.of(0), true));
        List<Candidate> found = new ArrayList<>(bestFirst);
        Collections.shuffle(found, new Random(3));
        assertThat(found.stream().sorted(Candidate.ORDER)).containsExactlyElementsOf(bestFirst);
    }

    private static Candidate candidate(
            String at, CopyState state, boolean tape, OptionalLong distance, boolean thirdParty) {
        CopyRow copy = new CopyRow(
                new DataId(new Scope("raw"), "/f"),
                new StorageName(at),
                state,
                new StoragePath("f"),
                0,
                Optional.empty(),
                THEN,
                Optional.empty(),
                THEN,
                Optional.empty());
        return new Candidate(copy, tape, distance, thirdParty);
    }
}
