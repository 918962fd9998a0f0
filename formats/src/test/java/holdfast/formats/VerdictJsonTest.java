package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Coverage;
import holdfast.judgement.ClauseVerdict.DutyVerdict;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.ClauseVerdict.Share;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Reason;
import holdfast.judgement.Tally;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause;
import holdfast.plan.Plan;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictJsonTest {
    private static final Instant AT = Instant.parse("2026-11-22T06:00:00Z");
    private static final Plan PLAN = Shipped.read("belle2").plan();

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        VerdictReport report = VerdictReport.of(PLAN, AT, List.of(covered(99_999, 100_000), statement()));
        assertThat(VerdictJson.read(VerdictJson.write(report))).isEqualTo(report);
    }

    @Test
    void coverageIsNeverRoundedUp() {
        assertThat(Percent.floor(999_999, 1_000_000)).contains("99.99 %");
        assertThat(Percent.floor(3, 3)).contains("100.00 %");
        assertThat(Percent.floor(0, 0)).isEmpty();
        assertThat(Percent.floor(Long.MAX_VALUE - 1, Long.MAX_VALUE)).contains("99.99 %");
    }

    @Test
    void timesAreIso8601InUtcAndCountsAreNumbers() {
        String text = VerdictJson.write(VerdictReport.of(PLAN, AT, List.of(covered(1, 2))));
        assertThat(text)
                .contains("\"at\" : \"2026-11-22T06:00:00Z\"", "\"covered\" : 1", "\"percent\" : \"50.00 %\"")
                .contains("\"basis\" : \"reading A-1\"", "\"verdict\" : \"BREACHED\"");
    }

    @Test
    void aVerdictThatTimeCannotChangeHasNoEnd() {
        assertThat(VerdictReport.of(statement()).validUntil()).isEmpty();
        assertThat(VerdictReport.of(statement()).verdict()).isEmpty();
    }

    @Test
    void keysOfLaterVersionsArePassedOverAndOtherTextIsRefused() {
        assertThat(VerdictJson.read("""
                {"plan":{"id":"a","title":"b","version":"c","digest":"d","later":1},"at":"2026-11-22T06:00:00Z","clauses":[]}""").clauses()).isEmpty();
        assertThatThrownBy(() -> VerdictJson.read("{\"at\": 3")).hasMessageContaining("line 1");
    }

    private static ClauseVerdict covered(long covered, long judged) {
        Clause clause = PLAN.clauses().get(new ClauseId("P-26"));
        Reason reason =
                new Reason(Reason.Code.NO_COPY, Optional.of(new StorageName("CNAF-RAW")), "no copy stands here");
        Tally tally =
                new Tally(judged, judged - covered, 0, 0, Optional.empty(), Optional.of(AT), AT, Optional.empty());
        Failing failing = new Failing(
                "raw:/belle/Raw/x", Optional.of(DataId.parse("raw:/belle/Raw/x")), Verdict.BREACHED, List.of(reason));
        Shares shares = new Shares(
                Shares.State.UNCONFIRMED, List.of(new Share(new SiteName("BNL"), 29.5, 30, true)), "nobody confirmed");
        return new ClauseVerdict(
                clause,
                Optional.of(Verdict.BREACHED),
                List.of(new DutyVerdict(clause.must().getFirst(), Verdict.BREACHED, tally, List.of(reason))),
                judged,
                0,
                Optional.empty(),
                judged - covered,
                0,
                List.of(failing),
                0,
                Optional.of(new Coverage(covered, judged)),
                Optional.of(shares),
                Optional.of(AT),
                AT.plusSeconds(60),
                Optional.of(AT),
                List.of(reason));
    }

    private static ClauseVerdict statement() {
        return new ClauseVerdict(
                PLAN.clauses().get(new ClauseId("P-28")),
                Optional.empty(),
                List.of(),
                0,
                0,
                Optional.empty(),
                0,
                0,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX,
                Optional.empty(),
                List.of());
    }
}
