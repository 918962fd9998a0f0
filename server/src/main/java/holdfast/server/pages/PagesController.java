package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The routes of the pages. Each table has its CSV and each page its JSON at the same address; what does not exist gets
 * the one answer of {@link NotFoundPage}. The server protects the routes.
 */
@RestController
class PagesController {
    private static final byte[] STYLE = style();

    private final PageSource source;
    private final PageJson json;

    PagesController(PageSource source, PageJson json) {
        this.source = source;
        this.json = json;
    }

    @GetMapping({"/", "/plan"})
    ResponseEntity<byte[]> plan(@Nullable Principal viewer, Visible sees) {
        return Answers.html(PlanPage.render(source.plan().seenBy(sees), name(viewer)));
    }

    @GetMapping("/plan.csv")
    ResponseEntity<byte[]> planCsv(Visible sees) {
        return Answers.csv(PlanCsv.clauses(source.plan().seenBy(sees)), "plan.csv");
    }

    @GetMapping("/plan/at-risk.csv")
    ResponseEntity<byte[]> atRiskCsv(Visible sees) {
        return Answers.csv(PlanCsv.atRisk(source.plan().seenBy(sees)), "at-risk.csv");
    }

    @GetMapping("/plan/sites.csv")
    ResponseEntity<byte[]> sitesCsv() {
        return Answers.csv(PlanCsv.sites(source.plan()), "sites.csv");
    }

    @GetMapping("/plan.json")
    ResponseEntity<byte[]> planJson(Visible sees) {
        return Answers.json(json.plan(source.plan().seenBy(sees)));
    }

    @GetMapping("/plan/{clause}")
    ResponseEntity<byte[]> clause(@PathVariable String clause, @Nullable Principal viewer, Visible sees) {
        return answer(clause, sees, data -> Answers.html(ClausePage.render(data, name(viewer))));
    }

    @GetMapping("/plan/{clause}.csv")
    ResponseEntity<byte[]> clauseCsv(@PathVariable String clause, Visible sees) {
        return answer(clause, sees, data -> {
            ClauseId id = data.verdict().clause().id();
            return Answers.csv(PlanCsv.failing(data.verdict(), seen(source.failing(id), sees)), id + ".csv");
        });
    }

    @GetMapping("/plan/{clause}.json")
    ResponseEntity<byte[]> clauseJson(@PathVariable String clause, Visible sees) {
        return answer(clause, sees, data -> Answers.json(json.clause(data.page(), data.verdict())));
    }

    @GetMapping("/style.css")
    ResponseEntity<byte[]> styleSheet() {
        return Answers.ok(new MediaType("text", "css", StandardCharsets.UTF_8), STYLE);
    }

    private ResponseEntity<byte[]> answer(
            String clause, Visible sees, Function<ClauseData, ResponseEntity<byte[]>> found) {
        return id(clause)
                .flatMap(source::clause)
                .map(data -> data.seenBy(sees))
                .map(found)
                .orElseGet(Answers::notFound);
    }

    private static List<ClauseVerdict.Failing> seen(List<ClauseVerdict.Failing> failing, Visible sees) {
        return failing.stream()
                .filter(one -> one.file().map(sees::allows).orElse(true))
                .toList();
    }

    private static Optional<ClauseId> id(String text) {
        try {
            return Optional.of(new ClauseId(text));
        } catch (BadWord notAClause) {
            return Optional.empty();
        }
    }

    private static Optional<String> name(@Nullable Principal viewer) {
        return Optional.ofNullable(viewer).map(Principal::getName);
    }

    private static byte[] style() {
        try (InputStream file = PagesController.class.getResourceAsStream("/static/style.css")) {
            if (file == null) {
                throw new IllegalStateException("the style sheet static/style.css is missing from this build");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the style sheet static/style.css cannot be read", e);
        }
    }
}
