package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.Waiver;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static final Optional<String> VIEWER = Optional.of("administrator");

    @Test
    void thePlanPageKeepsTheGuide() throws IOException {
        String html = PlanPage.render(Sample.full(), VIEWER);
        Rendered.of(html).keepsTheGuide();
        write("plan.html", html);
    }

    @Test
    void theClausePageKeepsTheGuide() throws IOException {
        String html = ClausePage.render(Sample.unionPage(), VIEWER);
        Rendered.of(html).keepsTheGuide();
        write("clause.html", html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P-1", "P-2", "P-3", "P-4", "P-6", "P-7", "P-9", "P-22", "P-23", "P-24", "P-25", "P-33", "D-2"})
    void everyClauseHasAPage(String id) {
        PageData page = Sample.full();
        ClauseVerdict v = page.verdict(new ClauseId(id)).orElseThrow();
        Rendered rendered = Rendered.of(ClausePage.render(new ClauseData(page, v, Map.of(), List.of()), VIEWER));
        rendered.keepsTheGuide();
        assertThat(rendered.text()).contains("What happens next").contains("holdfast verify FILE");
    }

    @Test
    void anEmptySystemIsNotGreen() throws IOException {
        PageData empty = Sample.page(
                Sample.clauses().stream()
                        .map(c -> Sample.verdict(c, Verdict.UNDETERMINED, 0, 0, 0, "nothing to judge"))
                        .toList(),
                List.of(),
                Sample.nothing());
        String html = PlanPage.render(empty, VIEWER);
        Rendered rendered = Rendered.of(html);
        rendered.keepsTheGuide();
        assertThat(html).contains("class=\"state open\"").doesNotContain("100 %</b>");
        assertThat(rendered.text()).contains("Nothing is registered yet.").contains("Nothing is known to be at risk.");
        write("empty.html", html);
    }

    @Test
    void allButThreeNeverReads100Percent() {
        String html = ClausePage.render(Sample.unionPage(), VIEWER);
        assertThat(html).contains("Coverage: 99.9999 %").contains("about 12,000 times too wide");
    }

    @Test
    void theSameNumbersGiveTheSameDrawing() {
        assertThat(PlanPage.render(Sample.full(), VIEWER))
                .contains("<svg class=\"bul\" viewBox=\"0 0 120 9\" preserveAspectRatio=\"none\" role=\"img\""
                        + " aria-label=\"UVic holds 13.1 percent; its share is 15, low\">"
                        + "<rect class=\"track\" y=\"2\" width=\"120\" height=\"5\" rx=\"1\"/>"
                        + "<rect class=\"tol\" x=\"46.3\" y=\"0\" width=\"10.3\" height=\"9\"/>"
                        + "<rect class=\"bar low\" y=\"2\" width=\"44.9\" height=\"5\" rx=\"1\"/>"
                        + "<rect class=\"tick\" x=\"50.4\" y=\"0\" width=\"2\" height=\"9\"/></svg>")
                .contains("stroke-dasharray=\"3.9 47.1\"")
                .contains("61 d <span class=\"soft\">of 730</span>");
    }

    @Test
    void theBasisSaysWhatABreachBreaks() {
        String html = ClausePage.render(Sample.unionPage(), VIEWER);
        assertThat(html)
                .contains("breaks the plan&#39;s words, by reading A-1".replace("&#39;", "'"))
                .contains("our setting")
                .contains("Must be covered, all together, by copies at the sites of mou-raw except KEK");
    }

    @Test
    void whatTheExperimentNamesComesFromItsFiles() {
        assertThat(Rendered.of(PlanPage.render(Sample.full(), VIEWER)).text())
                .contains("Belle II Data Management Plan")
                .contains("(15:00 at KEK)")
                .contains("Level 4Unpublished detector data, 2.4.1");
    }

    @Test
    void piecesOfASentenceStandWithoutStraySpaces() {
        assertThat(Rendered.of(PlanPage.render(Sample.full(), VIEWER)).text())
                .contains("2026-11-22 06:00 UTC (15:00 at KEK). Verdicts")
                .doesNotContain(" . ")
                .doesNotContain(" , ");
    }

    @Test
    void onlyPagesThatExistAreInTheMenu() {
        assertThat(Sample.full())
                .satisfies(
                        page -> assertThat(PlanPage.view(page, VIEWER).chrome().menu())
                                .extracting(link -> link.where())
                                .containsExactly("/plan", "/report/mou"));
    }

    @Test
    void namesAreListedUpToFiftyThenALink() {
        ClauseVerdict three = Sample.full().verdict(new ClauseId("P-26")).orElseThrow();
        List<ClauseVerdict.Failing> many = IntStream.range(0, 60)
                .mapToObj(i -> Sample.failing(DataId.parse("raw:/run/" + i), "missing"))
                .toList();
        ClauseVerdict v = Sample.union(
                Sample.breached("P-26", 1203, "1,203 files"),
                three.coverage().orElseThrow(),
                ClauseVerdict.Shares.State.IN,
                many);
        String html = ClausePage.render(new ClauseData(Sample.full(), v, Map.of(), List.of()), VIEWER);
        assertThat(html)
                .contains("The first 50 of 1,203.")
                .contains("All of them, CSV")
                .contains("run/<wbr>49");
        assertThat(html).doesNotContain("run/<wbr>50<");
    }

    @Test
    void aLapsedVerdictIsShownAsNotKnown() {
        ClauseVerdict met = Sample.met("P-25");
        PageData later = new PageData(
                Sample.plan(),
                Sample.sites(),
                List.of(met),
                Map.of(),
                List.of(),
                Sample.files(0),
                Sample.full().head(),
                met.validUntil());
        String text = Rendered.of(PlanPage.render(later, VIEWER)).text();
        assertThat(text)
                .contains("it held until 2026-12-01 06:00 UTC and is being taken again")
                .doesNotContain("The plan is met");
    }

    @Test
    void aWaiverStandsBesideTheVerdict() {
        Waiver waiver = new Waiver(
                new java.util.UUID(0, 1),
                new ClauseId("P-26"),
                Set.of(Sample.FILE),
                new Actor("owner-1"),
                new Actor("signer-1"),
                "library repair",
                Sample.NOW.minus(Duration.ofDays(1)),
                Sample.NOW.plus(Duration.ofDays(1)));
        ClauseData data = Sample.unionPage();
        String text = Rendered.of(ClausePage.render(
                        new ClauseData(data.page(), data.verdict(), data.next(), List.of(waiver)), VIEWER))
                .text();
        assertThat(text)
                .contains("Waived: 1 of 3 that fall short.")
                .contains("Library repair.")
                .contains("BREACHED");
    }

    @Test
    void hostileWordsStayWords() {
        AtRisk hostile = new AtRisk(
                AtRisk.Danger.NOT_SHOWN,
                new AtRisk.Thing("<script>alert(1)</script>"),
                "\"><img src=x onerror=alert(1)>",
                Optional.of(Instant.EPOCH),
                "'",
                List.of(new ClauseId("P-1")));
        PageData page = Sample.page(Sample.full().verdicts(), List.of(hostile), Sample.files(0));
        Rendered rendered = Rendered.of(PlanPage.render(page, Optional.of("<b>")));
        assertThat(rendered.all("script")).isEmpty();
        assertThat(rendered.all("img")).isEmpty();
        assertThat(rendered.all("b")).noneMatch(b -> b.getTextContent().isEmpty());
    }

    @Test
    void whatDoesNotExistSaysNothingOfTheSystem() {
        Rendered rendered = Rendered.of(NotFoundPage.html());
        rendered.keepsTheGuide();
        assertThat(rendered.text())
                .doesNotContain("Belle")
                .doesNotContain("Signed in")
                .doesNotContain("UTC");
    }

    /** Where a screenshot can find it. */
    static void write(String name, String html) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(folder.resolve(name), html.replace("/style.css", "style.css"));
        Files.copy(
                Path.of("src/main/resources/static/style.css"),
                folder.resolve("style.css"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
