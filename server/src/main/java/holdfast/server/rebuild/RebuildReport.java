package holdfast.server.rebuild;

import holdfast.journal.SignedHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild says at its end.
 *
 * @param written false after a dry run, and when the rows do not agree
 * @param head the text of the last shipped head
 * @param completeUntil when that head was signed: every fact numbered by then is here
 * @param lastEntry when the newest entry was written
 * @param headOutside how many entries the newest head that was found speaks of; null where none was found
 * @param lost facts that are known to be missing: of those written after that head nothing is known
 * @param foldHash SHA-256 over the state that the segments give
 * @param rowsHash SHA-256 over the rows of the database; null after a dry run
 */
public record RebuildReport(
        boolean written,
        int segments,
        long entries,
        long entriesBefore,
        @Nullable String head,
        @Nullable Instant completeUntil,
        @Nullable Instant lastEntry,
        @Nullable Long headOutside,
        @Nullable Instant headOutsideAt,
        long lost,
        String foldHash,
        @Nullable String rowsHash,
        boolean agrees,
        long files,
        long copies,
        String signatures,
        String key,
        List<String> remarks,
        double seconds,
        long entriesPerSecond) {

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%,d entries of %d segments %s in %.1f s (%,d entries/s)"
                .formatted(entries, segments, written ? "written" : "checked", seconds, entriesPerSecond));
        if (entriesBefore > 0) {
            lines.add("  %,d of them stood there from a run before".formatted(entriesBefore));
        }
        remarks.forEach(r -> lines.add("  " + r));
        lines.add("from the segments  " + foldHash);
        if (rowsHash != null) {
            lines.add("from the rows      " + rowsHash);
            lines.add(agrees ? "The rows are what the segments say." : "The rows DIFFER from the segments.");
            lines.add("%,d files, %,d copies".formatted(files, copies));
        }
        lines.add("last shipped head  " + head);
        lines.add("signatures         " + signatures);
        lines.addAll(window());
        lines.add("signing key        " + key);
        return lines;
    }

    /** What may be lost. */
    List<String> window() {
        List<String> lines = new ArrayList<>();
        lines.add("window of loss     from " + completeUntil + " (head signed; last entry " + lastEntry
                + ") until the database was lost");
        if (headOutside != null && lost > 0) {
            lines.add("                   a head of %s speaks of %,d entries: %,d facts are lost for certain"
                    .formatted(headOutsideAt, headOutside, lost));
        }
        return lines;
    }

    /** What of a chain goes into every report. */
    static RebuildReport of(SegmentChain chain, Optional<SignedHead> outside, Said said) {
        SignedHead head = chain.head().orElseThrow();
        Optional<SignedHead> ahead = outside.filter(o -> o.at().isAfter(head.at()));
        double seconds = Math.max(0.001, said.took.toMillis() / 1000.0);
        return new RebuildReport(
                said.written,
                chain.links().size(),
                chain.size(),
                said.built.map(Rebuild.Built::before).orElse(0L),
                head.text(),
                head.at(),
                chain.last(),
                ahead.map(SignedHead::size).orElse(null),
                ahead.map(SignedHead::at).orElse(null),
                ahead.map(a -> Math.max(0, a.size() - chain.size())).orElse(0L),
                said.fold,
                said.built.map(b -> b.rows().hex()).orElse(null),
                said.built.map(Rebuild.Built::agrees).orElse(true),
                said.built.map(b -> b.count().files()).orElse(0L),
                said.built.map(b -> b.count().copies()).orElse(0L),
                said.signatures,
                said.key,
                chain.remarks(),
                seconds,
                Math.round((chain.size() - said.built.map(Rebuild.Built::before).orElse(0L)) / seconds));
    }

    /** What the run adds to the chain. */
    record Said(
            boolean written,
            Optional<Rebuild.Built> built,
            String fold,
            String signatures,
            String key,
            Duration took) {}
}
