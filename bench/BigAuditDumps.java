import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a catalogue's and a listing's dump of one element in two random orders, by one seed, and the list of the
 * differences planted in them. It knows the format from docs/reference/dumps.md only and uses no code of the project.
 * usage: java bench/BigAuditDumps.java FILES SEED FOLDER
 */
class BigAuditDumps {
    private static final String LISTED_AT = "2026-05-04T08:00:00Z";
    private static final String DUMPED_AT = "2026-05-04T09:00:00Z";
    private static final String BEFORE = "2026-05-01T00:00:00Z";
    private static final String MEANWHILE = "2026-05-04T08:30:00Z";

    /** What becomes of a file, and of how many in ten million. */
    private enum Fate {
        MISSING(3_001),
        DARK(2_003),
        OTHER_SIZE(1_009),
        OTHER_CHECKSUM(1_013),
        KNOWN_BAD(503),
        YOUNGER(307),
        REWRITTEN(701),
        FINE(0);

        private final long inTenMillion;

        Fate(long inTenMillion) {
            this.inTenMillion = inTenMillion;
        }
    }

    private final long files;
    private final long seed;

    private BigAuditDumps(long files, long seed) {
        this.files = files;
        this.seed = seed;
    }

    public static void main(String[] arguments) throws IOException {
        BigAuditDumps dumps = new BigAuditDumps(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
        Path folder = Path.of(arguments[2]);
        dumps.write(folder.resolve("catalogue.tsv"), "#holdfast-catalogue-dump 1\tBENCH-DISK\t" + DUMPED_AT, 1);
        dumps.write(folder.resolve("listing.tsv"), "#holdfast-listing-dump 1\tBENCH-DISK\t" + LISTED_AT, 2);
        dumps.write(folder.resolve("planted.tsv"), "", 3);
    }

    /** @param which 1 for the catalogue, 2 for the listing, 3 for what was planted */
    private void write(Path file, String header, int which) throws IOException {
        Order order = new Order(files, mix(seed + which));
        Order fates = new Order(files, mix(seed + 99));
        long rows = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            put(out, header.isEmpty() ? "" : header + "\tunsorted\n");
            for (long i = 0; i < files; i++) {
                long number = order.at(i);
                Fate fate = fate(fates.at(number));
                String text =
                        switch (which) {
                            case 1 -> recorded(number, fate);
                            case 2 -> listed(number, fate);
                            default -> planted(number, fate);
                        };
                put(out, text);
                for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
                    rows++;
                }
            }
            put(out, header.isEmpty() ? "" : "#end\t" + rows + "\n");
        }
        System.out.printf(Locale.ROOT, "%s: %d rows, %d MB%n", file.getFileName(), rows, Files.size(file) / 1_000_000);
    }

    private Fate fate(long rank) {
        long left = rank;
        for (Fate fate : Fate.values()) {
            long share = Math.max(1, fate.inTenMillion * files / 10_000_000);
            if (fate == Fate.FINE || left < share) {
                return fate;
            }
            left -= share;
        }
        throw new IllegalStateException();
    }

    private String recorded(long number, Fate fate) {
        if (fate == Fate.DARK) {
            return "";
        }
        String name = name(number);
        String path = fate == Fate.REWRITTEN ? ".rewritten-1/" + name : name;
        return path + "\t" + size(number) + "\t" + adler(number) + "\t" + (fate == Fate.KNOWN_BAD ? "MISSING" : "PROVED")
                + "\t" + (fate == Fate.YOUNGER ? MEANWHILE : BEFORE) + "\traw:/" + name + "\n";
    }

    private String listed(long number, Fate fate) {
        String name = name(number);
        String right = "\t" + size(number) + "\t" + adler(number) + "\n";
        return switch (fate) {
            case MISSING, KNOWN_BAD, YOUNGER -> "";
            case OTHER_SIZE -> name + "\t" + (size(number) + 1) + "\t-\n";
            case OTHER_CHECKSUM -> name + "\t" + size(number) + "\t" + adler(number + files) + "\n";
            case REWRITTEN -> name + "\t1\t-\n.rewritten-1/" + name + right;
            case DARK, FINE -> name + right;
        };
    }

    private String planted(long number, Fate fate) {
        return switch (fate) {
            case MISSING -> "missing\t" + name(number) + "\n";
            case DARK -> "dark\t" + name(number) + "\n";
            case OTHER_SIZE, OTHER_CHECKSUM -> "different\t" + name(number) + "\n";
            case KNOWN_BAD, YOUNGER, REWRITTEN, FINE -> "";
        };
    }

    /** A name of some 60 characters, as experiments write them; neighbours in number are neighbours in a folder. */
    private static String name(long number) {
        String run = digits(number / 1_000, 6);
        return "lab/Raw/e" + run.substring(0, 3) + "/r" + run + "/sub" + digits(number / 250 % 4, 2) + "/physics." + run
                + ".HLT" + (1 + number % 7) + ".f" + digits(number % 1_000, 5) + ".root";
    }

    /** By hand: tens of millions of formats take minutes. */
    private static String digits(long value, int width) {
        String digits = Long.toString(value);
        return "0".repeat(width - digits.length()) + digits;
    }

    private long size(long number) {
        return 1_000_000 + (mix(seed ^ number) >>> 34);
    }

    private String adler(long number) {
        String hex = Long.toHexString(0x100000000L | mix(seed + 7 * number) >>> 32);
        return "adler32:" + hex.substring(1);
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** SplitMix64 (Steele, Lea, Flood 2014): a fixed shuffle of 64 bits. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A permutation of the numbers below n that needs no memory: a Feistel network, walked until it is below n. */
    private record Order(long n, long key, int halfBits) {
        Order(long n, long key) {
            this(n, key, (65 - Long.numberOfLeadingZeros(Math.max(1, n - 1))) / 2);
        }

        long at(long i) {
            long x = i;
            do {
                x = once(x);
            } while (x >= n);
            return x;
        }

        private long once(long x) {
            long mask = (1L << halfBits) - 1;
            long left = x >>> halfBits;
            long right = x & mask;
            for (int round = 0; round < 4; round++) {
                long next = left ^ (mix(key + right * 4 + round) & mask);
                left = right;
                right = next;
            }
            return left << halfBits | right;
        }
    }
}
