package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.PlanFile;
import holdfast.formats.SitesFile;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Judge;
import holdfast.judgement.Subjects;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both plans that ship with Holdfast, judged on an empty system and shown. */
class ShippedPlansPagesTest {

    private static final Path PLANS = Path.of("..", "plans");

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void anEmptySystemUnderAShippedPlanIsShownAndNotGreen(String plan) throws IOException {
        PageData page = empty(plan);
        String html = PlanPage.render(page, Optional.of("administrator"));
        Rendered.of(html).keepsTheGuide();
        assertThat(html).contains("Nothing is registered yet").doesNotContain("state good");
        PagesTest.write(plan + ".html", html);
        for (ClauseVerdict v : page.verdicts()) {
            Rendered.of(ClausePage.render(new ClauseData(page, v, Map.of(), List.of()), Optional.empty()))
                    .keepsTheGuide();
        }
    }

    private static PageData empty(String name) throws IOException {
        Sites sites =
                SitesFile.read(text(name + "-sites"), name + "-sites.yaml").orThrow();
        Plan plan = PlanFile.read(text(name), name + ".yaml", sites).orThrow();
        Surroundings surroundings = new Surroundings(plan, sites, Map.of());
        Whole whole = new Whole(
                Optional.empty(),
                new Whole.JournalState(Optional.empty(), true, Optional.empty()),
                List.of(),
                Optional.of(plan.digest()),
                Map.of());
        List<ClauseVerdict> verdicts = plan.clauses().values().stream()
                .map(c -> Judge.judgeWhole(c, Subjects.NONE, surroundings, whole, Sample.NOW))
                .toList();
        List<Matrix.Row> rows = plan.classes().stream()
                .filter(c -> !c.scopes().isEmpty())
                .map(c -> new Matrix.Row(c.id(), 0, Map.of()))
                .toList();
        HeadInfo head = new HeadInfo(1, Sample.ROOT, Optional.empty(), Optional.empty());
        return new PageData(plan, sites, verdicts, Map.of(), List.of(), new Matrix(rows, 0, 0), head, Sample.NOW);
    }

    private static String text(String name) throws IOException {
        return Files.readString(PLANS.resolve(name + ".yaml"));
    }
}
