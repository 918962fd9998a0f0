package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static holdfast.judgement.Verdict.BREACHED;
import static holdfast.judgement.Verdict.MET;
import static holdfast.judgement.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow.Proof;
import holdfast.catalog.CopyState;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Limits;
import holdfast.storage.Locator;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageElement.Use;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cells of the design's table of verdicts for "is checked". */
class TableOfTheCalendarTest extends VerdictTable {
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

        @Test
        void whatASiteSaysIsNoInspection() {
            scene.proved(DESY_DISK).arrived(KEK_TAPE, 1);
            scene.copy(scene.row(KEK_TAPE).said(new Proof(days(0), ProofKind.SITE_SAYS, false), new Locator("VR1:7")));
            expect(UNDETERMINED, P_1);
            assertThat(codes(P_1)).containsExactly(Code.NOT_INSPECTED);
        }

        @Test
        void aSampleOfItsCartridgeIsAnInspectionWhereThePlanTakesItForOne() {
            scene.proved(DESY_DISK)
                    .proved(KEK_TAPE)
                    .proof(KEK_TAPE, new Proof(days(-1), ProofKind.CARTRIDGE_SAMPLE, true));
            expect(UNDETERMINED, P_1);
            scene.limits(Limits.of(Map.of(), Set.of(), Set.of(KEK)));
            expect(MET, P_1);
        }
    }
}
