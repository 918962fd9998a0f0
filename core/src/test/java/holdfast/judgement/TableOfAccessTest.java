package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static holdfast.judgement.Verdict.BREACHED;
import static holdfast.judgement.Verdict.MET;
import static holdfast.judgement.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.Reason.Code;
import holdfast.plan.Obligation;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cells of the design's table of verdicts for "can be read back" and "can be used". */
class TableOfAccessTest extends VerdictTable {
    @Nested
    class RecallDrillLate {
        @Test
        void isUnchangedForPlacement() {
            scene.proved(KEK_TAPE, BNL_TAPE).drills(KEK_TAPE, 92, 0, Optional.of(4));
            expect(MET, placement());
        }

        @Test
        void isUndeterminedForAccess() {
            scene.proved(KEK_TAPE, BNL_TAPE).drills(KEK_TAPE, 92, 0, Optional.of(4));
            expect(UNDETERMINED, P_24);
        }

        @Test
        void aDrillThatNeverWasIsLate() {
            scene.proved(KEK_TAPE, BNL_TAPE).neverDrilled(KEK_TAPE);
            expect(UNDETERMINED, P_24);
        }

        @Test
        void aDrillDatedInTheFutureIsNone() {
            scene.proved(KEK_TAPE, BNL_TAPE).drills(KEK_TAPE, -2, 0, Optional.of(4));
            expect(UNDETERMINED, P_24);
        }

        @Test
        void disksNeedNone() {
            scene.proved(KEK_DISK, DESY_DISK);
            expect(MET, P_24);
        }
    }

    @Nested
    class DrillFailedTwiceOrNoDriveWorks {
        @Test
        void twoFailedDrillsAreUndeterminedForPlacement() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .drills(KEK_TAPE, 3, 2, Optional.of(4))
                    .drills(BNL_TAPE, 3, 2, Optional.of(4));
            expect(UNDETERMINED, placement());
        }

        @Test
        void twoFailedDrillsAreBreachedForAccess() {
            scene.proved(KEK_TAPE, BNL_TAPE).drills(KEK_TAPE, 3, 2, Optional.of(4));
            expect(BREACHED, P_24);
        }

        @Test
        void noWorkingDriveIsUndeterminedForPlacement() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .drills(KEK_TAPE, 3, 0, Optional.of(0))
                    .drills(BNL_TAPE, 3, 0, Optional.of(0));
            expect(UNDETERMINED, placement());
        }

        @Test
        void noWorkingDriveIsBreachedForAccess() {
            scene.proved(KEK_TAPE, BNL_TAPE).drills(KEK_TAPE, 3, 0, Optional.of(0));
            expect(BREACHED, P_24);
        }
    }

    @Nested
    class Opening {
        @Test
        void isUndeterminedWithoutAnOpener() {
            scene.proved(KEK_TAPE, BNL_TAPE);
            expect(UNDETERMINED, P_2);
            assertThat(codes(P_2)).containsOnly(Code.NO_OPENER);
        }

        @Test
        void ofASampleBesideItIsMetForAsLongAsADrillHolds() {
            scene.proved(DESY_DISK).opened(DESY_DISK, 10, 2);
            expect(MET, P_2);
            assertThat(scene.judge(P_2).validUntil()).isEqualTo(days(82));
            assertThat(scene.judge(P_2, days(82)).verdict()).isEqualTo(UNDETERMINED);
        }

        @Test
        void isAlsoMetOnPlainDiskSinceTheMediumIsNoMatter() {
            scene.proved(LAB_DISK).opened(LAB_DISK, 10, 2);
            expect(MET, P_2);
        }

        @Test
        void onTapeNeedsARecallToo() {
            scene.proved(KEK_TAPE).opened(KEK_TAPE, 10, 2);
            expect(MET, P_2);
            scene.drills(KEK_TAPE, -100, 0, Optional.of(4));
            expect(UNDETERMINED, P_2);
            scene.drills(KEK_TAPE, -3, 2, Optional.of(4));
            expect(BREACHED, P_2);
        }

        @Test
        void atAnotherElementSaysNothingOfThisCopy() {
            scene.proved(DESY_DISK).opened(KEK_DISK, 10, 2);
            expect(UNDETERMINED, P_2);
        }

        @Test
        void thatFailsForTheOnlyCopyIsBreachedAndForOneOfTwoIsNot() {
            scene.proved(DESY_DISK).opened(DESY_DISK, 10, 1, ID);
            expect(BREACHED, P_2);
            assertThat(codes(P_2)).containsOnly(Code.NOT_OPENED);
            scene.proved(KEK_DISK).opened(KEK_DISK, 10, 2);
            expect(MET, P_2);
        }

        @Test
        void isNotAskedForWhileTheFileIsArriving() {
            scene.mentioned(1).arrived(DESY_DISK, 0.9);
            expectArriving(P_2);
            scene.proved(DESY_DISK, 0.9);
            expectArriving(P_2);
            scene.opened(DESY_DISK, 0.5, 1);
            expect(MET, P_2);
        }

        @Test
        void thatFailsForAnotherFileBesideItLeavesADoubt() {
            scene.proved(DESY_DISK).opened(DESY_DISK, 10, 3, new DataId(new Scope("raw"), "/another"));
            expect(UNDETERMINED, P_2);
        }

        @Test
        void ofNoFileAtAllIsUndetermined() {
            scene.proved(DESY_DISK).opened(DESY_DISK, 10, 0);
            expect(UNDETERMINED, P_2);
        }

        @Test
        void atAnElementThatIsSilentIsUndeterminedAndThenBreached() {
            scene.proved(DESY_DISK).opened(DESY_DISK, 10, 2).silent(DESY_DISK, 0.5);
            expect(UNDETERMINED, P_2);
            scene.silent(DESY_DISK, 2);
            expect(BREACHED, P_2);
        }

        @Test
        void fromTheFutureDoesNotCountYet() {
            scene.proved(DESY_DISK).opened(DESY_DISK, -1, 2);
            expect(UNDETERMINED, P_2);
            assertThat(scene.judge(P_2, days(1)).verdict()).isEqualTo(MET);
        }
    }

    @Nested
    class Accessible {
        @Test
        void needsAsManySitesAsAsked() {
            scene.proved(KEK_TAPE);
            expect(BREACHED, P_24);
            expect(MET, new Obligation.Accessible(1, Optional.of(Duration.ofDays(92))));
        }

        @Test
        void fallsBackToTheSettingForDrills() {
            scene.proved(KEK_TAPE).drills(KEK_TAPE, 92, 0, Optional.of(4));
            expect(UNDETERMINED, new Obligation.Accessible(1, Optional.empty()));
            expect(MET, new Obligation.Accessible(1, Optional.of(Duration.ofDays(100))));
        }
    }
}
