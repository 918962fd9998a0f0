package holdfast.journal;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Digest;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A node of a Merkle tree as RFC 6962, section 2.1 hashes it: SHA-256 with 0x00 before leaves and 0x01 before pairs. */
public final class Hash {
    private static final int LENGTH = 32;

    /** The hash of a tree without leaves: SHA-256 of nothing. */
    public static final Hash EMPTY = new Hash(Digest.sha256().digest());

    private final byte[] value;

    private Hash(byte[] value) {
        this.value = value;
    }

    public static Hash of(byte[] value) {
        if (value.length != LENGTH) {
            throw new BadWord("hash", HexFormat.of().formatHex(value), LENGTH + " bytes");
        }
        return new Hash(value.clone());
    }

    public static Hash parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public static Hash leaf(byte[] content) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        return new Hash(sha256.digest(content));
    }

    /** A leaf of two parts, hashed as one text: a line's salt and its bytes. */
    static Hash leaf(byte[] salt, byte[] content) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 0);
        sha256.update(salt);
        return new Hash(sha256.digest(content));
    }

    static Hash pair(Hash left, Hash right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 1);
        sha256.update(left.value);
        return new Hash(sha256.digest(right.value));
    }

    public byte[] bytes() {
        return value.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && MessageDigest.isEqual(value, hash.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
