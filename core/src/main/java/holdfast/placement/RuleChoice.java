package holdfast.placement;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the elements of a rule, once, for one group of files that is to lie together. The best place is one where the
 * rule has such a group already, then the one where most of the group lies, then by weight and a hash of the group's name,
 * so that groups spread as the weights say and the same question has the same answer.
 */
public final class RuleChoice {
    private RuleChoice() {}

    /**
     * An element that a rule's expression names and that may be used.
     *
     * @param weight how much it is preferred; 1 where the rule asks for none
     * @param present bytes of the group that lie there
     * @param room bytes that the account and the element have left; empty for no limit
     */
    public record Candidate(StorageName name, double weight, long present, Optional<Long> room) {}

    /** What came of it. */
    public sealed interface Chosen {
        record At(List<StorageName> elements) implements Chosen {
            public At {
                elements = List.copyOf(elements);
            }
        }

        /** Too few elements have room. @param fitting how many have */
        record TooFew(int wanted, int fitting) implements Chosen {}
    }

    /**
     * @param group the name by which ties are told apart: the dataset's, or the file's
     * @param bytes of the whole group
     * @param kept where the rule has its other groups
     */
    public static Chosen choose(
            DataId group, long bytes, int copies, List<Candidate> candidates, Set<StorageName> kept) {
        List<Candidate> fitting = candidates.stream()
                .filter(c -> c.room().map(room -> room >= bytes).orElse(true))
                .sorted(Comparator.<Candidate, Boolean>comparing(c -> !kept.contains(c.name()))
                        .thenComparing(Candidate::present, Comparator.reverseOrder())
                        .thenComparing(c -> -draw(group, c))
                        .thenComparing(Candidate::name))
                .toList();
        if (fitting.size() < copies) {
            return new Chosen.TooFew(copies, fitting.size());
        }
        return new Chosen.At(
                fitting.subList(0, copies).stream().map(Candidate::name).toList());
    }

    /** Weighted rendezvous: -w / ln(u) with u drawn from the names; the highest wins, with a chance as its weight. */
    private static double draw(DataId group, Candidate candidate) {
        NameKey key = group.key();
        long mixed = mix(key.leaf()
                ^ Long.rotateLeft(key.home(), 32)
                ^ mix(candidate.name().name().hashCode()));
        double u = ((mixed >>> 11) + 0.5) / (1L << 53);
        return -candidate.weight() / Math.log(u);
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long seed) {
        long mixed = seed + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
