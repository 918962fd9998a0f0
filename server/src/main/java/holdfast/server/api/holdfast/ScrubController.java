package holdfast.server.api.holdfast;

import holdfast.access.Reach;
import holdfast.server.config.Adoption;
import holdfast.server.work.FixityWorker;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks for a scrub now: every proof of an element, or of all, that is older than this moment is due. */
@RestController
@RequestMapping("/api/scrubs")
class ScrubController {
    private final FixityWorker fixity;
    private final Adoption adoption;

    ScrubController(FixityWorker fixity, Adoption adoption) {
        this.fixity = fixity;
        this.adoption = adoption;
    }

    record Asked(@Nullable String element) {}

    /** How many copies are due now. */
    record Due(long due) {}

    @PostMapping
    Due scrub(@RequestBody Asked asked, Reach reach) {
        List<StorageName> elements =
                Reaching.elements(adoption.get().sites(), Optional.ofNullable(asked.element), reach);
        return new Due(elements.stream().mapToLong(fixity::dueNow).sum());
    }
}
