package holdfast.cli.bytes;

import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Adler32;

/** One digest of bytes as they pass by. */
public final class RunningDigest {
    private final Function function;

    private sealed interface Function {
        record Strong(MessageDigest digest) implements Function {}

        record Weak(Adler32 sum) implements Function {}
    }

    private RunningDigest(Function function) {
        this.function = function;
    }

    public static RunningDigest of(Algorithm algorithm) {
        return new RunningDigest(
                switch (algorithm) {
                    case SHA256 -> new Function.Strong(Digest.sha256());
                    case MD5 -> new Function.Strong(Digest.md5());
                    case ADLER32 -> new Function.Weak(new Adler32());
                });
    }

    /** The strongest algorithm of which a digest is known, by its label: SHA-256, then MD5, then Adler-32. */
    public static Optional<Algorithm> strongest(Map<String, String> digests) {
        return Arrays.stream(Algorithm.values())
                .filter(a -> digests.containsKey(a.label()))
                .max(Comparator.naturalOrder());
    }

    public void update(ByteBuffer bytes) {
        switch (function) {
            case Function.Strong(MessageDigest digest) -> digest.update(bytes);
            case Function.Weak(Adler32 sum) -> sum.update(bytes);
        }
    }

    /** The digest of all bytes so far, in lower-case hex; ask once. */
    public String hex() {
        return switch (function) {
            case Function.Strong(MessageDigest digest) -> HexFormat.of().formatHex(digest.digest());
            case Function.Weak(Adler32 sum) -> HexFormat.of().toHexDigits((int) sum.getValue());
        };
    }
}
