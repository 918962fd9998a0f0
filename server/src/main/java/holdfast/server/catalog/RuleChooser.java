package holdfast.server.catalog;

import holdfast.placement.Rule;
import holdfast.placement.RuleChoice;
import holdfast.placement.RuleChoice.Candidate;
import holdfast.placement.RuleChoice.Chosen;
import holdfast.placement.RuleLock;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.CollectionTable.Numbered;
import holdfast.server.sql.Descent;
import holdfast.server.sql.RuleCover;
import holdfast.server.sql.RuleCover.Unlocked;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses elements for what a rule covers: reads what lies where, and lets {@link RuleChoice} decide. */
final class RuleChooser {
    private final Words words;
    private final RuleElements elements;
    private final AccountUsage usage;
    private final Descent descent;
    private final RuleCover cover;

    RuleChooser(Words words, RuleElements elements, AccountUsage usage) {
        this.words = words;
        this.elements = elements;
        this.usage = usage;
        this.descent = new Descent(words);
        this.cover = new RuleCover(words);
    }

    /** The elements that a rule may use, with the weight of each and the room that its account has left there. */
    record Ground(Map<StorageName, Double> weights, Map<StorageName, Long> room, boolean isLimited) {
        List<Candidate> candidates(Map<StorageName, Long> present) {
            return weights.entrySet().stream()
                    .map(e -> new Candidate(
                            e.getKey(),
                            e.getValue(),
                            present.getOrDefault(e.getKey(), 0L),
                            isLimited ? Optional.of(room.getOrDefault(e.getKey(), 0L)) : Optional.empty()))
                    .toList();
        }

        /** What is left once a group has been placed. */
        void take(List<StorageName> at, long bytes) {
            at.forEach(name -> room.computeIfPresent(name, (n, left) -> left - bytes));
        }
    }

    Ground ground(Connection connection, Rule rule) throws SQLException {
        RuleDetails details = RuleDetails.of(rule.details());
        Set<StorageName> named = elements.matching(rule.wish().expression());
        Map<StorageName, Double> weights = new HashMap<>();
        for (StorageName name : named) {
            boolean open = details.switches().ignoreAvailability() || elements.isWritable(name);
            if (open) {
                weight(rule, name).ifPresent(weight -> weights.put(name, weight));
            }
        }
        if (weights.isEmpty() && !named.isEmpty()) {
            throw RucioError.conflict("RSEWriteBlocked", "RSE excluded; not available for writing.");
        }
        if (weights.size() < rule.wish().copies()) {
            throw RucioError.conflict(
                    "InsufficientTargetRSEs",
                    "Target RSE set not sufficient for number of copies. (%d copies requested, RSE set size %d)"
                            .formatted(rule.wish().copies(), weights.size()));
        }
        boolean limited = !details.switches().ignoreAccountLimit()
                && usage.isLimited(rule.hold().account());
        Map<StorageName, Long> room =
                limited ? usage.room(connection, rule.hold().account(), weights.keySet()) : Map.of();
        return new Ground(weights, new HashMap<>(room), limited);
    }

    private Optional<Double> weight(Rule rule, StorageName name) {
        if (rule.wish().weight().isEmpty()) {
            return Optional.of(1.0);
        }
        String attribute = rule.wish().weight().get();
        Optional<String> value = elements.attribute(name, attribute);
        try {
            return value.map(Double::valueOf).filter(w -> w > 0);
        } catch (NumberFormatException e) {
            throw RucioError.conflict(
                    "InvalidRuleWeight",
                    "The RSE with id '%s' has a non-numeric specified for the weight '%s'".formatted(name, attribute));
        }
    }

    /** Locks for datasets that have none, grouped as the rule says. */
    List<RuleLock> lock(Connection connection, Rule rule, Ground ground, List<Numbered> datasets, Set<StorageName> kept)
            throws SQLException {
        List<RuleLock> locks = new ArrayList<>();
        if (rule.wish().grouping() == Rule.Grouping.ALL && !datasets.isEmpty()) {
            Extent all = new Extent(0, new HashMap<>());
            for (Numbered dataset : datasets) {
                all = all.plus(extent(connection, dataset));
            }
            List<StorageName> at = choose(rule, ground, new Group(rule.target().id(), all), kept);
            datasets.forEach(d -> at.forEach(name -> locks.add(ofDataset(rule, d, name))));
            return locks;
        }
        for (Numbered dataset : datasets) {
            Group group = new Group(dataset.row().id(), extent(connection, dataset));
            choose(rule, ground, group, Set.of()).forEach(name -> locks.add(ofDataset(rule, dataset, name)));
        }
        return locks;
    }

    /** Locks for single files. */
    List<RuleLock> lock(Rule rule, Ground ground, List<Unlocked> files) {
        List<RuleLock> locks = new ArrayList<>();
        for (Unlocked file : files) {
            Map<StorageName, Long> present =
                    file.at().stream().collect(Collectors.toMap(name -> name, name -> Math.max(1, file.bytes())));
            Group group = new Group(file.file(), new Extent(file.bytes(), present));
            choose(rule, ground, group, Set.of())
                    .forEach(name -> locks.add(new RuleLock(rule.id(), file.file(), RuleLock.Holds.FILE, name)));
        }
        return locks;
    }

    /** A file as something to lock. */
    Unlocked file(Connection connection, DataId id, long bytes) throws SQLException {
        return new Unlocked(id, bytes, cover.available(connection, id.key()));
    }

    private record Extent(long bytes, Map<StorageName, Long> present) {
        Extent plus(Extent more) {
            more.present.forEach((name, there) -> present.merge(name, there, Long::sum));
            return new Extent(bytes + more.bytes, present);
        }
    }

    private record Group(DataId name, Extent extent) {}

    private static List<StorageName> choose(Rule rule, Ground ground, Group group, Set<StorageName> kept) {
        Chosen chosen = RuleChoice.choose(
                group.name, group.extent.bytes, rule.wish().copies(), ground.candidates(group.extent.present), kept);
        return switch (chosen) {
            case Chosen.At at -> {
                ground.take(at.elements(), group.extent.bytes);
                yield at.elements();
            }
            case Chosen.TooFew few ->
                throw RucioError.conflict(
                        "InsufficientAccountLimit",
                        "There is insufficient quota on any of the target RSE's to fullfill the operation: %s needs %d"
                                        .formatted(group.name, group.extent.bytes)
                                + " bytes at %d elements, and %d have room for account %s"
                                        .formatted(
                                                few.wanted(),
                                                few.fitting(),
                                                rule.hold().account()));
        };
    }

    private Extent extent(Connection connection, Numbered dataset) throws SQLException {
        Map<StorageName, Long> present = new HashMap<>();
        long[] bytes = {0};
        descent.coverage(connection, dataset.number()).forEach((storage, sum) -> {
            storage.ifPresentOrElse(s -> present.put(new StorageName(words.text(s)), sum), () -> bytes[0] = sum);
        });
        return new Extent(bytes[0], present);
    }

    private static RuleLock ofDataset(Rule rule, Numbered dataset, StorageName at) {
        return new RuleLock(rule.id(), dataset.row().id(), RuleLock.Holds.DATASET, at);
    }
}
