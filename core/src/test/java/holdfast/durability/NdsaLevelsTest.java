package holdfast.durability;

import static holdfast.durability.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.durability.AreaLevel.Area;
import holdfast.durability.ClassHolding.CopySum;
import holdfast.durability.Requirement.State;
import holdfast.storage.Medium;
import holdfast.storage.StorageElement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NdsaLevelsTest {
    private static final Keeping SOUND = new Keeping(Optional.of(Instant.EPOCH), List.of());

    @Test
    void twoCopiesAreLevelOneByCountAlthoughTheirThreatsDiffer() {
        AreaLevel storage = storage(files(10, HOME, FAR));
        assertThat(storage.inFull()).isEqualTo(1);
        assertThat(storage.asFarAsJudged()).isEqualTo(1);
        assertThat(storage.missingForNext())
                .extracting(Requirement::asks)
                .contains("three copies, one of them in another region");
        assertThat(state(storage, "a copy under another disaster threat")).isEqualTo(State.MET);
        assertThat(state(storage, "a copy on another kind of medium")).isEqualTo(State.MET);
    }

    @Test
    void oneCopyOrTwoAtOneSiteAreNoLevel() {
        assertThat(storage(files(10, HOME)).inFull()).isZero();
        assertThat(storage(files(10, HOME, HOME_TAPE)).inFull()).isZero();
    }

    @Test
    void aSingleFileThatFallsShortKeepsTheClassBack() {
        AreaLevel storage = storage(files(1_000_000, HOME, FAR), files(1, HOME));
        assertThat(storage.inFull()).isZero();
        assertThat(storage.missingForNext())
                .singleElement()
                .satisfies(r -> assertThat(r.shown()).isEqualTo("1,000,000 of 1,000,001 files"));
    }

    @Test
    void threeCopiesStayAtLevelOneWhereNobodyRecordsWhatMediaDependOn() {
        AreaLevel storage = storage(files(10, HOME, FAR, ABROAD));
        assertThat(storage.inFull()).isEqualTo(1);
        assertThat(storage.asFarAsJudged()).isEqualTo(4);
    }

    @Test
    void aZoneThatNobodyNamedIsNoOtherThreat() {
        StorageElement second = element("SECOND", "second", Optional.empty(), Medium.TAPE);
        assertThat(state(storage(files(10, HOME, second)), "a copy under another disaster threat"))
                .isEqualTo(State.NOT_MET);
    }

    @Test
    void integrityIsNeverClaimedInFullWhereNobodyLooksForViruses() {
        AreaLevel integrity = integrity(new CopySum(20, 0, 0, 0, 10, 20), SOUND);
        assertThat(integrity.inFull()).isZero();
        assertThat(integrity.asFarAsJudged()).isEqualTo(4);
    }

    @Test
    void lateUnprovedAndDamagedCopiesAndBlindScrubsEachKeepTheirLevel() {
        assertThat(integrity(new CopySum(20, 1, 0, 0, 10, 20), SOUND).asFarAsJudged())
                .isEqualTo(1);
        assertThat(integrity(new CopySum(20, 0, 1, 0, 10, 20), SOUND).asFarAsJudged())
                .isEqualTo(2);
        assertThat(integrity(new CopySum(20, 0, 0, 1, 10, 20), SOUND).asFarAsJudged())
                .isEqualTo(3);
        Keeping blind = new Keeping(Optional.empty(), List.of("HOME"));
        assertThat(integrity(new CopySum(20, 0, 0, 0, 10, 20), blind).asFarAsJudged())
                .isEqualTo(2);
    }

    @Test
    void whatTheRecordsCannotShowIsNotJudgedAndSaysWhy() {
        List<AreaLevel> levels = NdsaLevels.of(raw(10, files(1, HOME, FAR)), SOUND);
        assertThat(levels).extracting(AreaLevel::area).containsExactly(Area.values());
        assertThat(levels.subList(2, 5)).allSatisfy(level -> {
            assertThat(level.notJudged()).isPresent();
            assertThat(level.inFull()).isZero();
            assertThat(level.asFarAsJudged()).isZero();
        });
    }

    @Test
    void aClassWithoutFilesHasNoLevel() {
        assertThat(storage().inFull()).isZero();
    }

    private static AreaLevel storage(Cohort... cohorts) {
        return NdsaLevels.of(raw(10, cohorts), SOUND).getFirst();
    }

    private static AreaLevel integrity(CopySum copies, Keeping keeping) {
        ClassHolding holding =
                new ClassHolding(Optional.empty(), List.of(files(10, HOME, FAR)), Map.of(HOME.name(), copies), 10);
        return NdsaLevels.of(holding, keeping).get(1);
    }

    private static State state(AreaLevel level, String asks) {
        return level.requirements().stream()
                .filter(r -> r.asks().equals(asks))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
