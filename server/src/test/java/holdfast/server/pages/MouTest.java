package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.judgement.AgreementReport;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.plan.Agreement;
import holdfast.plan.Agreement.Period;
import holdfast.plan.Sites;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.SiteName;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is reported of sharing agreements: shares and coverage apart, unconfirmed said so, copies outside apart. */
class MouTest {
    private static final LocalDate OLD = LocalDate.of(2018, 1, 1);
    private static final LocalDate NEW = LocalDate.of(2026, 1, 1);
    private static final LocalDate NO_PERIOD = LocalDate.of(1, 1, 1);
    private static final Map<String, Long> HELD =
            Map.of("BNL", 3000L, "CNAF", 2000L, "IN2P3-CC", 1500L, "UVic", 1300L, "DESY", 1000L, "KIT", 1200L);

    @Test
    void eachSiteStandsAgainstItsShareWithItsBand() {
        MouReport.InPeriod now =
                report("now").agreements().getFirst().inPeriods().getFirst();
        assertThat(now.heldBytes()).isEqualTo(10_000);
        assertThat(site(now, "BNL")).isEqualTo(new MouReport.SiteShare("BNL", 30, 27, 33, 30, 3000, 3000, "within"));
        MouReport.SiteShare low = site(now, "UVic");
        assertThat(low.standing()).isEqualTo("low");
        assertThat(low.agreedBytes()).isEqualTo(1500);
        assertThat(site(now, "KIT").standing()).isEqualTo("high");
        assertThat(now.state()).isEqualTo("OFF");
    }

    @Test
    void copiesOutsideTheAgreementAreInNoPercentageAndSayWhatBindsThem() {
        MouReport.InPeriod now =
                report("now").agreements().getFirst().inPeriods().getFirst();
        assertThat(now.outside()).containsExactly(new MouReport.NoShare("KEK", 10_000, List.of("P-25")));
        assertThat(now.sites()).extracting(MouReport.SiteShare::site).doesNotContain("KEK");
        assertThat(report("now").agreements().getFirst().noPeriod())
                .containsExactly(new MouReport.NoShare("BNL", 77, List.of()));
    }

    @Test
    void coverageStandsApartAndOfAllPeriods() {
        assertThat(report("now").agreements().getFirst().coverage())
                .isEqualTo(new MouReport.Coverage(3_184_499, 3_184_502, 3));
    }

    @Test
    void aDayTakesThePeriodThatCoversItAndAllTakesAll() {
        assertThat(report("2020-05-01").all().map(MouReport.InPeriod::from)).containsExactly(OLD);
        assertThat(report("all").all().map(MouReport.InPeriod::from)).containsExactly(OLD, NEW);
        assertThat(report("2020-05-01").all()).singleElement().satisfies(p -> {
            assertThat(p.state()).isEqualTo("NOT_MEASURED");
            assertThat(p.sites()).extracting(MouReport.SiteShare::standing).containsExactly("not measured");
        });
    }

    @Test
    void aPeriodThatIsNoneNamesThoseThereAre() {
        assertThatThrownBy(() -> report("1999-01-01"))
                .isInstanceOf(MouData.NoSuchPeriod.class)
                .hasMessageContaining("from 2018-01-01 until 2026-01-01")
                .hasMessageContaining("from 2026-01-01");
        assertThatThrownBy(() -> report("last")).hasMessageContaining("a day such as");
    }

    @Test
    void aFieldThatASpreadsheetWouldRunIsDisarmed() {
        String csv = MouCsv.of(report("all"));
        assertThat(csv.lines()).hasSize(1 + 1 + 6 + 1 + 1);
        assertThat(csv).contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"").doesNotContain(",=HYPER", ",\"=HYPER");
        assertThat(csv.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("P-26,mou-raw,"));
    }

    @Test
    void thePageKeepsTheGuideAndSaysThatSharesAreNotConfirmed() throws IOException {
        String html = MouPage.render(data(), report("all"), Optional.of("administrator"));
        Rendered page = Rendered.of(html);
        page.keepsTheGuide();
        assertThat(page.text())
                .contains("Shares NOT CONFIRMED")
                .contains("Outside the agreement")
                .contains("bound to a complete copy by P-25")
                .contains("Coverage: 99.9999 %")
                .contains("Files that no period covers");
        PagesTest.write("mou.html", html);
    }

    private static MouReport.SiteShare site(MouReport.InPeriod period, String name) {
        return period.sites().stream()
                .filter(s -> s.site().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MouReport report(String period) {
        return MouReport.of(data(), period);
    }

    static MouData data() {
        PageData full = Sample.full();
        Sites sites = sites(full.sites());
        PageData page = new PageData(
                full.plan(),
                sites,
                full.verdicts(),
                full.since(),
                full.atRisk(),
                full.matrix(),
                full.head(),
                full.takenAt());
        Surroundings surroundings = new Surroundings(full.plan(), sites, Map.of());
        return new MouData(page, AgreementReport.of(Sample.union(), surroundings, whole(), full.takenAt()));
    }

    private static Sites sites(Sites sample) {
        Period open = sample.agreements().get("mou-raw").periods().getFirst();
        Period old = new Period(
                OLD,
                Optional.of(NEW),
                Map.of(new SiteName("BNL"), 90.0),
                Optional.of("=HYPERLINK(\"http://x\",\"y\")"),
                false,
                new Actor("somebody"),
                NEW);
        return new Sites(
                sample.elements(),
                Map.of("mou-raw", new Agreement("mou-raw", List.of(old, open))),
                sample.landing(),
                sample.timeZone(),
                sample.digest());
    }

    private static Whole whole() {
        Map<SiteName, ByteSize> held = HELD.entrySet().stream()
                .collect(Collectors.toMap(e -> new SiteName(e.getKey()), e -> new ByteSize(e.getValue())));
        held.put(new SiteName("KEK"), new ByteSize(10_000));
        Map<SiteName, ByteSize> undated = Map.of(new SiteName("BNL"), new ByteSize(77));
        return new Whole(
                Optional.empty(),
                new Whole.JournalState(Optional.empty(), false, Optional.empty()),
                List.of(),
                Optional.empty(),
                Map.of(Sample.RAW, Map.of(NEW, held, NO_PERIOD, undated)));
    }
}
