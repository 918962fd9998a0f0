package holdfast.formats.bundle;

import holdfast.evidence.EntryText;
import holdfast.journal.Entry;
import holdfast.journal.Hash;
import holdfast.journal.SignedHead;
import holdfast.plan.PlanFact.PlanAdopted;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a bundle as one ZIP; memory holds 32 bytes for each entry and no entry itself. */
public final class BundleWriter {
    private final ZipOutputStream zip;
    private final FileTime time;

    private BundleWriter(OutputStream out, SignedHead head) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.time = FileTime.from(head.at());
    }

    /** Hands over all entries that a head covers, in the journal's order. */
    @FunctionalInterface
    public interface Entries {
        void each(Each each) throws IOException;
    }

    /** Takes one entry. */
    @FunctionalInterface
    public interface Each {
        void take(Entry entry) throws IOException;
    }

    /**
     * What goes into a bundle.
     *
     * @param adopted the plan in force, which the claim's verdicts were taken against
     * @param head covers exactly the entries
     */
    public record Contents(PlanAdopted adopted, Entries entries, SignedHead head, PublicKey key, Claim claim) {}

    /**
     * Writes a bundle.
     *
     * @param out finished here and not closed
     */
    public static void write(OutputStream out, Contents contents) throws IOException {
        BundleWriter writer = new BundleWriter(out, contents.head());
        writer.part(Part.README, readme());
        writer.part(Part.PLAN, contents.adopted().planText());
        writer.part(Part.SITES, contents.adopted().sitesText());
        writer.part(Part.POLICY, contents.adopted().policyText());
        List<Hash> leaves = writer.entries(contents.entries());
        writer.part(
                Part.LEAVES, String.join("", leaves.stream().map(l -> l + "\n").toList()));
        writer.part(Part.HEAD, contents.head().text() + "\n");
        writer.part(Part.KEY, KeyText.write(contents.key()));
        writer.part(Part.VERDICTS, contents.claim().json());
        writer.zip.finish();
    }

    private List<Hash> entries(Entries entries) throws IOException {
        List<Hash> leaves = new ArrayList<>();
        begin(Part.ENTRIES);
        Writer out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
        EntryText text = new EntryText(out, 0);
        entries.each(entry -> leaves.add(text.write(entry)));
        text.end();
        out.flush();
        zip.closeEntry();
        return leaves;
    }

    private void part(Part part, String text) throws IOException {
        begin(part);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void begin(Part part) throws IOException {
        ZipEntry entry = new ZipEntry(part.file());
        entry.setLastModifiedTime(time);
        zip.putNextEntry(entry);
    }

    private static String readme() throws IOException {
        try (InputStream in = Objects.requireNonNull(BundleWriter.class.getResourceAsStream("README.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
