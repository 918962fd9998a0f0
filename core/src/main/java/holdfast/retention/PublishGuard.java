package holdfast.retention;

import holdfast.access.Audiences;
import holdfast.access.Audiences.Wish;
import holdfast.access.Decision;
import holdfast.access.Viewer;
import holdfast.catalog.FileRow;
import holdfast.ingest.NamingPolicy;
import holdfast.ingest.NamingPolicy.Named;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.plan.Plan;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a file may be made public now: asked when it is proposed, with the last signature, and when it is carried out. */
public final class PublishGuard {
    private PublishGuard() {}

    /**
     * What the plan in force and the house say of names and scopes.
     *
     * @param observed scopes that another server manages
     */
    public record Ground(Plan plan, NamingPolicy naming, Set<Scope> observed) {
        public Ground {
            observed = Set.copyOf(observed);
        }
    }

    /** What forbids it, for people; none when nothing does. */
    public static List<String> obstacles(Selected one, Holding from, Holding to, Ground ground) {
        List<String> obstacles = new ArrayList<>();
        bytes(one, from).ifPresent(obstacles::add);
        level(one.to(), ground).ifPresent(obstacles::add);
        if (to.file().isPresent()) {
            obstacles.add(one.to() + " is registered already; a name keeps its bytes for ever, use another");
        }
        return obstacles;
    }

    private static Optional<String> bytes(Selected one, Holding from) {
        if (from.file().isEmpty()) {
            return Optional.of(one.from() + " is not registered");
        }
        FileRow file = from.file().get();
        if (file.lost()) {
            return Optional.of(one.from() + " is declared lost; nothing can be made of it");
        }
        Optional<Digest> known = file.digests().sha256();
        return known.filter(sha256 -> !sha256.equals(one.sha256()))
                .map(sha256 -> "%s is registered with %s, and the act names %s; look which bytes were meant"
                        .formatted(one.from(), sha256, one.sha256()));
    }

    /** A scope is open to the public or not, whatever lies in it; so nobody has to guess what a name will come to. */
    private static Optional<String> level(DataId to, Ground ground) {
        if (ground.observed.contains(to.scope())) {
            return Optional.of("scope %s is only observed: another server manages it".formatted(to.scope()));
        }
        Decision open = new Audiences(ground.plan).decide(new Viewer.Outsider(), Wish.READ, to.scope());
        if (!open.allowed()) {
            return Optional.of(
                    "scope %s is not public (%s); what becomes public is made in a scope that the plan gives to a public level"
                            .formatted(to.scope(), open.why()));
        }
        if (ground.plan
                .classify(to, ground.plan.attributesOf(to, Attributes.NONE))
                .isEmpty()) {
            return Optional.of(to + " would be of no class of the plan");
        }
        return ground.naming.name(to.name(), Optional.of(to.scope()), _ -> true) instanceof Named.Refused refused
                ? Optional.of("the policy refuses the name %s: %s".formatted(to, String.join("; ", refused.reasons())))
                : Optional.empty();
    }
}
