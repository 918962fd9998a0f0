package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static holdfast.judgement.Verdict.BREACHED;
import static holdfast.judgement.Verdict.MET;
import static holdfast.judgement.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.SourceState;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Attributes;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.storage.Place;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every cell of the design's table of verdicts, row by row; what concerns whole clauses is in ClauseVerdictTest. */
class TableOfVerdictsTest {
    private final Scene scene = new Scene();

    private void expect(Verdict verdict, Obligation... obligations) {
        for (Obligation obligation : obligations) {
            Answer answer = scene.judge(obligation);
            assertThat(answer.verdict())
                    .as("%s: %s", obligation, answer.reasons())
                    .isEqualTo(verdict);
            assertThat(answer.arriving()).as("%s arriving", obligation).isFalse();
        }
    }

    private void expectArriving(Obligation... obligations) {
        for (Obligation obligation : obligations) {
            assertThat(scene.judge(obligation).arriving())
                    .as("%s arriving", obligation)
                    .isTrue();
        }
    }

    private List<Code> codes(Obligation obligation) {
        return scene.judge(obligation).reasons().stream().map(Reason::code).toList();
    }

    private static Obligation[] placement() {
        return PLACEMENT.toArray(Obligation[]::new);
    }

    @Nested
    class AllIsWell {
        @Test
        void twoReadCopiesAtKekAndAnMouSiteMeetEveryDutyOfPlacement() {
            scene.proved(KEK_TAPE, BNL_TAPE);
            expect(MET, placement());
            expect(MET, P_24, P_1);
            assertThat(scene.judge(P_23).oldestProof()).contains(days(-10));
            assertThat(scene.judge(P_23).reasons()).isEmpty();
        }
    }

    @Nested
    class FirstPlacementWithinGrace {
        @Test
        void isArrivingForEveryDutyOfPlacement() {
            scene.mentioned(2.9).arrived(LAB_DISK, 2.9);
            expectArriving(placement());
        }

        @Test
        void isArrivingForTheDutyThatIsShortAndMetForTheOneThatIsNot() {
            scene.mentioned(2).proved(KEK_TAPE, 1);
            expectArriving(P_23, P_26, P_22);
            expect(MET, P_25);
        }

        @Test
        void isArrivingForAccessRatherThanBreached() {
            scene.mentioned(2).proved(KEK_TAPE, 1);
            expectArriving(P_24);
        }

        @Test
        void endsWithTheGrace() {
            scene.mentioned(2).proved(KEK_TAPE, 1);
            assertThat(scene.judge(P_23).validUntil()).isEqualTo(days(1));
            assertThat(scene.judge(P_23, days(1)).verdict()).isEqualTo(BREACHED);
            assertThat(scene.judge(P_23, days(1)).arriving()).isFalse();
        }

        @Test
        void isGivenOnce() {
            scene.mentioned(1).proved(KEK_TAPE, 0.5).file(FileRow::markPlaced);
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void isNotGivenOnceTheSourceMayGo() {
            scene.mentioned(1).proved(KEK_TAPE, 0.5).file(f -> f.withSource(SourceState.MAY_GO));
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void isNotGivenWhenNobodyKnowsWhetherTheSourceHoldsIt() {
            scene.mentioned(1).proved(KEK_TAPE, 0.5).file(f -> f.withSource(SourceState.UNKNOWN));
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void isNotGivenForAMentionFromTheFuture() {
            scene.mentioned(-1).proved(KEK_TAPE, 0.5);
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void isMetForTheRegisterOnceRegistered() {
            scene.mentioned(1).arrived(LAB_DISK, 1).expected(1000, Optional.of(days(-1)));
            expect(MET, P_6);
        }
    }

    @Nested
    class GraceOverAndTheCopyInFlight {
        @Test
        void isBreached() {
            scene.mentioned(3).proved(KEK_TAPE, 1);
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void isBreachedAtKekToo() {
            scene.mentioned(3).proved(BNL_TAPE, 1);
            expect(BREACHED, P_25);
        }
    }

    @Nested
    class CorruptOrMissingWithTheRepairInFlight {
        @Test
        void corruptIsBreachedAtOnce() {
            scene.proved(KEK_TAPE).fallen(BNL_TAPE, CopyState.CORRUPT);
            expect(BREACHED, P_23, P_26, P_22);
            assertThat(codes(P_23)).contains(Code.CORRUPT);
        }

        @Test
        void missingIsBreachedAtOnce() {
            scene.proved(BNL_TAPE).fallen(KEK_TAPE, CopyState.MISSING);
            expect(BREACHED, P_23, P_25, P_22);
        }

        @Test
        void repairsHaveNoGraceEvenWithinThatOfTheFirstPlacement() {
            scene.mentioned(1).proved(KEK_TAPE, 0.5).fallen(BNL_TAPE, CopyState.CORRUPT);
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void unreadableIsBreachedAtOnce() {
            scene.proved(KEK_TAPE).fallen(BNL_TAPE, CopyState.UNREADABLE);
            expect(BREACHED, P_23, P_26, P_22);
        }

        @Test
        void suspectIsUndeterminedUntilTheSecondRead() {
            scene.proved(KEK_TAPE).fallen(BNL_TAPE, CopyState.SUSPECT);
            expect(UNDETERMINED, P_23, P_26, P_22);
        }
    }

    @Nested
    class ArrivedAndNotReadBack {
        @Test
        void isUndeterminedForSevenDays() {
            scene.proved(KEK_TAPE).arrived(BNL_TAPE, 6.9);
            expect(UNDETERMINED, P_23, P_26, P_22);
            scene.proved(BNL_TAPE).arrived(KEK_TAPE, 6.9);
            expect(UNDETERMINED, P_25);
        }

        @Test
        void isBreachedAfterwards() {
            scene.proved(KEK_TAPE).arrived(BNL_TAPE, 7);
            expect(BREACHED, P_23, P_26, P_22);
            scene.proved(BNL_TAPE).arrived(KEK_TAPE, 7);
            expect(BREACHED, P_25);
        }

        @Test
        void saysUntilWhenItMayBe() {
            scene.proved(KEK_TAPE).arrived(BNL_TAPE, 2);
            assertThat(scene.judge(P_26).validUntil()).isEqualTo(days(5));
        }
    }

    @Nested
    class ProofLate {
        @Test
        void isUndeterminedForPlacement() {
            scene.proved(KEK_TAPE, 731).proved(BNL_TAPE, 731);
            expect(UNDETERMINED, placement());
        }

        @Test
        void isUnchangedForAccess() {
            scene.proved(KEK_TAPE, 731).proved(BNL_TAPE, 731);
            expect(MET, P_24);
        }
    }

    @Nested
    class NoAnswerUpToTheLimit {
        @Test
        void isUnchangedForPlacementAndSaidWithItsBegin() {
            scene.proved(KEK_TAPE, BNL_TAPE).silent(KEK_TAPE, 0.9);
            expect(MET, placement());
            assertThat(scene.judge(P_25).silentSince()).contains(days(-0.9));
            assertThat(scene.judge(P_25).reasons())
                    .extracting(Reason::text)
                    .containsExactly("KEK-TAPE: not answering since 2026-11-21 08:24 UTC");
        }

        @Test
        void isUndeterminedForAccess() {
            scene.proved(KEK_TAPE, BNL_TAPE).silent(KEK_TAPE, 0.9);
            expect(UNDETERMINED, P_24);
        }

        @Test
        void aDeclaredDowntimeUpToFourteenDaysIsTheSame() {
            scene.proved(KEK_TAPE, BNL_TAPE).silent(KEK_TAPE, 13).downtime(KEK_TAPE, -13, 5);
            expect(MET, placement());
            expect(UNDETERMINED, P_24);
        }

        @Test
        void aDeclaredDowntimeWithoutASilenceIsTheSame() {
            scene.proved(KEK_TAPE, BNL_TAPE).downtime(KEK_TAPE, -1, 5);
            expect(MET, placement());
            expect(UNDETERMINED, P_24);
            assertThat(scene.judge(P_24).validUntil()).isEqualTo(days(5));
        }
    }

    @Nested
    class NoAnswerForLonger {
        @Test
        void isUndeterminedForPlacement() {
            scene.proved(KEK_TAPE, BNL_TAPE).silent(KEK_TAPE, 1.1).silent(BNL_TAPE, 1.1);
            expect(UNDETERMINED, placement());
        }

        @Test
        void isBreachedForAccess() {
            scene.proved(KEK_TAPE, BNL_TAPE).silent(KEK_TAPE, 1.1);
            expect(BREACHED, P_24);
        }

        @Test
        void aDeclaredDowntimeOfMoreThanFourteenDaysIsTheSame() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .silent(KEK_TAPE, 14.1)
                    .downtime(KEK_TAPE, -14.1, 30)
                    .silent(BNL_TAPE, 14.1)
                    .downtime(BNL_TAPE, -14.1, 30);
            expect(UNDETERMINED, placement());
            expect(BREACHED, P_24);
        }
    }

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
    class OneCopyOnly {
        @Test
        void breachesTwoReplicasAndIndependence() {
            scene.proved(KEK_TAPE);
            expect(BREACHED, P_23, P_22);
            assertThat(codes(P_22)).isNotEmpty();
        }

        @Test
        void noCopyAtAllBreachesEveryDutyOfPlacement() {
            expect(BREACHED, placement());
            assertThat(codes(P_26)).contains(Code.NO_COPY);
        }

        @Test
        void twoCopiesAtOneSiteAreOne() {
            scene.proved(KEK_TAPE, KEK_DISK);
            expect(BREACHED, P_23, P_22);
            expect(MET, P_25);
        }

        @Test
        void aCacheBesideItIsNoSecondCopy() {
            scene.proved(BNL_TAPE, KEK_CACHE);
            expect(BREACHED, P_23, P_25, P_22);
        }
    }

    @Nested
    class WrongPlace {
        @Test
        void twoMouSitesWithoutKekBreachKekAlone() {
            scene.proved(BNL_TAPE, DESY_DISK);
            expect(BREACHED, P_25);
            expect(MET, P_23, P_26, P_22);
            assertThat(codes(P_25)).containsExactly(Code.WRONG_PLACE);
        }

        @Test
        void aSurvivorOutsideTheMouCountsForTwoReplicasAndNotForCoverage() {
            scene.element(LAB_DISK, LAB, holdfast.storage.Medium.ARCHIVAL_DISK).proved(KEK_TAPE, LAB_DISK);
            expect(MET, P_23, P_22);
            expect(BREACHED, P_26);
        }

        @Test
        void kekItselfNeverCoversTheSecondReplica() {
            scene.agreement(new holdfast.plan.Agreement(
                            MOU, List.of(period("2019-01-01", Optional.empty(), Map.of(KEK, 50.0, BNL, 50.0)))))
                    .proved(KEK_TAPE);
            expect(BREACHED, P_26);
        }
    }

    @Nested
    class PeriodOfTheAgreement {
        @Test
        void isThatOfTheRunDate() {
            scene.proved(KEK_TAPE, DESY_DISK).attributes(Map.of(Attributes.RUN_DATE, "2024-05-05"));
            expect(BREACHED, P_26);
            scene.attributes(Map.of(Attributes.RUN_DATE, "2026-01-01"));
            expect(MET, P_26);
        }

        @Test
        void isToldInTheTimeZoneOfTheSites() {
            scene.proved(KEK_TAPE, DESY_DISK).attributes(Map.of(Attributes.RUN_DATE, "2025-12-31T16:00:00Z"));
            expect(MET, P_26);
            scene.attributes(Map.of(Attributes.RUN_DATE, "2025-12-31T14:00:00Z"));
            expect(BREACHED, P_26);
        }

        @Test
        void isThatOfTheFirstMentionWithoutARunDate() {
            scene.proved(KEK_TAPE, DESY_DISK).attributes(Map.of());
            expect(MET, P_26);
        }

        @Test
        void isUndeterminedWhenNoneCoversTheRunDate() {
            scene.proved(KEK_TAPE, DESY_DISK).attributes(Map.of(Attributes.RUN_DATE, "2010-01-01"));
            expect(UNDETERMINED, P_26);
            assertThat(codes(P_26)).containsExactly(Code.NO_PERIOD);
        }

        @Test
        void isUndeterminedWhenTheRunDateIsNoDate() {
            scene.proved(KEK_TAPE, DESY_DISK).attributes(Map.of(Attributes.RUN_DATE, "last summer"));
            expect(UNDETERMINED, P_26);
        }

        @Test
        void isUndeterminedWhenTheAgreementIsNotInTheSitesFile() {
            Obligation unknown = new Obligation.CoveredBy(new PlaceRule(Set.of(), Optional.of("other"), Set.of(KEK)));
            scene.proved(KEK_TAPE, DESY_DISK);
            expect(UNDETERMINED, unknown);
        }

        @Test
        void doesNotHideThatNoCopyStandsAtAll() {
            scene.attributes(Map.of(Attributes.RUN_DATE, "2010-01-01")).fallen(BNL_TAPE, CopyState.MISSING);
            expect(BREACHED, P_26);
        }
    }

    @Nested
    class FailureDomainUnknown {
        @Test
        void anUnknownHazardZoneIsNotDifferent() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .place(BNL_TAPE, new Place(Optional.of("us"), Optional.empty(), Optional.of("bnl")));
            expect(UNDETERMINED, P_22);
            assertThat(codes(P_22)).contains(Code.DOMAIN_UNKNOWN);
        }

        @Test
        void anUnknownOperatorIsNotDifferent() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .place(BNL_TAPE, new Place(Optional.of("us"), Optional.of("east"), Optional.empty()));
            expect(UNDETERMINED, P_22);
        }

        @Test
        void aKnownThirdCopyMakesTheUnknownOneMatterNoMore() {
            scene.proved(KEK_TAPE, BNL_TAPE, DESY_DISK)
                    .place(BNL_TAPE, new Place(Optional.of("us"), Optional.empty(), Optional.empty()));
            expect(MET, P_22);
        }

        @Test
        void aSharedHazardZoneIsBreached() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .place(BNL_TAPE, new Place(Optional.of("us"), Optional.of("zone-KEK"), Optional.of("bnl")));
            expect(BREACHED, P_22);
            assertThat(codes(P_22)).contains(Code.SAME_DOMAIN);
        }

        @Test
        void aDomainNobodyAskedForMayBeUnknown() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .place(BNL_TAPE, new Place(Optional.empty(), Optional.of("east"), Optional.of("bnl")));
            expect(MET, P_22);
        }
    }

    @Nested
    class RunTypeUnknown {
        @Test
        void isJudgedAsPhysics() {
            scene.attributes(Map.of("run_type", "?")).proved(KEK_TAPE);
            expect(BREACHED, P_23, P_26, P_22);
            scene.proved(BNL_TAPE);
            expect(MET, placement());
        }
    }

    @Nested
    class FileDeclaredLost {
        @Test
        void staysASubjectAndIsBreached() {
            scene.proved(KEK_TAPE, BNL_TAPE)
                    .expected(1000, Optional.of(days(-1)))
                    .file(FileRow::declareLost);
            expect(BREACHED, placement());
            expect(BREACHED, P_6, P_1, P_24, P_2);
            assertThat(codes(P_23)).containsExactly(Code.LOST);
        }

        @Test
        void hasNoGrace() {
            scene.mentioned(1).arrived(LAB_DISK, 1).file(FileRow::declareLost);
            expect(BREACHED, placement());
        }

        @Test
        void isMetAgainOnceBytesWithItsDigestReturnedAndTheRecordSaysSo() {
            scene.proved(KEK_TAPE, BNL_TAPE);
            expect(MET, placement());
        }

        @Test
        void keepsItsLevel() {
            scene.file(FileRow::declareLost);
            expect(MET, P_7);
        }
    }

    @Nested
    class CalendarAndScrubs {
        @Test
        void aLateInspectionIsUndetermined() {
            scene.proved(KEK_TAPE, BNL_TAPE).proved(DESY_DISK, 90);
            expect(UNDETERMINED, P_1);
            assertThat(codes(P_1)).containsExactly(Code.PROOF_LATE);
        }

        @Test
        void aCopyNeverInspectedIsUndetermined() {
            scene.proved(KEK_TAPE).arrived(DESY_DISK, 1);
            expect(UNDETERMINED, P_1);
        }

        @Test
        void aVoidScrubIsUndetermined() {
            scene.proved(KEK_TAPE, DESY_DISK).scrubbed(DESY_DISK, false);
            expect(UNDETERMINED, P_1);
            assertThat(codes(P_1)).containsExactly(Code.SCRUB_VOID);
            scene.scrubbed(DESY_DISK, true);
            expect(MET, P_1);
        }

        @Test
        void anObjectWithoutClassIsBreached() {
            scene.proved(KEK_TAPE, BNL_TAPE).belongs(Optional.empty());
            expect(BREACHED, P_1);
        }

        @Test
        void noCopyToInspectIsNotWell() {
            scene.fallen(KEK_TAPE, CopyState.MISSING);
            expect(BREACHED, P_1);
        }

        @Test
        void copiesAtASiteThatLeftAndOnCachesAreNoneOfTheCalendars() {
            scene.proved(KEK_TAPE)
                    .proved(DESY_DISK, 500)
                    .use(DESY_DISK, Use.LEFT)
                    .proved(KEK_CACHE, 500);
            expect(MET, P_1);
        }

        @Test
        void aProofFromTheFutureIsNoInspection() {
            scene.proved(KEK_TAPE).proved(DESY_DISK, -2);
            expect(UNDETERMINED, P_1);
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
    class LevelAndLifetime {
        @Test
        void oneClassAndLevelIsMet() {
            expect(MET, P_7);
        }

        @Test
        void noClassIsBreached() {
            scene.belongs(Optional.empty());
            expect(BREACHED, P_7);
        }

        @Test
        void twoLevelsAreBreached() {
            scene.belongs(Optional.of(new FileRow.Belonging(RAW, new LevelId(2))));
            expect(BREACHED, P_7);
        }

        @Test
        void keptUntilABodyEndsTheLifetime() {
            Obligation kept = new Obligation.KeptUntil("active-collaboration");
            scene.proved(KEK_TAPE);
            expect(MET, kept);
            assertThat(scene.judge(kept).reasons().getFirst().text()).contains("executive-board");
            expect(UNDETERMINED, new Obligation.KeptUntil("forever"));
        }
    }

    @Nested
    class Registered {
        @Test
        void asTheRegisterSaysIsMet() {
            scene.proved(KEK_TAPE).expected(1000, Optional.of(days(-30)));
            expect(MET, P_6);
        }

        @Test
        void expectedAndNotHereIsBreached() {
            scene.expected(1000, Optional.of(days(-1))).notHere();
            expect(BREACHED, P_6);
            assertThat(codes(P_6)).containsExactly(Code.NOT_REGISTERED);
        }

        @Test
        void anotherSizeIsBreached() {
            scene.proved(KEK_TAPE).expected(999, Optional.of(days(-1)));
            expect(BREACHED, P_6);
            assertThat(codes(P_6)).containsExactly(Code.SIZE_DIFFERS);
        }

        @Test
        void anotherNumberOfEventsIsBreached() {
            scene.proved(KEK_TAPE).expected(1000, Optional.of(days(-1))).attributes(Map.of("events", "8"));
            expect(BREACHED, P_6);
            scene.attributes(Map.of("events", "7"));
            expect(MET, P_6);
        }

        @Test
        void aRunWithoutCloseRecordIsUndetermined() {
            scene.proved(KEK_TAPE).expected(1000, Optional.empty());
            expect(UNDETERMINED, P_6);
            assertThat(codes(P_6)).containsExactly(Code.NO_CLOSE_RECORD);
        }

        @Test
        void aCloseRecordFromTheFutureIsNone() {
            scene.proved(KEK_TAPE).expected(1000, Optional.of(days(1)));
            expect(UNDETERMINED, P_6);
            assertThat(scene.judge(P_6).validUntil()).isEqualTo(days(1).minusSeconds(300));
        }

        @Test
        void aFileTheRegisterDoesNotKnowIsUndetermined() {
            scene.proved(KEK_TAPE);
            expect(UNDETERMINED, P_6);
        }

        @Test
        void damageWithNoCopyLeftIsBreached() {
            scene.fallen(KEK_TAPE, CopyState.MISSING)
                    .fallen(BNL_TAPE, CopyState.CORRUPT)
                    .expected(1000, Optional.of(days(-1)));
            expect(BREACHED, P_6);
            assertThat(codes(P_6)).containsExactly(Code.NO_COPY);
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
