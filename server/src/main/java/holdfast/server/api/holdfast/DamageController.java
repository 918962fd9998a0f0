package holdfast.server.api.holdfast;

import holdfast.server.keeping.DamageFound;
import holdfast.server.keeping.DamageFound.Bad;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Each bad read that the journal holds, page by page. */
@RestController
@RequestMapping("/api/damage")
class DamageController {
    private final DamageFound found;

    DamageController(DamageFound found) {
        this.found = found;
    }

    /** One page; {@code next} is the {@code from} of the one behind it, null when there is none yet. */
    record Page(List<Damage> damage, @Nullable Long next) {}

    record Damage(
            long entry,
            Instant at,
            String did,
            String storage,
            String outcome,
            String state,
            @Nullable String finding) {}

    @GetMapping
    Page damage(@RequestParam(defaultValue = "0") long from) {
        DamageFound.Page page = found.from(from);
        return new Page(
                page.bad().stream().map(DamageController::said).toList(),
                page.next().isPresent() ? page.next().getAsLong() : null);
    }

    private static Damage said(Bad bad) {
        return new Damage(
                bad.entry(),
                bad.at(),
                bad.copy().id().toString(),
                bad.copy().storage().name(),
                bad.outcome().name(),
                bad.copy().state().name(),
                bad.copy().finding().orElse(null));
    }
}
