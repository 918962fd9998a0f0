package holdfast.server.api.holdfast;

import holdfast.custody.InForce;
import holdfast.plan.Plan;
import holdfast.server.config.Adoption;
import holdfast.server.config.Adoption.Texts;
import holdfast.server.config.Rehearsal;
import holdfast.vocabulary.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The plan in force, and the act of adopting another. */
@RestController
@RequestMapping("/api/plan")
class PlanController {
    private final Adoption adoption;
    private final Rehearsal rehearsal;

    PlanController(Adoption adoption, Rehearsal rehearsal) {
        this.adoption = adoption;
        this.rehearsal = rehearsal;
    }

    record Named(String id, String title, String version, String digest, int clauses) {}

    /** A plan to adopt; texts left out stay as they are in force. */
    record Asked(
            String plan,
            @Nullable String sites,
            @Nullable String policy,
            @Nullable String digest) {}

    @GetMapping
    Named plan() {
        return named(adoption.get());
    }

    @GetMapping("/texts")
    Texts texts() {
        return adoption.texts();
    }

    @PostMapping("/check")
    Rehearsal.Changes check(@RequestBody Asked asked) {
        return rehearsal.changes(Adoption.read(texts(asked)));
    }

    @PostMapping("/adopt")
    Named adopt(@RequestBody Asked asked, Actor by) {
        Texts texts = texts(asked);
        Plan next = Adoption.read(texts).plan();
        if (!next.digest().hex().equals(asked.digest)) {
            throw new Problem.Told(
                    Problem.REFUSED,
                    "the digest given is not that of this plan, which is %s; look at it with `holdfast plan diff` first"
                            .formatted(next.digest().hex()));
        }
        List<String> loosened = adoption.loosenedBy(texts);
        boolean byMembers = adoption.get().plan().members().isOutside();
        if (!loosened.isEmpty() || byMembers && !texts.equals(adoption.texts())) {
            String why = loosened.isEmpty()
                    ? "two members sign every change of the plan in force"
                    : "this asks for less than what is in force, so two must sign it";
            throw new Problem.Told(
                    Problem.REFUSED,
                    why + ": repeat with --as NAME --reason WHY, then `holdfast act sign`\n"
                            + String.join("\n", loosened));
        }
        return named(adoption.adopt(texts, by));
    }

    private Texts texts(Asked asked) {
        Texts now = adoption.texts();
        return new Texts(
                asked.plan,
                asked.sites == null ? now.sites() : asked.sites,
                asked.policy == null ? now.policy() : asked.policy);
    }

    private static Named named(InForce inForce) {
        Plan plan = inForce.plan();
        return new Named(
                plan.id(),
                plan.title(),
                plan.version(),
                plan.digest().hex(),
                plan.clauses().size());
    }
}
