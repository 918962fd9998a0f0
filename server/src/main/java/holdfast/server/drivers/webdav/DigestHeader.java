package holdfast.server.drivers.webdav;

import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server states of the bytes it has: {@code Digest} (RFC 3230) and {@code Repr-Digest} (RFC 9530). Servers answer with
 * another algorithm than was asked for, so each value is known by the name it came with; adler32 comes in hex, sometimes without its leading
 * zeros, md5 and sha-256 in base64, md5 from some servers in hex.
 */
final class DigestHeader {
    private DigestHeader() {}

    /** All values that can be understood, joined lines of both headers. */
    static Digests read(String digest, String reprDigest) {
        Digests all = Digests.NONE;
        for (String one : (digest + "," + reprDigest).split(",")) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                Optional<Digest> value = value(
                        one.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        one.substring(equals + 1).strip());
                all = value.isPresent() ? all.with(value.get()) : all;
            }
        }
        return all;
    }

    private static Optional<Digest> value(String name, String text) {
        // RFC 9530 puts colons around bytes.
        String value = text.length() > 2 && text.startsWith(":") && text.endsWith(":")
                ? text.substring(1, text.length() - 1)
                : text;
        try {
            return switch (name) {
                case "adler32", "adler" ->
                    Optional.of(new Digest(Algorithm.ADLER32, "0".repeat(Math.max(0, 8 - value.length())) + value));
                case "md5" -> Optional.of(bytes(Algorithm.MD5, value, 32));
                case "sha-256", "sha256" -> Optional.of(bytes(Algorithm.SHA256, value, 64));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException notADigest) {
            return Optional.empty();
        }
    }

    private static Digest bytes(Algorithm algorithm, String value, int hexLength) {
        boolean isHex = value.length() == hexLength && value.chars().allMatch(HexFormat::isHexDigit);
        return isHex
                ? new Digest(algorithm, value)
                : Digest.of(algorithm, Base64.getDecoder().decode(value));
    }
}
