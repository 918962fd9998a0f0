package holdfast.server.api.holdfast;

import holdfast.formats.VerdictJson;
import holdfast.formats.VerdictReport;
import holdfast.formats.VerdictReport.ReasonReport;
import holdfast.judgement.ClauseVerdict;
import holdfast.server.sql.Verdicts;
import holdfast.server.work.Assessor;
import holdfast.server.work.Assessor.Assessment;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verdicts: of all clauses, of one, and the files that fall short page by page. */
@RestController
@RequestMapping("/api/verdicts")
class VerdictController {
    private static final int MOST = 10_000;

    private final Assessor assessor;

    VerdictController(Assessor assessor) {
        this.assessor = assessor;
    }

    /** One page of failing files; {@code next} asks for the page behind it. */
    record FailingPage(List<FailingFile> failing, @Nullable String next) {}

    record FailingFile(String did, String verdict, Instant since, List<ReasonReport> reasons) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    String all(@RequestParam(defaultValue = "50") int named, Visible sees) {
        between("named", named, 0);
        Assessment now = assessor.assess(named);
        return VerdictJson.write(VerdictReport.of(now.inForce().plan(), now.at(), seen(now.verdicts(), sees)));
    }

    @GetMapping(path = "/{clause}", produces = MediaType.APPLICATION_JSON_VALUE)
    String one(@PathVariable String clause, @RequestParam(defaultValue = "50") int named, Visible sees) {
        between("named", named, 0);
        ClauseId id = new ClauseId(clause);
        Assessment now = assessor.assess(named);
        List<ClauseVerdict> verdict =
                now.verdicts().stream().filter(v -> v.clause().id().equals(id)).toList();
        if (verdict.isEmpty()) {
            throw new Problem.Told(Problem.NOT_FOUND, "the plan in force has no clause " + id);
        }
        return VerdictJson.write(VerdictReport.of(now.inForce().plan(), now.at(), seen(verdict, sees)));
    }

    private static List<ClauseVerdict> seen(List<ClauseVerdict> verdicts, Visible sees) {
        return verdicts.stream().map(verdict -> verdict.seenBy(sees)).toList();
    }

    @GetMapping("/{clause}/failing")
    FailingPage failing(
            @PathVariable String clause,
            @RequestParam Optional<String> after,
            @RequestParam(defaultValue = "1000") int limit,
            Visible sees) {
        between("limit", limit, 1);
        List<Verdicts.Short> page = assessor.failing(new ClauseId(clause), after.map(DataId::parse), limit, sees);
        String next = page.size() < limit ? null : page.getLast().failing().subject();
        return new FailingPage(
                page.stream()
                        .map(s -> new FailingFile(
                                s.failing().subject(),
                                s.failing().verdict().name(),
                                s.since(),
                                FileReport.reasons(s.failing().reasons())))
                        .toList(),
                next);
    }

    private static void between(String argument, int asked, int least) {
        if (asked < least || asked > MOST) {
            throw new Problem.Told(
                    Problem.BAD_REQUEST,
                    "%s is %d; give a number from %d to %d".formatted(argument, asked, least, MOST));
        }
    }
}
