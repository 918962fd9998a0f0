package holdfast.cli.adopt;

import holdfast.cli.adopt.ComparisonText.Head;
import holdfast.cli.adopt.ComparisonText.Sums;
import holdfast.formats.Json;
import holdfast.formats.Result.BadFile;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * A comparison that was written to a file.
 *
 * @param digest SHA-256 of the file's bytes
 */
public record SavedComparison(String scope, Digest digest, long equal, long onlyThere, long onlyHere, long different) {

    /** Reads a file that {@code adopt compare --out} wrote; {@link NoSource} when it is none. */
    public static SavedComparison read(Path file) throws IOException {
        MessageDigest function = Digest.sha256();
        String first = "";
        String last = "";
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), function);
                var lines = new java.io.BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                first = first.isEmpty() ? line : first;
                last = line;
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
        try {
            Head head = Json.read(first, Head.class);
            Sums sums = Json.read(last, Sums.class);
            if (head.holdfastComparison() == ComparisonText.VERSION && head.scope() != null && sums.there() != null) {
                return new SavedComparison(
                        head.scope(),
                        Digest.of(Algorithm.SHA256, function.digest()),
                        sums.equal(),
                        sums.onlyThere(),
                        sums.onlyHere(),
                        sums.different());
            }
        } catch (BadFile none) {
            // Said below, with the remedy.
        }
        throw new NoSource(file + " is no whole comparison; write one with `holdfast adopt compare ... --out FILE`");
    }
}
