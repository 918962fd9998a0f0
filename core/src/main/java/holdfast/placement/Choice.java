package holdfast.placement;

import holdfast.catalog.FileRow;
import holdfast.judgement.Independence;
import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.SiteName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of several fitting targets is best, in this order: one that has the order already, one that makes the copies
 * more independent, one whose site and pool damaged no copy of this file, the site most short of its share. What is left
 * is told apart by a hash of the file's key and the element's name, so that equal choices spread.
 */
final class Choice {
    private final FileRow file;
    private final List<StorageElement> held;
    private final Set<FailureDomain> domains;
    private final Set<SiteName> damagedSites;
    private final LoadView load;
    private final ShareDeficit deficit;

    Choice(FileRow file, List<Target> targets, List<StorageElement> held, Set<FailureDomain> domains, Load load) {
        this.file = file;
        this.held = List.copyOf(held);
        this.domains = domains;
        this.damagedSites = targets.stream()
                .filter(Target::damaged)
                .map(target -> target.element().site())
                .collect(Collectors.toSet());
        this.load = load.view();
        this.deficit = load.deficit();
    }

    /** What sites hold, and how short of their share they are for one file. */
    record Load(LoadView view, ShareDeficit deficit) {}

    /** The best target first. */
    Comparator<Target> order() {
        return Comparator.<Target, Boolean>comparing(
                        t -> !load.ordered(file.id()).contains(t.element().name()))
                .thenComparing(t -> -independence(t.element()))
                .thenComparing(t -> damagedSites.contains(t.element().site()))
                .thenComparing(Target::damaged)
                .thenComparing(t -> -deficit.at(t.element().site()))
                .thenComparing(t -> hash(t.element()))
                .thenComparing(t -> t.element().name());
    }

    private int independence(StorageElement element) {
        return domains.isEmpty()
                ? 0
                : Independence.known(
                        Stream.concat(held.stream(), Stream.of(element)).toList(), domains);
    }

    /** A mix (the finalizer of SplitMix64) of the file's key and the name's hash, the same on every machine. */
    private long hash(StorageElement element) {
        long mixed = file.id().key().leaf()
                + 0x9E3779B97F4A7C15L * element.name().name().hashCode();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
