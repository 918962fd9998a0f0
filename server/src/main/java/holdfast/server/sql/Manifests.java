package holdfast.server.sql;

import holdfast.journal.BadEntry;
import holdfast.journal.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** An entry's lines as the journal's table keeps them: deflated text. Hashes are over the lines, never over the packing. */
final class Manifests {
    private Manifests() {}

    /** @param lines the canonical bytes of each line */
    static byte[] pack(List<byte[]> lines) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream packed = new ByteArrayOutputStream(lines.size() * 48 + 64);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater, 8192)) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        } catch (IOException e) {
            throw new IllegalStateException("deflating in memory failed", e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    static List<Line> unpack(byte[] packed, int count) {
        String text;
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadEntry("the lines of an entry cannot be unpacked: " + e.getMessage());
        }
        List<Line> lines = new ArrayList<>(count);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(Line.of(text.substring(from, end)));
            from = end + 1;
        }
        if (lines.size() != count || from != text.length()) {
            throw new BadEntry("an entry says " + count + " lines and holds " + lines.size());
        }
        return lines;
    }
}
