package holdfast.ingest;

import holdfast.catalog.FileRow;
import holdfast.catalog.FileRow.Belonging;
import holdfast.catalog.FileRow.DigestOrigin;
import holdfast.catalog.FileRow.Source;
import holdfast.catalog.FileRow.SourceState;
import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.plan.Plan;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a file comes in, decided before a byte of it becomes visible anywhere; pure. */
public final class Accession {
    private Accession() {}

    /** What the bytes were, counted and digested as they came. */
    public record Measured(ByteSize size, Digests digests) {}

    /** What is to become of a file. */
    public sealed interface Decision {
        /** It is new, and this will be its row. */
        record Register(FileRow row) implements Decision {}

        /** It is registered with these very bytes. */
        record Already(FileRow row) implements Decision {}

        record Refuse(List<Finding> findings) implements Decision {
            public Refuse {
                findings = List.copyOf(findings);
            }
        }
    }

    /**
     * Decides on a file whose name was accepted.
     *
     * @param known its row, when the name is registered
     * @param closed when its run was closed, where the register says so: grace runs from there
     */
    public static Decision decide(DataId id, Submission said, Measured seen, Optional<FileRow> known, Rules rules) {
        Optional<Finding> wrong = compare(said, seen);
        if (wrong.isPresent()) {
            return new Decision.Refuse(List.of(wrong.get()));
        }
        if (known.isPresent()) {
            return existing(known.get(), seen);
        }
        Optional<Finding> refused = foreseen(id, said, rules.plan);
        if (refused.isPresent()) {
            return new Decision.Refuse(List.of(refused.get()));
        }
        Attributes attributes = rules.plan.attributesOf(id, said.attributes());
        Optional<ClassRule> belongs = rules.plan.classify(id, attributes);
        boolean bySource =
                said.stated().sha256().isPresent() || said.stated().md5().isPresent();
        return new Decision.Register(new FileRow(
                id,
                seen.size,
                seen.digests,
                bySource ? DigestOrigin.SOURCE : DigestOrigin.ARRIVAL,
                belongs.map(b -> new Belonging(b.id(), b.level())),
                attributes,
                rules.closed.orElse(rules.now),
                new Source(said.source(), SourceState.HELD),
                false,
                false));
    }

    /** What forbids a file before a byte of it was read. */
    public static Optional<Finding> foreseen(DataId id, Submission said, Plan plan) {
        Optional<ClassRule> belongs = plan.classify(id, plan.attributesOf(id, said.attributes()));
        if (said.size().bytes() > 0 || belongs.map(ClassRule::zeroBytes).orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Finding.Code.ZERO_BYTES,
                "the file has no bytes, and class %s allows none such; look whether its writing ended"
                        .formatted(belongs.map(b -> b.id().name()).orElse("(none)"))));
    }

    /** The same name is registered with other bytes. */
    public static Finding otherBytes(FileRow known, String came) {
        String had = known.digests().sha256().map(Object::toString).orElse(known.size() + " bytes");
        return new Finding(
                Finding.Code.OTHER_BYTES,
                "the name is registered with other bytes (%s; %s); a name keeps its bytes for ever, use another"
                        .formatted(had, came));
    }

    /** What a decision is taken by. */
    public record Rules(Plan plan, Optional<Instant> closed, Instant now) {}

    private static Optional<Finding> compare(Submission said, Measured seen) {
        if (!said.size().equals(seen.size)) {
            return Optional.of(new Finding(
                    Finding.Code.SIZE_MISMATCH,
                    "%s bytes were announced and %s came; send it again".formatted(said.size(), seen.size)));
        }
        List<Algorithm> differing = said.stated().differing(seen.digests);
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        Algorithm first = differing.getFirst();
        return Optional.of(new Finding(
                Finding.Code.DIGEST_MISMATCH,
                "the source states %s and the bytes give %s; compare the source's file with its manifest"
                        .formatted(
                                said.stated().by(first).orElseThrow(),
                                seen.digests.by(first).orElseThrow())));
    }

    private static Decision existing(FileRow known, Measured seen) {
        if (known.size().equals(seen.size) && known.digests().proves(seen.digests)) {
            return new Decision.Already(known);
        }
        return new Decision.Refuse(List.of(otherBytes(
                known,
                "these are " + seen.digests.sha256().map(Object::toString).orElse(seen.size + " bytes"))));
    }
}
