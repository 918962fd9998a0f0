package holdfast.server.config;

import holdfast.placement.Rule;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What rules lock and how far they are kept, in plain maps. It does not choose: which elements a rule took for a group it
 * is told once, and holds the house to it from then on.
 */
final class RuleModel {
    final Map<DataId, Long> sizes = new TreeMap<>();
    final Map<DataId, Set<StorageName>> available = new HashMap<>();
    final Map<DataId, Set<DataId>> members = new TreeMap<>();
    final Map<DataId, Set<DataId>> children = new TreeMap<>();
    final Map<UUID, Ruled> rules = new HashMap<>();

    /** A rule, and the elements that it took for each of its groups: datasets, or single files. */
    static final class Ruled {
        final DataId target;
        final int copies;
        final Set<StorageName> named;
        final Rule.Grouping grouping;
        final Map<DataId, Set<StorageName>> taken = new TreeMap<>();

        Ruled(DataId target, int copies, Set<StorageName> named, Rule.Grouping grouping) {
            this.target = target;
            this.copies = copies;
            this.named = named;
            this.grouping = grouping;
        }
    }

    /** A file and an element. */
    record Lock(DataId file, StorageName at) implements Comparable<Lock> {
        @Override
        public int compareTo(Lock other) {
            int byFile = file.compareTo(other.file);
            return byFile != 0 ? byFile : at.compareTo(other.at);
        }
    }

    boolean isFile(DataId id) {
        return sizes.containsKey(id);
    }

    Set<DataId> datasets(DataId target) {
        Set<DataId> found = new TreeSet<>();
        if (members.containsKey(target)) {
            found.add(target);
        }
        children.getOrDefault(target, Set.of()).forEach(child -> found.addAll(datasets(child)));
        return found;
    }

    /** The groups that a rule must have taken elements for. */
    Set<DataId> groups(Ruled rule) {
        if (isFile(rule.target)) {
            return Set.of(rule.target);
        }
        if (rule.grouping != Rule.Grouping.NONE) {
            return datasets(rule.target);
        }
        Set<DataId> files = new TreeSet<>();
        datasets(rule.target).forEach(d -> files.addAll(members.get(d)));
        return files;
    }

    /** The locks of a rule, of its files one by one; a file in two datasets of a rule is one lock where they agree. */
    Set<Lock> locks(Ruled rule) {
        Set<Lock> locks = new TreeSet<>();
        for (DataId group : groups(rule)) {
            Set<DataId> files = isFile(group) ? Set.of(group) : members.get(group);
            for (StorageName at : rule.taken.getOrDefault(group, Set.of())) {
                files.forEach(file -> locks.add(new Lock(file, at)));
            }
        }
        return locks;
    }

    long kept(Ruled rule) {
        return locks(rule).stream()
                .filter(l -> available.getOrDefault(l.file(), Set.of()).contains(l.at()))
                .count();
    }

    /** Bytes that all rules lock at an element. */
    Map<StorageName, Long> usage() {
        Map<StorageName, Long> bytes = new TreeMap<>();
        rules.values().forEach(rule -> locks(rule).forEach(l -> bytes.merge(l.at(), sizes.get(l.file()), Long::sum)));
        return bytes;
    }

    /** What is wrong with the elements that a rule took for a group; empty when nothing is. */
    List<String> faults(Ruled rule, DataId group, Set<StorageName> took) {
        Set<String> faults = new HashSet<>();
        if (took.size() != rule.copies) {
            faults.add("took " + took + " for " + group + " and " + rule.copies + " were wanted");
        }
        if (!rule.named.containsAll(took)) {
            faults.add("took " + took + ", which " + rule.named + " does not name");
        }
        Set<StorageName> before = rule.taken.get(group);
        if (before != null && !before.equals(took)) {
            faults.add("took " + took + " for " + group + " and had " + before);
        }
        boolean together = rule.grouping == Rule.Grouping.ALL && !isFile(rule.target);
        if (together && rule.taken.values().stream().anyMatch(other -> !other.equals(took))) {
            faults.add("took " + took + " for " + group + ", apart from " + rule.taken);
        }
        return List.copyOf(faults);
    }
}
