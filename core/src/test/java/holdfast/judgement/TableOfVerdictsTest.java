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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The cells of the design's table of verdicts for the duties that ask for copies, row by row; what concerns whole clauses is in
 * ClauseVerdictTest.
 */
class TableOfVerdictsTest extends VerdictTable {
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
}
