package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.ClauseId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void fieldsAreQuotedWhereRfc4180AsksIt() {
        assertThat(new Csv().row("a", "b,c", "say \"no\"", "two\nlines", "").text())
                .isEqualTo("a,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\",\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(\"http://x\")"})
    void noFieldRunsAsAFormula(String hostile) {
        assertThat(new Csv().row(hostile).text()).containsPattern("^\"?'");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(new Csv().row(-3, 4L).text()).isEqualTo("-3,4\r\n");
    }

    @Test
    void thePlanAsCsvHasALineForEachClause() {
        String csv = PlanCsv.clauses(Sample.full());
        assertThat(csv.lines()).hasSize(1 + Sample.clauses().size());
        assertThat(csv)
                .contains(
                        "\r\nP-26,2.4.1,4,\"Another complete replica is kept at one or more sites, as the computing MOU"
                                + " agrees.\",BREACHED,3184502,0,3,0,1,2026-09-22T06:00:00Z,2026-12-01T06:00:00Z,OFF,")
                .contains("\r\nP-4,footnote 1,,Physics data hold no personal data.,NOT_A_DUTY,");
    }

    @Test
    void filesAtRiskAndBySiteAreListed() {
        assertThat(PlanCsv.atRisk(Sample.full()))
                .contains("ONE_PROVED_COPY," + Sample.FILE + " " + Sample.OTHER + ",3,");
        assertThat(PlanCsv.sites(Sample.full()))
                .startsWith("class,files,KEK held,KEK counting,BNL held,BNL counting,CNAF held")
                .contains("raw,3184502,3184502,3184502,993564,993564,0,0,");
        assertThat(PlanCsv.failing(
                        Sample.unionPage().verdict(),
                        Sample.full()
                                .verdict(new ClauseId("P-26"))
                                .orElseThrow()
                                .named()))
                .contains("P-26," + Sample.FILE + ",BREACHED,The copy ordered to UVic has not arrived\r\n");
    }
}
