package holdfast.journal;

import holdfast.vocabulary.Actor;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One entry of the journal: who did what when, and a line for each subject. Its canonical bytes and its leaf are
 * promises for ever (decision 0002, golden rows in {@code journal-entries.tsv}).
 *
 * @param at to the microsecond, UTC
 * @param seed 32 random bytes; each line's salt is HMAC-SHA256(seed, line number), so that a line can be shown alone
 *     without letting anybody confirm a guess about another
 */
public record Entry(UUID id, Instant at, Actor actor, String kind, int version, List<Line> lines, Seed seed) {
    private static final Pattern KIND = Pattern.compile("[a-z]{1,31}\\.[a-z][a-z-]{0,62}");

    public Entry {
        at = Micros.cut(at);
        lines = List.copyOf(lines);
        if (!KIND.matcher(kind).matches() || version < 1) {
            throw new BadEntry("'" + kind + "' version " + version
                    + " is no kind of fact: a room, a dot, what happened; versions count from 1");
        }
    }

    public static Entry of(Fact fact, UUID id, Instant at, Actor actor, Seed seed) {
        return new Entry(id, at, actor, fact.kind(), fact.version(), fact.lines(), seed);
    }

    /** The random bytes an entry's salts come from. */
    public record Seed(byte[] bytes) {
        public static final int LENGTH = 32;

        public Seed {
            if (bytes.length != LENGTH) {
                throw new BadEntry("an entry's seed has " + LENGTH + " bytes, not " + bytes.length);
            }
            bytes = bytes.clone();
        }

        /** The salt of the line with a number from 0: the first 16 bytes of HMAC-SHA256(seed, big-endian number). */
        public byte[] salt(int line) {
            return salt(mac(), line);
        }

        private static byte[] salt(Mac mac, int line) {
            byte[] number = {(byte) (line >>> 24), (byte) (line >>> 16), (byte) (line >>> 8), (byte) line};
            return Arrays.copyOf(mac.doFinal(number), 16);
        }

        /** Keyed by this seed; begins anew after each use. */
        private Mac mac() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
                return mac;
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException("this Java platform lacks HmacSHA256", e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Seed seed && Arrays.equals(bytes, seed.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "seed";
        }
    }

    /** The root of the tree over the salted lines. */
    public Hash linesRoot() {
        return linesRoot(linesAsBytes());
    }

    private Hash linesRoot(List<byte[]> bytes) {
        MerkleTree tree = new MerkleTree();
        Mac mac = seed.mac();
        for (int i = 0; i < bytes.size(); i++) {
            tree.append(Hash.leaf(Seed.salt(mac, i), bytes.get(i)));
        }
        return tree.root();
    }

    /** The canonical bytes of each line, for whoever needs them more than once. */
    public List<byte[]> linesAsBytes() {
        return lines.stream().map(Line::bytes).toList();
    }

    /**
     * The canonical header: one {@code name value} pair a line, in this order, each ended by a line feed. Put together
     * without format strings, whose digits follow the machine's language.
     */
    public byte[] header() {
        return header(linesAsBytes());
    }

    private byte[] header(List<byte[]> bytes) {
        String text = "holdfast-entry 1\nid " + id + "\nat " + Micros.of(at) + "\nactor " + actor + "\nkind " + kind
                + "\nversion " + version + "\ncount " + lines.size() + "\nlines " + linesRoot(bytes) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The entry's leaf in the journal's tree. */
    public Hash leaf() {
        return leaf(linesAsBytes());
    }

    /** The same from what {@link #linesAsBytes} answered. */
    public Hash leaf(List<byte[]> bytes) {
        return Hash.leaf(header(bytes));
    }
}
