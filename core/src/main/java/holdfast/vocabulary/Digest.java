package holdfast.vocabulary;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A checksum of bytes: the algorithm and its value in lower-case hex. */
public record Digest(Algorithm algorithm, String hex) {
    /** The algorithms the field uses, with the length of their value in bytes. */
    public enum Algorithm {
        ADLER32(4),
        MD5(16),
        SHA256(32);

        private final int bytes;

        Algorithm(int bytes) {
            this.bytes = bytes;
        }

        /** The name as files and wires spell it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Digest {
        hex = hex.toLowerCase(Locale.ROOT);
        if (hex.length() != 2 * algorithm.bytes || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new BadWord(algorithm.label() + " digest", hex, 2 * algorithm.bytes + " hex digits");
        }
    }

    public static Digest of(Algorithm algorithm, byte[] value) {
        return new Digest(algorithm, HexFormat.of().formatHex(value));
    }

    /** SHA-256 of some bytes. */
    public static Digest sha256(byte[] bytes) {
        return of(Algorithm.SHA256, sha256().digest(bytes));
    }

    /** A fresh SHA-256 function (FIPS 180-4), which every Java platform has. */
    public static MessageDigest sha256() {
        return function("SHA-256");
    }

    /** A fresh MD5 function (RFC 1321), kept for the field's wires; no proof of ours rests on it. */
    public static MessageDigest md5() {
        return function("MD5");
    }

    /** The value as bytes. */
    public byte[] value() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return algorithm.label() + ":" + hex;
    }

    private static MessageDigest function(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + name, e);
        }
    }
}
