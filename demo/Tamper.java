import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Tampers with an evidence bundle, as somebody would who wants to hide something: {@code java demo/Tamper.java
 * one-byte|last-ten FROM TO}. Only the bundle's own files are changed; the signing key stands in none of them.
 */
final class Tamper {
    private static final String ENTRIES = "entries.txt";
    private static final String LEAVES = "leaves.txt";

    private Tamper() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> parts = read(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "one-byte" -> changeOneByte(parts);
            case "last-ten" -> dropLast(parts, 10);
            default -> throw new IllegalArgumentException("one-byte or last-ten, not " + arguments[0]);
        }
        write(parts, Path.of(arguments[2]));
    }

    /** A digit in the middle of the entries becomes another digit. */
    private static void changeOneByte(Map<String, byte[]> parts) {
        byte[] entries = parts.get(ENTRIES);
        int at = entries.length / 2;
        while (entries[at] < '0' || entries[at] > '9') {
            at++;
        }
        System.out.printf("  byte %,d of %s: '%c' becomes '%c'%n", at, ENTRIES, entries[at], entries[at] ^ 1);
        entries[at] ^= 1;
    }

    /** The last facts are cut off, and every count and list that tells of them. */
    private static void dropLast(Map<String, byte[]> parts, int facts) {
        String entries = text(parts, ENTRIES);
        String[] leaves = text(parts, LEAVES).split("\n");
        int kept = leaves.length - facts;
        int end = entries.indexOf("\n\n", entries.indexOf("\nleaf " + (kept - 1) + " ")) + 2;
        parts.put(ENTRIES, bytes(entries.substring(0, end) + "end " + kept + "\n"));
        parts.put(LEAVES, bytes(String.join("\n", java.util.Arrays.copyOf(leaves, kept)) + "\n"));
        System.out.printf("  %,d facts of %,d are left%n", kept, leaves.length);
    }

    private static String text(Map<String, byte[]> parts, String name) {
        return new String(parts.get(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> read(Path bundle) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    private static void write(Map<String, byte[]> parts, Path bundle) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
    }
}
