package holdfast.formats.bundle;

import holdfast.evidence.EntryText;
import holdfast.journal.Hash;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes parts into one ZIP; memory holds 32 bytes for each entry and no entry itself. */
final class ZipParts {
    private final ZipOutputStream zip;
    private final FileTime time;

    /**
     * Begins a ZIP.
     *
     * @param out never closed here
     * @param at the moment that every part bears
     */
    ZipParts(OutputStream out, Instant at) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.time = FileTime.from(at);
    }

    /** Writes the entries, and answers their leaves. */
    List<Hash> entries(BundleWriter.Entries entries) throws IOException {
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

    void leaves(List<Hash> leaves) throws IOException {
        part(Part.LEAVES, String.join("", leaves.stream().map(l -> l + "\n").toList()));
    }

    void part(Part part, String text) throws IOException {
        begin(part);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** A text that this build carries, as the part that says what the bundle is. */
    void readme(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(ZipParts.class.getResourceAsStream(resource))) {
            part(Part.README, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    void finish() throws IOException {
        zip.finish();
    }

    private void begin(Part part) throws IOException {
        ZipEntry entry = new ZipEntry(part.file());
        entry.setLastModifiedTime(time);
        zip.putNextEntry(entry);
    }
}
