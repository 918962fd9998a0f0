package holdfast.server.api.holdfast;

import holdfast.judgement.Holding;
import holdfast.retention.Circumstances;
import holdfast.retention.ReleaseGuard;
import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.retention.ReleaseGuard.Word;
import holdfast.retention.RetentionFact.ReleaseRefused;
import holdfast.server.sql.SqlJournal;
import holdfast.server.work.Explainer;
import holdfast.server.work.Explainer.Explained;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One file: explained, and defended. */
@RestController
@RequestMapping("/api")
class FileController {
    private static final Actor ADMINISTRATOR = new Actor("administrator");

    private final Explainer explainer;
    private final SqlJournal journal;

    FileController(Explainer explainer, SqlJournal journal) {
        this.explainer = explainer;
        this.journal = journal;
    }

    record Release(String did, String storage) {}

    @GetMapping("/files")
    FileReport explain(@RequestParam String did) {
        return FileReport.of(known(DataId.parse(did)));
    }

    /** Nothing can be released yet: what the plan needs is refused by clause, all else lacks its two signatures. */
    @PostMapping("/releases")
    void release(@RequestBody Release asked, @RequestParam(defaultValue = "false") boolean dryRun) {
        Explained file = known(DataId.parse(asked.did));
        Holding holding = file.holding();
        StorageName from = new StorageName(asked.storage);
        List<Obstacle> obstacles = switch (ReleaseGuard.mayGo(holding, from, Circumstances.of(file.surroundings()), file.at())) {
            case Word.Refused refused -> refused.obstacles();
            case Word.NoObstacle _ ->
                List.of(new Obstacle(
                        java.util.Optional.empty(),
                        "the plan would be met without this copy, but a release needs two signatures, and nobody"
                                + " can sign before identities exist"));
        };
        if (!dryRun) {
            journal.append(new ReleaseRefused(holding.id(), from, obstacles), ADMINISTRATOR);
        }
        throw new Problem.Told(
                Problem.REFUSED, obstacles.stream().map(Obstacle::why).collect(Collectors.joining("\n")));
    }

    private Explained known(DataId id) {
        return explainer
                .explain(id)
                .orElseThrow(() ->
                        new Problem.Told(Problem.NOT_FOUND, "neither the catalogue nor the register knows " + id));
    }
}
