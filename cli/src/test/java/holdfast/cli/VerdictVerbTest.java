package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.VerdictJson;
import holdfast.formats.VerdictReport;
import holdfast.formats.VerdictReport.ClauseReport;
import holdfast.formats.VerdictReport.CoverageReport;
import holdfast.formats.VerdictReport.DutyReport;
import holdfast.formats.VerdictReport.FailingReport;
import holdfast.formats.VerdictReport.PlanName;
import holdfast.formats.VerdictReport.ReasonReport;
import holdfast.formats.VerdictReport.ShareReport;
import holdfast.formats.VerdictReport.SharesReport;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictVerbTest {
    private static final Instant AT = Instant.parse("2026-11-22T06:00:00Z");

    @TempDir
    Path folder;

    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        prompt = new Prompt(server.url(), folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ClauseReport clause(String id, Verdict verdict, String basis) {
        boolean bad = verdict != Verdict.MET;
        ReasonReport reason = new ReasonReport("TOO_FEW", Optional.of("one-tape"), "the only copy is missing");
        return new ClauseReport(
                id,
                "2.1",
                "Every file has a second copy.",
                "the custodian",
                Optional.of(2),
                List.of("raw"),
                Standing.DUTY,
                Optional.of(verdict),
                1_301,
                4,
                Optional.of(AT.minusSeconds(3_600)),
                bad ? 3 : 0,
                0,
                bad ? 1 : 0,
                true,
                bad ? List.of(new FailingReport("raw:/a", Optional.of("raw:/a"), verdict, List.of(reason))) : List.of(),
                List.of(new DutyReport("covered-by", "be covered", basis, verdict, 1_301, 1, 3, 0, 0, List.of())),
                Optional.of(new CoverageReport(1_298, 1_301, Optional.of("99.76 %"))),
                Optional.of(new SharesReport("OFF", "", List.of(new ShareReport("One", 60, 40, false)))),
                Optional.of(AT.minusSeconds(86_400)),
                Optional.of(AT.plusSeconds(86_400)),
                Optional.of(AT.minusSeconds(60)),
                Optional.of("others keep theirs"),
                Optional.empty(),
                List.of());
    }

    private static String report(ClauseReport... clauses) {
        return VerdictJson.write(
                new VerdictReport(new PlanName("lab", "Plan of the lab", "3", "d1"), AT, List.of(clauses)));
    }

    @Test
    void aBreachIsShownWithBasisNamesAndFigures() {
        server.answer("GET /api/verdicts", report(clause("P-26", Verdict.BREACHED, "plan")));
        assertThat(prompt.run("verdict")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out())
                .contains("Plan of the lab, version 3", "2026-11-21 06:00", "2026-11-23 06:00", "1,301", "1 of 3")
                .contains("breaks the plan's words", "1,298 of 1,301 covered, 99.76 %", "OFF", "agreed  40.00 %")
                .contains("not answering since 2026-11-22 05:59", "others keep theirs (no part of the verdict)")
                .contains("raw:/a", "one-tape: the only copy is missing", "and 2 more: holdfast failing P-26")
                .contains("0 MET, 0 UNDETERMINED, 1 BREACHED");
    }

    @Test
    void whatOnlyMissesOurSettingSaysSo() {
        assertThat(VerdictText.basis(clause("P-2", Verdict.BREACHED, "our setting")))
                .contains("misses our setting");
        assertThat(VerdictText.basis(clause("P-2", Verdict.BREACHED, "reading A-1")))
                .contains("breaks the plan's words, by reading A-1");
        assertThat(VerdictText.basis(clause("P-2", Verdict.MET, "plan"))).isEmpty();
    }

    @Test
    void aScriptCanExpectEverythingMet() {
        server.answer(
                "GET /api/verdicts",
                report(clause("P-1", Verdict.MET, "plan"), clause("P-2", Verdict.UNDETERMINED, "plan")));
        assertThat(prompt.run("verdict", "--expect-met", "--json")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(VerdictJson.read(prompt.out()).clauses()).hasSize(2);
        server.answer("GET /api/verdicts/P-1", report(clause("P-1", Verdict.MET, "plan")));
        assertThat(prompt.run("verdict", "--expect-met", "--clause", "P-1", "--named", "3"))
                .isEqualTo(ExitCode.OK);
        assertThat(server.asked).contains("GET /api/verdicts/P-1?named=3");
        server.answer("GET /api/verdicts", report());
        assertThat(prompt.run("verdict", "--expect-met")).isEqualTo(ExitCode.FOUND_WRONG);
    }
}
