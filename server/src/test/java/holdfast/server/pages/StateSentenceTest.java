package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Coverage;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Verdict;
import holdfast.server.pages.AtRisk.Danger;
import holdfast.server.pages.view.Sentence;
import holdfast.server.pages.view.Sentence.Mood;
import holdfast.vocabulary.ClauseId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateSentenceTest {

    @Test
    void anEmptySystemSaysSoAndIsNotGreen() {
        Sentence s = plan(
                List.of(Sample.unknown("P-25", 0, 0), Sample.unknown("P-23", 0, 0), Sample.met("P-7")),
                Sample.nothing());
        assertThat(s.mood()).isEqualTo(Mood.OPEN);
        assertThat(s.text()).isEqualTo("Nothing is registered yet. Of 3 clauses 1 is met and 2 cannot be determined.");
    }

    @Test
    void whereNothingIsKnownNoneIsSaidToBe() {
        Sentence s = plan(List.of(Sample.unknown("P-25", 0, 0), Sample.unknown("P-23", 0, 0)), Sample.nothing());
        assertThat(s.text()).isEqualTo("Nothing is registered yet. None of its 2 clauses can be determined.");
    }

    @Test
    void aRegisterWithoutFilesIsABreachOfAnEmptySystem() {
        Sentence s = plan(List.of(Sample.breached("P-6", 301, "none arrived"), Sample.met("P-7")), Sample.nothing());
        assertThat(s.mood()).isEqualTo(Mood.BAD);
        assertThat(s.text())
                .isEqualTo("The plan is not fully met, and nothing is registered yet."
                        + " Of 2 clauses 1 is met and 1 is breached.");
    }

    @Test
    void allMetIsTheOnlyGoodNews() {
        Sentence s = plan(List.of(Sample.met("P-23"), Sample.met("P-25")), Sample.files(0));
        assertThat(s.mood()).isEqualTo(Mood.GOOD);
        assertThat(s.text()).isEqualTo("The plan is met. All 2 clauses are met now. No file is known to be lost.");
    }

    @Test
    void statementsAreCountedInNoNumber() {
        Sentence s = plan(List.of(Sample.met("P-23"), Sample.met("P-25"), Sample.statement("P-4")), Sample.files(0));
        assertThat(s.text())
                .startsWith("The plan is met. All 2 clauses are met now."
                        + " 1 statement of the plan is no duty and is not counted.");
    }

    @Test
    void breachedAndUndeterminedAreToldApart() {
        Sentence s = plan(
                List.of(
                        Sample.met("P-25"),
                        Sample.breached("P-23", 3, "one copy"),
                        Sample.breached("P-26", 3, "no copy"),
                        Sample.unknown("P-24", 7, 3)),
                Sample.files(0));
        assertThat(s.mood()).isEqualTo(Mood.BAD);
        assertThat(s.text())
                .startsWith("The plan is not fully met."
                        + " Of 4 clauses 1 is met, 2 are breached and 1 cannot be determined.");
    }

    @Test
    void notKnownIsNeitherGoodNorBroken() {
        Sentence s = plan(List.of(Sample.met("P-25"), Sample.unknown("P-24", 7, 3)), Sample.files(0));
        assertThat(s.mood()).isEqualTo(Mood.OPEN);
        assertThat(s.text())
                .startsWith("No clause is known to be breached, but not all can be shown to be met."
                        + " Of 2 clauses 1 is met and 1 cannot be determined.");
    }

    @Test
    void arrivingFilesAreNamedWithTheirClause() {
        Sentence s = plan(
                List.of(Sample.arriving(Sample.met("P-25"), 12), Sample.arriving(Sample.met("P-23"), 12)),
                Sample.files(0));
        assertThat(s.text())
                .contains(" 12 files are still arriving for P-23, the oldest first mentioned 5 h ago, and in neither"
                        + " number.");
        assertThat(plan(List.of(Sample.arriving(Sample.met("P-25"), 1)), Sample.files(0))
                        .text())
                .contains(" 1 file is still arriving for P-25");
    }

    @Test
    void aLostFileIsSaidFirstAndKeepsThePlanRed() {
        Sentence s = plan(List.of(Sample.met("P-25")), Sample.files(2));
        assertThat(s.mood()).isEqualTo(Mood.BAD);
        assertThat(s.text()).contains(" 2 files are lost.").doesNotContain("No file is known");
    }

    @Test
    void whatStandsOnOneCopyIsCountedAndLinked() {
        Sentence s = StateSentence.of(Sample.page(
                List.of(Sample.met("P-25")), List.of(Sample.lateDrill(), Sample.oneCopy()), Sample.files(0)));
        assertThat(s.text()).endsWith(" 3 files stand on one proved copy.");
        assertThat(s.pieces()).anySatisfy(p -> assertThat(p.link()).isEqualTo(Optional.of("/plan/P-26")));
    }

    @Test
    void aLateDrillIsNamedWhenNothingWorseIs() {
        Sentence s = StateSentence.of(
                Sample.page(List.of(Sample.met("P-25")), List.of(Sample.lateDrill()), Sample.files(0)));
        assertThat(s.text()).endsWith(" First at risk: UVic-TAPE, 417,169 raw copies.");
    }

    @Test
    void dangerLeadsAge() {
        PageData page = Sample.page(
                List.of(), List.of(Sample.lateDrill(), Sample.oneCopy(), risk(Danger.NO_PROVED_COPY)), Sample.files(0));
        assertThat(Listing.worstFirst(page))
                .extracting(AtRisk::danger)
                .containsExactly(Danger.NO_PROVED_COPY, Danger.ONE_PROVED_COPY, Danger.NOT_SHOWN);
    }

    @Test
    void aPlanOfStatementsIsNotGreen() {
        Sentence s = plan(List.of(Sample.statement("P-4")), Sample.files(0));
        assertThat(s.mood()).isEqualTo(Mood.OPEN);
        assertThat(s.text()).startsWith("The plan has no clause that binds anyone. 1 statement of the plan is no duty");
    }

    @Test
    void aMetClauseShowsItsProof() {
        assertThat(clause(Sample.met("P-25")))
                .isEqualTo("Met. All 3,184,502 files of class raw have what the clause asks."
                        + " The oldest proof is of 2026-09-22 06:00 UTC (61 d ago).");
    }

    @Test
    void aBreachedClauseNamesCountAndShareApart() {
        ClauseVerdict v = Sample.union(
                Sample.breached("P-26", 3, "no copy"), new Coverage(3_184_499, 3_184_502), Shares.State.OFF, List.of());
        assertThat(clause(v))
                .isEqualTo("Breached since 2026-11-20 03:12 UTC. 3 of 3,184,502 files of class raw fall short."
                        + " Apart from that the agreed shares are off: UVic holds 13.1 % where 15 % is agreed."
                        + " An element that it rests on is not answering since 2026-11-21 19:00 UTC.");
    }

    @Test
    void notKnownSaysWhyItIsNot() {
        assertThat(clause(Sample.unknown("P-33", 0, 0))).isEqualTo("Not known. Nobody measures this yet.");
        assertThat(clause(Sample.unknown("P-25", 0, 0))).isEqualTo("Not known. There is nothing to judge yet.");
        assertThat(clause(Sample.unknown("P-25", 0, 0, "the register is 30 h old")))
                .isEqualTo("Not known. The register is 30 h old.");
        assertThat(clause(Sample.unknown("P-24", 300, 12)))
                .isEqualTo(
                        "Not known. Of 12 of 300 files of class raw it cannot be told; none is known to fall short.");
        assertThat(clause(Sample.arriving(Sample.unknown("P-25", 9, 0), 9)))
                .isEqualTo("Not known. Everything it speaks of is still arriving.");
    }

    @Test
    void aStatementIsNotCounted() {
        assertThat(clause(Sample.statement("P-4"))).startsWith("This is a statement of the plan and no duty.");
    }

    @Test
    void aClauseBreachedAsAWholeGivesItsReason() {
        ClauseVerdict v = Sample.verdict(
                Sample.clause("D-2"), Verdict.BREACHED, 0, 0, 0, "the audit of 2026-11-21 found two rows that differ");
        assertThat(clause(v)).isEqualTo("Breached. The audit of 2026-11-21 found two rows that differ.");
    }

    private static Sentence plan(List<ClauseVerdict> verdicts, Matrix matrix) {
        return StateSentence.of(Sample.page(verdicts, List.of(), matrix));
    }

    private static String clause(ClauseVerdict verdict) {
        return ClauseSentence.of(Sample.full(), verdict).text();
    }

    private static AtRisk risk(Danger danger) {
        return new AtRisk(
                danger,
                new AtRisk.Files(List.of(Sample.FILE), 1),
                "Why.",
                Optional.of(Sample.NOW),
                "Next",
                List.of(new ClauseId("P-23")));
    }
}
