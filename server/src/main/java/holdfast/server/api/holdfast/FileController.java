package holdfast.server.api.holdfast;

import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.retention.RetentionFact.ReleaseRefused;
import holdfast.server.sql.SqlJournal;
import holdfast.server.work.Acts;
import holdfast.server.work.Explainer;
import holdfast.server.work.Explainer.Explained;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.util.List;
import java.util.Optional;
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
    private final Explainer explainer;
    private final Acts acts;
    private final SqlJournal journal;

    FileController(Explainer explainer, Acts acts, SqlJournal journal) {
        this.acts = acts;
        this.explainer = explainer;
        this.journal = journal;
    }

    record Release(String did, String storage) {}

    @GetMapping("/files")
    FileReport explain(@RequestParam String did, Visible sees) {
        return FileReport.of(known(DataId.parse(did), sees));
    }

    /** Says what forbids the release of one copy; what is asked in earnest and forbidden is recorded. */
    @PostMapping("/releases")
    void release(@RequestBody Release asked, @RequestParam(defaultValue = "true") boolean dryRun, Actor by) {
        DataId file = DataId.parse(asked.did);
        StorageName from = new StorageName(asked.storage);
        List<Obstacle> obstacles = acts.obstacles(file, from);
        if (obstacles.isEmpty()) {
            return;
        }
        if (!dryRun) {
            journal.append(new ReleaseRefused(file, from, obstacles), by);
        }
        throw new Problem.Told(
                Problem.REFUSED, obstacles.stream().map(Obstacle::why).collect(Collectors.joining("\n")));
    }

    private Explained known(DataId id, Visible sees) {
        return Optional.of(id)
                .filter(sees::allows)
                .flatMap(known -> explainer.explain(known, sees))
                .orElseThrow(() ->
                        new Problem.Told(Problem.NOT_FOUND, "neither the catalogue nor the register knows " + id));
    }
}
