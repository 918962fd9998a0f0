package holdfast.cli.adopt;

import holdfast.formats.Json;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The canonical text of a comparison: lines of JSON, a head, each finding in the order of names, and the sums with the
 * digests of both listings. Two comparisons of the same listings are the same bytes; their SHA-256 is what people sign.
 */
final class ComparisonText implements Closeable {
    static final int VERSION = 1;

    private final OutputStream out;
    private final MessageDigest digest = Digest.sha256();

    ComparisonText(OutputStream out) {
        this.out = out;
    }

    /** The first line. */
    record Head(int holdfastComparison, String scope) {}

    /** The last line. */
    record Sums(
            long equal,
            long onlyThere,
            long onlyHere,
            long different,
            long copiesOnlyThere,
            long copiesOnlyHere,
            String there,
            String here) {}

    void head(String scope) throws IOException {
        line(new Head(VERSION, scope));
    }

    void found(String what, @Nullable Listed there, @Nullable Listed here) throws IOException {
        Map<String, Object> line = new TreeMap<>(Map.of("what", what));
        if (there != null) {
            line.put("there", there);
        }
        if (here != null) {
            line.put("here", here);
        }
        line(line);
    }

    /** Writes the sums, and answers the digest of the whole text. */
    String end(Sums sums) throws IOException {
        line(sums);
        return Digest.of(Algorithm.SHA256, digest.digest()).hex();
    }

    private void line(Object value) throws IOException {
        byte[] bytes = (Json.line(value) + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
