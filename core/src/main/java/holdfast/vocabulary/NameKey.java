package holdfast.vocabulary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The key of a name, a promise for ever (decision 0001, golden rows in {@code name-keys.tsv}).
 *
 * <p>{@code home} is the first 8 bytes, big-endian and signed, of SHA-256(scope, 0x00, directory); {@code leaf} the same
 * of SHA-256(scope, 0x00, whole name); text is UTF-8. Files of one directory thus lie together, and {@code leaf} tells
 * them apart. The name itself is stored and compared wherever a key is written, so that a collision is refused.
 */
public record NameKey(long home, long leaf) implements Comparable<NameKey> {
    /** The finest cut of a directory into slices. */
    public static final int MOST_BITS = 30;

    private static final Comparator<NameKey> ORDER =
            Comparator.comparingLong(NameKey::home).thenComparingLong(NameKey::leaf);

    static NameKey of(DataId id) {
        return new NameKey(hash(id.scope(), directory(id.name())), hash(id.scope(), id.name()));
    }

    /** The key of all files of one directory of a scope. */
    public static long homeOf(Scope scope, String directory) {
        return hash(scope, directory);
    }

    /**
     * The directory part of a name: all before its last {@code /}. A name without a slash has a made-up directory: the
     * name without its last extension ({@code .} and 1 to 8 letters or digits, the first a letter) and then without the
     * digits at its end, so that numbered files of one series share a home; where nothing would be left, the whole name.
     */
    public static String directory(String name) {
        int slash = name.lastIndexOf('/');
        return slash >= 0 ? name.substring(0, slash) : series(name);
    }

    /**
     * The number of this key's slice when its directory is cut into {@code 2^bits} equal ranges of {@code leaf}, counted
     * from the smallest leaf; directories too large to be recomputed whole are recomputed slice by slice.
     *
     * @param bits from 0 (the whole directory is one slice) to {@link #MOST_BITS}
     */
    public int slice(int bits) {
        check(bits);
        return bits == 0 ? 0 : (int) ((leaf ^ Long.MIN_VALUE) >>> (Long.SIZE - bits));
    }

    /** The smallest leaf of a slice; the largest is one less than that of the next slice. */
    public static long firstLeaf(int slice, int bits) {
        check(bits);
        return bits == 0 ? Long.MIN_VALUE : ((long) slice << (Long.SIZE - bits)) ^ Long.MIN_VALUE;
    }

    /** The largest leaf of a slice. */
    public static long lastLeaf(int slice, int bits) {
        return slice + 1L == 1L << bits ? Long.MAX_VALUE : firstLeaf(slice + 1, bits) - 1;
    }

    @Override
    public int compareTo(NameKey other) {
        return ORDER.compare(this, other);
    }

    private static void check(int bits) {
        if (bits < 0 || bits > MOST_BITS) {
            throw new BadWord("number of bits", Integer.toString(bits), "0 to " + MOST_BITS);
        }
    }

    private static String series(String name) {
        int end = name.length();
        int dot = name.lastIndexOf('.');
        if (dot > 0 && isExtension(name, dot + 1)) {
            end = dot;
        }
        while (end > 0 && isDigit(name.charAt(end - 1))) {
            end--;
        }
        return end == 0 ? name : name.substring(0, end);
    }

    private static boolean isExtension(String name, int from) {
        int length = name.length() - from;
        if (length < 1 || length > 8 || !isLetter(name.charAt(from))) {
            return false;
        }
        return name.chars().skip(from).allMatch(c -> isLetter((char) c) || isDigit((char) c));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long hash(Scope scope, String text) {
        var sha256 = Digest.sha256();
        sha256.update(scope.name().getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }
}
