package holdfast.formats.dump;

import holdfast.fixity.Discrepancy;
import holdfast.fixity.ListedBytes;
import holdfast.fixity.Reconciliation;
import holdfast.fixity.RecordedCopy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares a catalogue's dump with a listing's on one machine: what is not sorted is sorted outside of memory, then both
 * are merged.
 *
 * @param catalogue the catalogue's dump
 * @param listing the listing's dump
 * @param temporary a folder with room for both dumps when they are not sorted
 * @param memory bytes that lines may take in memory at once, about
 */
public record DumpComparison(Path catalogue, Path listing, Path temporary, long memory) {

    /**
     * Compares.
     *
     * @param findings where the discrepancies are written, whole or not at all; empty for counts only
     * @throws BadDump when a dump cannot be believed; with file, line and remedy
     */
    public Compared compare(Optional<Path> findings) throws IOException {
        if (findings.isEmpty()) {
            return compareInto(OutputStream.nullOutputStream());
        }
        Path whole = findings.get();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            Compared compared;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                compared = compareInto(out);
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return compared;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Compared compareInto(OutputStream out) throws IOException {
        try (Side<RecordedCopy> recorded = open(catalogue, DumpKind.CATALOGUE, DumpText::recorded);
                Side<ListedBytes> listed = open(listing, DumpKind.LISTING, DumpText::listed)) {
            Compared.requireOneElement(recorded.header(), listed.header());
            Findings findings = new Findings(out, recorded.header(), listed.header());
            Reconciliation reconciliation = new Reconciliation(
                    recorded.rows(), listed.rows(), listed.header().at());
            while (reconciliation.hasNext()) {
                Discrepancy found = reconciliation.next();
                findings.write(Findings.line(found));
            }
            findings.end();
            return Compared.of(recorded.header(), listed.header(), reconciliation.counted());
        }
    }

    private <T> Side<T> open(Path file, DumpKind kind, Function<TextLine, T> read) throws IOException {
        return Side.open(new Side.Source(file, kind, temporary, memory / 2), read);
    }
}
