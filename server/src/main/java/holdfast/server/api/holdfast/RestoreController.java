package holdfast.server.api.holdfast;

import holdfast.evidence.EvidenceFact.RestoreDrilled;
import holdfast.server.rebuild.RestoreDrill;
import holdfast.server.sql.Drilled;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Restore drills: trying one, and what the last ones found. */
@RestController
@RequestMapping("/api/restore/drills")
class RestoreController {
    private final RestoreDrill drill;
    private final Drilled drilled;

    RestoreController(RestoreDrill drill, Drilled drilled) {
        this.drill = drill;
        this.drilled = drilled;
    }

    /** @param from folders on the server's machine instead of the archive elements */
    record Asked(@Nullable List<String> from) {}

    /** One drill. @param state SHA-256 over the state that came back; null when none did */
    record Drill(
            Instant began,
            long entries,
            @Nullable String state,
            double seconds,
            boolean agreed,
            List<String> problems) {
        static Drill of(RestoreDrilled fact) {
            return new Drill(
                    fact.began(),
                    fact.entries(),
                    fact.state().map(Digest::hex).orElse(null),
                    fact.millis() / 1000.0,
                    fact.agreed(),
                    fact.problems());
        }
    }

    /** The newest drill, and the newest in which everything came back. */
    record Last(@Nullable Drill last, @Nullable Drill lastGood) {}

    @PostMapping
    Drill drill(@RequestBody Asked asked) throws IOException {
        List<String> from = asked.from == null ? List.of() : asked.from;
        try {
            return Drill.of(drill.drill(from.stream().map(Path::of).toList()));
        } catch (RestoreDrill.GoingOn busy) {
            throw new Problem.Told(Problem.REFUSED, String.valueOf(busy.getMessage()));
        }
    }

    @GetMapping
    Last last() {
        return new Last(
                drilled.last().map(Drill::of).orElse(null),
                drilled.lastGood().map(Drill::of).orElse(null));
    }
}
