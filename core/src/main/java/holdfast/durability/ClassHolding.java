package holdfast.durability;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is recorded of the files of one class.
 *
 * @param classId empty for files of no class
 * @param cohorts files that are not declared lost, by where their copies stand
 * @param digested how many of them have a SHA-256 of their accession
 */
public record ClassHolding(
        Optional<ClassId> classId, List<Cohort> cohorts, Map<StorageName, CopySum> copies, long digested) {
    public ClassHolding {
        cohorts = List.copyOf(cohorts);
        copies = Map.copyOf(copies);
    }

    /**
     * The copies of the class at one element.
     *
     * @param counted that count towards the model
     * @param unproved that stand there and were not read back, or whose second read is due
     * @param late of the counted, those whose proof is older than the plan allows
     * @param damaged found corrupt, unreadable or missing, and not yet replaced there
     * @param proofDays mean age of the counted ones' proofs in days
     * @param oldestDays age of the oldest of these
     */
    public record CopySum(long counted, long unproved, long late, long damaged, double proofDays, double oldestDays) {
        public static final CopySum NONE = new CopySum(0, 0, 0, 0, 0, 0);
    }

    public long files() {
        return cohorts.stream().mapToLong(Cohort::files).sum();
    }

    CopySum at(StorageName element) {
        return copies.getOrDefault(element, CopySum.NONE);
    }
}
