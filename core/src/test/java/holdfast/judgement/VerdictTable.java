package holdfast.judgement;

import static holdfast.judgement.Scene.PLACEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.Reason.Code;
import holdfast.plan.Obligation;
import java.util.List;

/** What the tests of the table of verdicts have in common: one file, and what is expected of it. */
abstract class VerdictTable {
    final Scene scene = new Scene();

    void expect(Verdict verdict, Obligation... obligations) {
        for (Obligation obligation : obligations) {
            Answer answer = scene.judge(obligation);
            assertThat(answer.verdict())
                    .as("%s: %s", obligation, answer.reasons())
                    .isEqualTo(verdict);
            assertThat(answer.arriving()).as("%s arriving", obligation).isFalse();
        }
    }

    void expectArriving(Obligation... obligations) {
        for (Obligation obligation : obligations) {
            assertThat(scene.judge(obligation).arriving())
                    .as("%s arriving", obligation)
                    .isTrue();
        }
    }

    List<Code> codes(Obligation obligation) {
        return scene.judge(obligation).reasons().stream().map(Reason::code).toList();
    }

    static Obligation[] placement() {
        return PLACEMENT.toArray(Obligation[]::new);
    }
}
