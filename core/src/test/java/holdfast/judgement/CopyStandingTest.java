package holdfast.judgement;

import static holdfast.judgement.CopyStanding.Word.COUNTS;
import static holdfast.judgement.CopyStanding.Word.DOES_NOT_COUNT;
import static holdfast.judgement.CopyStanding.Word.MAY_COUNT;
import static holdfast.judgement.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Limits;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** "A copy is one of three", bullet by bullet, and the kinds of proof on tape. */
class CopyStandingTest {
    private final Scene scene = new Scene();

    private static Limits bufferTakenAt(Set<holdfast.vocabulary.SiteName> sites) {
        return limits(Limits.DEFAULTS.archived(), sites, Set.of());
    }

    private static Limits sampleTakenAt(Set<holdfast.vocabulary.SiteName> sites) {
        return limits(Limits.DEFAULTS.archived(), Set.of(), sites);
    }

    private static Limits limits(
            java.time.Duration archived,
            Set<holdfast.vocabulary.SiteName> buffer,
            Set<holdfast.vocabulary.SiteName> sample) {
        Limits d = Limits.DEFAULTS;
        return new Limits(
                d.grace(),
                d.readBack(),
                archived,
                d.proofDisk(),
                d.proofTape(),
                d.silence(),
                d.downtime(),
                d.registerAge(),
                d.waitForSite(),
                d.drill(),
                buffer,
                sample,
                d.clockSkew());
    }

    @Nested
    class ACopyCounts {
        @Test
        void onArchivalDiskReadWholeAndInDate() {
            scene.proved(DESY_DISK);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(COUNTS);
            assertThat(scene.standing(DESY_DISK).reasons()).isEmpty();
        }

        @Test
        void onTapeWithADurableLocatorAndTheMediumRead() {
            assertThat(scene.proved(KEK_TAPE).standing(KEK_TAPE).word()).isEqualTo(COUNTS);
        }

        @Test
        void onAnElementThatTakesNoNewCopies() {
            scene.proved(DESY_DISK).use(DESY_DISK, Use.READ_ONLY);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(COUNTS);
        }

        @Test
        void afterOneFailedDrill() {
            scene.proved(KEK_TAPE).drills(KEK_TAPE, 3, 1, Optional.of(4));
            assertThat(scene.standing(KEK_TAPE).word()).isEqualTo(COUNTS);
        }

        @Test
        void withAProofAFewMinutesAheadOfOurClock() {
            scene.proved(DESY_DISK).proof(DESY_DISK, new Proof(NOW.plusSeconds(240), ProofKind.WHOLE_READ, true));
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(COUNTS);
        }
    }

    @Nested
    class ACopyMayCount {
        private void mayCount(StorageName at, Code why) {
            assertThat(scene.standing(at).word()).isEqualTo(MAY_COUNT);
            assertThat(scene.standing(at).reasons()).extracting(Reason::code).contains(why);
            assertThat(scene.standing(at).reasons())
                    .allSatisfy(r -> assertThat(r.text()).startsWith(at + ": "));
        }

        @Test
        void whenItsProofOnDiskIsLate() {
            scene.proved(DESY_DISK, 90);
            mayCount(DESY_DISK, Code.PROOF_LATE);
        }

        @Test
        void whenItsProofOnTapeIsLate() {
            scene.proved(KEK_TAPE, 730);
            mayCount(KEK_TAPE, Code.PROOF_LATE);
        }

        @Test
        void whenItsSiteHasBeenSilentForLongerThanTheLimit() {
            scene.proved(DESY_DISK).silent(DESY_DISK, 1);
            mayCount(DESY_DISK, Code.SILENT_TOO_LONG);
        }

        @Test
        void whileItIsSuspectAfterOneBadRead() {
            scene.fallen(DESY_DISK, CopyState.SUSPECT);
            mayCount(DESY_DISK, Code.SUSPECT);
        }

        @Test
        void whileItsWholeElementIsSuspect() {
            scene.proved(DESY_DISK).suspect(DESY_DISK, 0.5);
            mayCount(DESY_DISK, Code.ELEMENT_SUSPECT);
        }

        @Test
        void whenTheRecallDrillFailedTwice() {
            scene.proved(KEK_TAPE).drills(KEK_TAPE, 3, 2, Optional.of(4));
            mayCount(KEK_TAPE, Code.DRILL_FAILED);
        }

        @Test
        void whenNoDriveWorks() {
            scene.proved(KEK_TAPE).drills(KEK_TAPE, 3, 0, Optional.of(0));
            mayCount(KEK_TAPE, Code.NO_DRIVE);
        }

        @Test
        void whenNobodySaidWhatItsMediumIs() {
            scene.proved(DESY_DISK).element(DESY_DISK, Use.IN_USE, Optional.empty(), place("DESY"));
            mayCount(DESY_DISK, Code.ATTRIBUTE_UNKNOWN);
        }

        @Test
        void forSevenDaysAfterItArrivedUnread() {
            scene.arrived(DESY_DISK, 6.9);
            mayCount(DESY_DISK, Code.NOT_READ_BACK);
        }

        @Test
        void asAnImportedClaimHoweverOld() {
            scene.arrived(DESY_DISK, 100)
                    .copy(scene.row(DESY_DISK).state(CopyState.CLAIMED, days(-1), Optional.empty()));
            mayCount(DESY_DISK, Code.CLAIMED);
        }
    }

    @Nested
    class ACopyDoesNotCount {
        private void doesNotCount(StorageName at, Code why) {
            assertThat(scene.standing(at).word()).isEqualTo(DOES_NOT_COUNT);
            assertThat(scene.standing(at).reasons()).extracting(Reason::code).contains(why);
        }

        @Test
        void onACache() {
            scene.proved(KEK_CACHE);
            doesNotCount(KEK_CACHE, Code.NOT_ARCHIVAL);
        }

        @Test
        void onPlainDisk() {
            scene.proved(LAB_DISK);
            doesNotCount(LAB_DISK, Code.NOT_ARCHIVAL);
        }

        @Test
        void whenTwoReadsFoundItCorrupt() {
            scene.fallen(DESY_DISK, CopyState.CORRUPT);
            doesNotCount(DESY_DISK, Code.CORRUPT);
        }

        @Test
        void whenTwoReadsFailed() {
            scene.fallen(DESY_DISK, CopyState.UNREADABLE);
            doesNotCount(DESY_DISK, Code.UNREADABLE);
        }

        @Test
        void whenItIsMissing() {
            scene.fallen(DESY_DISK, CopyState.MISSING);
            doesNotCount(DESY_DISK, Code.MISSING);
        }

        @Test
        void whileItIsBeingReleasedAndAfter() {
            scene.fallen(DESY_DISK, CopyState.RELEASING);
            doesNotCount(DESY_DISK, Code.RELEASING);
            scene.fallen(DESY_DISK, CopyState.RELEASED);
            doesNotCount(DESY_DISK, Code.RELEASING);
        }

        @Test
        void moreThanSevenDaysAfterItArrivedUnread() {
            scene.arrived(DESY_DISK, 7);
            doesNotCount(DESY_DISK, Code.NOT_READ_BACK);
        }

        @Test
        void whenItWasWrittenAgainAfterItsProof() {
            scene.proved(DESY_DISK)
                    .proof(
                            DESY_DISK,
                            new Proof(scene.row(DESY_DISK).writtenAt().minusSeconds(1), ProofKind.WHOLE_READ, true));
            doesNotCount(DESY_DISK, Code.NOT_READ_BACK);
        }

        @Test
        void whenItsProofIsDatedInTheFuture() {
            scene.proved(DESY_DISK).proof(DESY_DISK, new Proof(days(1), ProofKind.WHOLE_READ, true));
            doesNotCount(DESY_DISK, Code.PROOF_IN_FUTURE);
        }

        @Test
        void atASiteThatHasLeft() {
            scene.proved(DESY_DISK).use(DESY_DISK, Use.LEFT);
            doesNotCount(DESY_DISK, Code.ELEMENT_LEFT);
        }

        @Test
        void atAnElementThatTheSitesFileDoesNotKnow() {
            scene.proved(NOWHERE);
            doesNotCount(NOWHERE, Code.ELEMENT_LEFT);
        }

        @Test
        void whenItIsSuspectAndWasNeverReadBackInSevenDays() {
            scene.arrived(DESY_DISK, 8).copy(scene.row(DESY_DISK).state(CopyState.SUSPECT, days(-1), Optional.empty()));
            doesNotCount(DESY_DISK, Code.NOT_READ_BACK);
        }
    }

    @Nested
    class OnTape {
        private CopyStanding after(ProofKind kind, boolean fromMedium) {
            return scene.proved(KEK_TAPE)
                    .proof(KEK_TAPE, new Proof(days(-10), kind, fromMedium))
                    .standing(KEK_TAPE);
        }

        @Test
        void aReadFromTheBufferAloneIsNoReadBack() {
            assertThat(after(ProofKind.BUFFER, false).word()).isEqualTo(DOES_NOT_COUNT);
        }

        @Test
        void aReadFromTheBufferServesWhereThePlanNamesTheSiteAndTheAnswerSaysSo() {
            scene.limits(bufferTakenAt(Set.of(KEK)));
            CopyStanding standing = after(ProofKind.BUFFER, false);
            assertThat(standing.word()).isEqualTo(COUNTS);
            assertThat(standing.reasons()).extracting(Reason::code).containsExactly(Code.PROOF_NOT_FROM_MEDIUM);
        }

        @Test
        void aReadFromTheBufferBeforeMigrationServesNowhere() {
            scene.limits(bufferTakenAt(Set.of(KEK)));
            after(ProofKind.BUFFER, false);
            assertThat(scene.locator(KEK_TAPE, Optional.empty())
                            .standing(KEK_TAPE)
                            .word())
                    .isEqualTo(DOES_NOT_COUNT);
        }

        @Test
        void whatTheSiteSaysAloneNeverCounts() {
            assertThat(after(ProofKind.SITE_SAYS, false).word()).isEqualTo(DOES_NOT_COUNT);
            scene.proved(DESY_DISK).proof(DESY_DISK, new Proof(days(-10), ProofKind.SITE_SAYS, false));
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(DOES_NOT_COUNT);
        }

        @Test
        void whatTheSiteSaysDoesNotRenewAProofOfTheMedium() {
            assertThat(after(ProofKind.SITE_SAYS, true).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void aReadFromTheBufferDoesNotRenewAProofOfTheMedium() {
            assertThat(after(ProofKind.BUFFER, true).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void aCartridgeSampleCarriesAProofOfTheMediumOnWhereThePlanNamesTheSiteAndTheAnswerSaysSo() {
            scene.limits(sampleTakenAt(Set.of(KEK)));
            CopyStanding standing = after(ProofKind.CARTRIDGE_SAMPLE, true);
            assertThat(standing.word()).isEqualTo(COUNTS);
            assertThat(standing.reasons()).extracting(Reason::code).containsExactly(Code.PROOF_NOT_FROM_MEDIUM);
        }

        @Test
        void aCartridgeSampleRenewsNothingWhereThePlanDoesNotNameTheSite() {
            assertThat(after(ProofKind.CARTRIDGE_SAMPLE, true).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void aCartridgeSampleAloneProvesNothingOfThisFile() {
            scene.limits(sampleTakenAt(Set.of(KEK)));
            assertThat(after(ProofKind.CARTRIDGE_SAMPLE, false).word()).isEqualTo(DOES_NOT_COUNT);
        }

        @Test
        void aCopyInTheBufferAloneCountsNotAtAllOnceItShouldBeArchived() {
            scene.limits(limits(java.time.Duration.ofDays(2), Set.of(), Set.of()));
            scene.arrived(KEK_TAPE, 1).locator(KEK_TAPE, Optional.empty());
            assertThat(scene.standing(KEK_TAPE).word()).isEqualTo(MAY_COUNT);
            assertThat(scene.standing(KEK_TAPE).validUntil()).isEqualTo(days(1));
            assertThat(scene.standing(KEK_TAPE, days(1)).word()).isEqualTo(DOES_NOT_COUNT);
            scene.locator(KEK_TAPE, Optional.of(new Locator("VR2:1")));
            assertThat(scene.standing(KEK_TAPE, days(1)).word()).isEqualTo(MAY_COUNT);
            assertThat(scene.standing(KEK_TAPE, days(6)).word()).isEqualTo(DOES_NOT_COUNT);
        }

        @Test
        void whatTheSiteSaysOfANewCopyIsToldAndMakesItNoBetter() {
            scene.arrived(KEK_TAPE, 1);
            scene.copy(scene.row(KEK_TAPE).said(new Proof(days(0), ProofKind.SITE_SAYS, false), new Locator("VR2:1")));
            CopyStanding standing = scene.standing(KEK_TAPE);
            assertThat(standing.word()).isEqualTo(MAY_COUNT);
            assertThat(standing.reasons().getFirst().text()).contains("not read back since; on tape, as the site said");
            assertThat(scene.standing(KEK_TAPE, days(6)).word()).isEqualTo(DOES_NOT_COUNT);
        }

        @Test
        void aCopyWithoutADurableLocatorMayCountForSevenDaysAndThenNotAtAll() {
            scene.arrived(KEK_TAPE, 3)
                    .copy(scene.row(KEK_TAPE).proved(new Proof(days(-1), ProofKind.MEDIUM, true), Optional.empty()))
                    .locator(KEK_TAPE, Optional.empty());
            assertThat(scene.standing(KEK_TAPE).word()).isEqualTo(MAY_COUNT);
            assertThat(scene.standing(KEK_TAPE, days(4)).word()).isEqualTo(DOES_NOT_COUNT);
            assertThat(scene.locator(KEK_TAPE, Optional.of(new Locator("VR2:1")))
                            .standing(KEK_TAPE)
                            .word())
                    .isEqualTo(COUNTS);
        }
    }

    @Nested
    class Silence {
        @Test
        void ofUpToTwentyFourHoursChangesNothingAndIsSaid() {
            CopyStanding standing =
                    scene.proved(DESY_DISK).silent(DESY_DISK, 0.9).standing(DESY_DISK);
            assertThat(standing.word()).isEqualTo(COUNTS);
            assertThat(standing.silentSince()).contains(days(-0.9));
            assertThat(standing.reasons()).extracting(Reason::text).anyMatch(t -> t.contains("not answering since"));
        }

        @Test
        void inADeclaredDowntimeChangesNothingForFourteenDays() {
            scene.proved(DESY_DISK).silent(DESY_DISK, 13).downtime(DESY_DISK, -13, 30);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(COUNTS);
            assertThat(scene.standing(DESY_DISK).validUntil()).isEqualTo(days(1));
            assertThat(scene.standing(DESY_DISK, days(1)).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void thatOutlivesItsDowntimeLeavesADoubtAtOnce() {
            scene.proved(DESY_DISK).silent(DESY_DISK, 5).downtime(DESY_DISK, -5, 0);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void isNotExcusedForLongerByOverlappingDowntimes() {
            scene.proved(DESY_DISK)
                    .silent(DESY_DISK, 15)
                    .downtime(DESY_DISK, -15, -4)
                    .downtime(DESY_DISK, -5, 9);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void isNotExcusedForLongerByDowntimesInAChain() {
            scene.proved(DESY_DISK)
                    .silent(DESY_DISK, 15)
                    .downtime(DESY_DISK, -15, -5)
                    .downtime(DESY_DISK, -4.5, 9);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void isNotExcusedAnewWhenTheSiteAnsweredForAMomentWithinTheChain() {
            scene.proved(DESY_DISK)
                    .silent(DESY_DISK, 3)
                    .downtime(DESY_DISK, -15, -5)
                    .downtime(DESY_DISK, -4.5, 9);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(MAY_COUNT);
        }

        @Test
        void isExcusedAnewInADowntimeThatContinuesNoOther() {
            scene.proved(DESY_DISK)
                    .silent(DESY_DISK, 3)
                    .downtime(DESY_DISK, -15, -5)
                    .downtime(DESY_DISK, -3, 9);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(COUNTS);
        }

        @Test
        void thatIsOlderThanItsDowntimeIsExcusedForFourteenDaysInAll() {
            scene.proved(DESY_DISK).silent(DESY_DISK, 13).downtime(DESY_DISK, -1, 9);
            assertThat(scene.standing(DESY_DISK).word()).isEqualTo(COUNTS);
            assertThat(scene.standing(DESY_DISK, days(1)).word()).isEqualTo(MAY_COUNT);
        }
    }

    @Nested
    class HoldsUntil {
        private void changesAt(StorageName at, Instant moment) {
            CopyStanding standing = scene.standing(at);
            assertThat(standing.validUntil()).isEqualTo(moment);
            assertThat(scene.standing(at, moment.minusMillis(1)).word()).isEqualTo(standing.word());
            assertThat(scene.standing(at, moment).word()).isNotEqualTo(standing.word());
        }

        @Test
        void itsProofIsLate() {
            scene.proved(DESY_DISK, 10);
            changesAt(DESY_DISK, days(80));
        }

        @Test
        void itsReadBackIsOverdue() {
            scene.arrived(DESY_DISK, 2);
            changesAt(DESY_DISK, days(5));
        }

        @Test
        void itsSilenceIsTooLong() {
            scene.proved(DESY_DISK).silent(DESY_DISK, 0.5);
            changesAt(DESY_DISK, days(0.5));
        }

        @Test
        void aProofFromTheFutureComesDue() {
            scene.proved(DESY_DISK).proof(DESY_DISK, new Proof(days(1), ProofKind.WHOLE_READ, true));
            changesAt(DESY_DISK, days(1).minusSeconds(300));
        }

        @Test
        void nothingWhenTimeCannotChangeIt() {
            scene.fallen(DESY_DISK, CopyState.MISSING);
            assertThat(scene.standing(DESY_DISK).validUntil()).isEqualTo(Instant.MAX);
        }
    }
}
