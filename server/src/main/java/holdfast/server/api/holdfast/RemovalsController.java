package holdfast.server.api.holdfast;

import holdfast.retention.RetentionFact.RemovalHanded;
import holdfast.retention.SignedAct;
import holdfast.server.work.SiteRemovals;
import holdfast.server.work.SiteRemovals.Waiting;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a site's own process asks: which removals wait for it, leave for one, and to look whether it has gone. */
@RestController
@RequestMapping("/api/sites/{site}/removals")
class RemovalsController {
    private static final int MOST = 1_000;

    private final SiteRemovals removals;

    RemovalsController(SiteRemovals removals) {
        this.removals = removals;
    }

    record WaitingSaid(String act, String file, String element, Instant mayGoFrom) {}

    record Asked(UUID act, String file) {}

    /** A signed act with its signatures, as one line of state of the journal. */
    record ActLine(String line) {}

    record HandedSaid(
            String act,
            String file,
            String element,
            String path,
            long size,
            @Nullable String sha256,
            Instant until) {}

    /** Whether the house saw that it has gone. */
    record Looked(boolean gone) {}

    /** The page after a removal, which is named by its act and file. */
    @GetMapping
    List<WaitingSaid> waiting(
            @PathVariable String site,
            @RequestParam(required = false) @Nullable UUID act,
            @RequestParam(required = false) @Nullable String file,
            @RequestParam(defaultValue = "1000") int limit) {
        Optional<Waiting> after = act == null || file == null
                ? Optional.empty()
                : Optional.of(new Waiting(act, DataId.parse(file), new StorageName("ANY"), Instant.EPOCH));
        if (limit < 1 || limit > MOST) {
            throw new Problem.Told(Problem.BAD_REQUEST, "limit is %d; give one from 1 to %,d".formatted(limit, MOST));
        }
        return removals.of(new SiteName(site), after, limit).stream()
                .map(w -> new WaitingSaid(
                        w.act().toString(), w.file().toString(), w.from().name(), w.mayGoFrom()))
                .toList();
    }

    @GetMapping("/acts/{id}")
    ActLine act(@PathVariable String site, @PathVariable UUID id) {
        SignedAct act = removals.act(new SiteName(site), id);
        return new ActLine(act.line().text());
    }

    @PostMapping("/leave")
    HandedSaid leave(@PathVariable String site, @RequestBody Asked asked, Actor by) {
        RemovalHanded said = removals.leave(new SiteName(site), asked.act, DataId.parse(asked.file), by);
        return new HandedSaid(
                said.handed().act().toString(),
                said.handed().file().toString(),
                said.handed().from().name(),
                said.handed().path().path(),
                said.handed().size().bytes(),
                said.sha256().map(Digest::hex).orElse(null),
                said.handed().until());
    }

    @PostMapping("/outcome")
    Looked outcome(@PathVariable String site, @RequestBody Asked asked) {
        return new Looked(removals.look(new SiteName(site), asked.act, DataId.parse(asked.file)));
    }
}
