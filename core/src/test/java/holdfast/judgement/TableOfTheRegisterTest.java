package holdfast.judgement;

import static holdfast.judgement.Scene.*;
import static holdfast.judgement.Verdict.BREACHED;
import static holdfast.judgement.Verdict.MET;
import static holdfast.judgement.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Obligation;
import holdfast.vocabulary.LevelId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cells of the design's table of verdicts for "is registered in full", its level and its lifetime. */
class TableOfTheRegisterTest extends VerdictTable {
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
}
