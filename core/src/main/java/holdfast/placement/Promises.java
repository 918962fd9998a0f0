package holdfast.placement;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.Holding;
import holdfast.judgement.Surroundings;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to order for one file so that the rules over it are kept. Where a copy goes was chosen when the rule was made
 * ({@link RuleChoice}); here is only asked what is missing and what stands in its way.
 */
public final class Promises {
    private Promises() {}

    public static Placement plan(Holding holding, List<Promise> promises, Surroundings surroundings, Instant now) {
        Map<StorageName, Demand> demands = new LinkedHashMap<>();
        List<String> unmet = new ArrayList<>();
        int standing =
                (int) holding.copies().stream().filter(c -> c.state().stands()).count();
        for (Promise promise : promises) {
            if (isKept(holding, promise.at()) || demands.containsKey(promise.at())) {
                continue;
            }
            Optional<String> obstacle = obstacle(holding, promise.at(), surroundings);
            obstacle.ifPresent(why -> unmet.add(promise.why() + ": " + why));
            if (obstacle.isEmpty()) {
                demands.put(
                        promise.at(),
                        new Demand(holding.id(), promise.at(), promise.why(), standing, promise.activity()));
            }
        }
        Optional<String> noSource = demands.isEmpty() ? Optional.empty() : Sources.missing(holding, surroundings, now);
        noSource.ifPresent(why -> {
            demands.values().forEach(d -> unmet.add(d.reason() + ": " + why));
            demands.clear();
        });
        return new Placement(List.copyOf(demands.values()), unmet);
    }

    /** Whether a copy stands there, read back or not. */
    public static boolean isKept(Holding holding, StorageName at) {
        return copy(holding, at).map(c -> c.state().stands()).orElse(false);
    }

    private static Optional<String> obstacle(Holding holding, StorageName at, Surroundings surroundings) {
        Optional<StorageElement> element = surroundings.element(at);
        if (element.isEmpty()) {
            return Optional.of("no driver reaches " + at + ", so nothing can be brought there by this server");
        }
        if (holding.file().map(f -> f.lost()).orElse(true)) {
            return Optional.of("the file is lost");
        }
        if (element.get().use() != Use.IN_USE) {
            return Optional.of(at + " takes no new copies");
        }
        if (surroundings.condition(at).suspectSince().isPresent()) {
            return Optional.of(at + " is under suspicion, nothing is written there until someone signs");
        }
        return copy(holding, at)
                .filter(c -> c.state() == CopyState.RELEASING)
                .map(c -> "the copy at " + at + " is being released");
    }

    private static Optional<CopyRow> copy(Holding holding, StorageName at) {
        return holding.copies().stream().filter(c -> c.storage().equals(at)).findFirst();
    }
}
