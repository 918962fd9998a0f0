package holdfast.durability;

import holdfast.durability.AreaLevel.Area;
import holdfast.durability.ClassHolding.CopySum;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The area of integrity: digests, and whether copies are read against them. */
final class IntegrityArea {
    private final ClassHolding holding;
    private final Keeping keeping;

    IntegrityArea(ClassHolding holding, Keeping keeping) {
        this.holding = holding;
        this.keeping = keeping;
    }

    AreaLevel level() {
        return new AreaLevel(
                Area.INTEGRITY,
                List.of(
                        digests(),
                        Requirement.notJudged(
                                1, "content is checked for viruses, and set apart where need be", "nothing records it"),
                        none(
                                2,
                                "digests are verified when content is moved or copied",
                                "not read back",
                                CopySum::unproved),
                        apart(),
                        atIntervals(),
                        Requirement.of(
                                3,
                                "checks and what they found are documented, and an audit can be asked for",
                                true,
                                "each inspection is an entry of the journal; `holdfast scrub` asks for one now"),
                        Requirement.notJudged(
                                4,
                                "digests are verified after events such as a fault or a move of hardware",
                                "no such event is recorded"),
                        none(4, "damaged content is replaced or repaired", "damaged", CopySum::damaged)),
                Optional.empty());
    }

    private Requirement digests() {
        long with = holding.digested();
        long files = holding.files();
        String shown = String.format(Locale.ROOT, "%,d of %,d files have a SHA-256 of their accession", with, files);
        return Requirement.of(
                1, "digests are verified at ingest, or made where none came", files > 0 && with >= files, shown);
    }

    /** Segments are offered to two archive elements; which of them took one is logged, not recorded. */
    private Requirement apart() {
        return Requirement.notJudged(
                2,
                "digests are backed up apart from the content",
                keeping.segmentClosed()
                        .map(at -> "journal segments hold every digest, the last closed at " + at
                                + "; which archive took them is not recorded")
                        .orElse("no segment of the journal was closed yet"));
    }

    /** A check that does not see planted damage is no check. */
    private Requirement atIntervals() {
        Requirement inTime = none(3, "digests are verified at fixed intervals", "late", CopySum::late);
        return keeping.blindElements().isEmpty()
                ? inTime
                : Requirement.of(
                        3,
                        inTime.asks(),
                        false,
                        inTime.shown() + "; planted damage was missed, or never looked for, at "
                                + String.join(", ", keeping.blindElements()));
    }

    private Requirement none(int level, String asks, String word, ToLongFunction<CopySum> wrong) {
        long bad = holding.copies().values().stream().mapToLong(wrong).sum();
        long copies = holding.copies().values().stream()
                .mapToLong(c -> c.counted() + c.unproved() + c.damaged())
                .sum();
        String shown = String.format(Locale.ROOT, "%,d of %,d copies are %s", bad, copies, word);
        return Requirement.of(level, asks, copies > 0 && bad == 0, shown);
    }
}
