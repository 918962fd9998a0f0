import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.Adler32;

/**
 * Writes the dump of a Rucio of so many files in datasets of 1,000, an earlier dump of some of them that says other things,
 * the list of the conflicts planted so, and the bytes of some files below an element's root. It knows the format from
 * docs/reference/adopt-dump.md only and uses no code of the project.
 * usage: java bench/adopt/AdoptDumps.java FILES FOLDER ELEMENT ROOT
 */
class AdoptDumps {
    private static final int IN_DATASET = 1_000;
    private static final int IN_CONTAINER = 100;
    private static final String SCOPE = "instrument";

    /** What the earlier dump says otherwise, or what this one says that cannot be. */
    private enum Planted {
        BYTES,
        ADLER32,
        MD5,
        RSE
    }

    private final int files;
    private final int every;
    private final int near;
    private final Path folder;
    private final String element;

    private AdoptDumps(int files, Path folder, String element) {
        this.files = files;
        this.every = Math.max(50, Math.min(1_000, files / 100));
        this.near = Math.min(1_000, files / 10);
        this.folder = folder;
        this.element = element;
    }

    public static void main(String[] arguments) throws IOException {
        var dumps = new AdoptDumps(Integer.parseInt(arguments[0]), Path.of(arguments[1]), arguments[2]);
        dumps.frame("earlier");
        dumps.frame("full");
        dumps.dids("earlier");
        dumps.dids("full");
        dumps.collections();
        dumps.planted();
        dumps.bytes(Path.of(arguments[3]));
    }

    private interface Lines {
        void write(BufferedWriter out) throws IOException;
    }

    private void file(String dump, String name, Lines lines) throws IOException {
        Path place = Files.createDirectories(folder.resolve(dump)).resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(place)) {
            lines.write(out);
        }
    }

    /** Scopes, accounts and elements; empty files of the rest. */
    private void frame(String dump) throws IOException {
        file(dump, "scopes.jsonl", out -> out.write("{\"scope\":\"" + SCOPE + "\",\"account\":\"prod\"}\n"));
        file(dump, "accounts.jsonl", out -> out.write("{\"account\":\"prod\",\"account_type\":\"SERVICE\"}\n"));
        file(dump, "rses.jsonl", out -> {
            for (String rse : new String[] {"SITE-A", "SITE-B", element}) {
                out.write(
                        "{\"rse\":\"%s\",\"rse_type\":\"DISK\",\"deterministic\":true,\"attributes\":{\"tier\":\"1\"}}%n"
                                .formatted(rse));
            }
        });
        for (String empty : new String[] {"contents", "rules", "locks"}) {
            file(dump, empty + ".jsonl", out -> {});
        }
    }

    private boolean isPlanted(int i) {
        return i >= near && i % every == 7;
    }

    private Planted kind(int i) {
        return Planted.values()[i / every % Planted.values().length];
    }

    /** Names as a production writes them, in the order of their bytes. */
    private static String name(int i) {
        return "/lab/mc/release-08-00-05/prod%06d/sub%05d/mc_generic_task%010d.mdst.root"
                .formatted(i / (IN_DATASET * IN_CONTAINER), i / IN_DATASET, i);
    }

    private static String dataset(int d) {
        return "/lab/mc/sets/set%06d".formatted(d);
    }

    private static String container(int c) {
        return "/lab/mc/boxes/box%05d".formatted(c);
    }

    private byte[] content(int i) {
        return "bytes of file %08d%n".formatted(i).getBytes(StandardCharsets.UTF_8);
    }

    private String did(int i, boolean earlier) {
        boolean isNear = i < near;
        Adler32 adler = new Adler32();
        adler.update(content(i));
        long bytes = isNear ? content(i).length : 1_000_000L + i;
        long sum = isNear ? adler.getValue() : i * 2_654_435_761L & 0xffffffffL;
        String md5 = isNear ? md5(content(i)) : "%032x".formatted(i);
        if (earlier) {
            switch (kind(i)) {
                case BYTES -> bytes++;
                case ADLER32 -> sum ^= 1;
                case MD5 -> md5 = "%032x".formatted(i + 1);
                case RSE -> {}
            }
        }
        return ("{\"scope\":\"%s\",\"name\":\"%s\",\"account\":\"prod\",\"did_type\":\"F\",\"bytes\":%d,\"adler32\":\"%08x\",\"md5\":\"%s\",\"events\":%d,\"created_at\":\"2024-03-02T01:%02d:%02d\"}\n")
                .formatted(SCOPE, name(i), bytes, sum, md5, i % 5_000, i / 60 % 60, i % 60);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String replica(int i, String rse) {
        return "{\"scope\":\"%s\",\"name\":\"%s\",\"rse\":\"%s\",\"path\":null,\"state\":\"A\",\"created_at\":\"2024-03-02T02:00:00\"}\n"
                .formatted(SCOPE, name(i), rse);
    }

    private void dids(String dump) throws IOException {
        boolean earlier = dump.equals("earlier");
        int[] dids = {0};
        int[] replicas = {0};
        file(dump, "dids.jsonl", out -> {
            for (int c = 0; !earlier && c < containers(); c++) {
                out.write(collection(container(c), "C"));
            }
            for (int i = 0; i < files; i++) {
                if (!earlier || isPlanted(i)) {
                    out.write(did(i, earlier));
                    dids[0]++;
                }
            }
            for (int d = 0; !earlier && d < datasets(); d++) {
                out.write(collection(dataset(d), "D"));
            }
        });
        file(dump, "replicas.jsonl", out -> {
            for (int i = 0; i < files; i++) {
                if (earlier && !isPlanted(i)) {
                    continue;
                }
                for (String rse : rses(i, earlier)) {
                    out.write(replica(i, rse));
                    replicas[0]++;
                }
            }
        });
        int others = earlier ? 0 : containers() + datasets();
        file(dump, "counts.jsonl", out -> {
            out.write("{\"file\":\"dids.jsonl\",\"rows\":%d,\"files\":%d}%n".formatted(dids[0] + others, dids[0]));
            out.write("{\"file\":\"replicas.jsonl\",\"rows\":%d}%n".formatted(replicas[0]));
        });
        System.out.printf(
                Locale.ROOT,
                "%s: %,d files, %,d copies, %,d MB%n",
                dump,
                dids[0],
                replicas[0],
                (Files.size(folder.resolve(dump + "/dids.jsonl"))
                                + Files.size(folder.resolve(dump + "/replicas.jsonl")))
                        / 1_000_000);
    }

    private String[] rses(int i, boolean earlier) {
        if (i < near) {
            return new String[] {element, "SITE-A", "SITE-B"};
        }
        return !earlier && isPlanted(i) && kind(i) == Planted.RSE
                ? new String[] {"NOWHERE", "SITE-A", "SITE-B"}
                : new String[] {"SITE-A", "SITE-B"};
    }

    private int datasets() {
        return (files + IN_DATASET - 1) / IN_DATASET;
    }

    private int containers() {
        return (datasets() + IN_CONTAINER - 1) / IN_CONTAINER;
    }

    private static String collection(String name, String type) {
        return ("{\"scope\":\"%s\",\"name\":\"%s\",\"account\":\"prod\",\"did_type\":\"%s\",\"is_open\":%s,\"monotonic\":false,\"created_at\":\"2024-03-01T00:00:00\"}\n")
                .formatted(SCOPE, name, type, type.equals("C"));
    }

    /** What the collections hold, a rule for each dataset with the two elements that it holds, a rule for some files. */
    private void collections() throws IOException {
        file("full", "contents.jsonl", out -> {
            for (int d = 0; d < datasets(); d++) {
                out.write(content(container(d / IN_CONTAINER), dataset(d)));
            }
            for (int i = 0; i < files; i++) {
                out.write(content(dataset(i / IN_DATASET), name(i)));
            }
        });
        file("full", "rules.jsonl", out -> {
            for (int d = 0; d < datasets(); d++) {
                out.write(rule(d, dataset(d), "D", 2));
                out.write(rule(datasets() + d, name(d * IN_DATASET), "F", 1));
            }
        });
        file("full", "locks.jsonl", out -> {
            for (int d = 0; d < datasets(); d++) {
                out.write(lock(d, dataset(d), "D", "SITE-A"));
                out.write(lock(d, dataset(d), "D", "SITE-B"));
                out.write(lock(datasets() + d, name(d * IN_DATASET), "F", "SITE-A"));
            }
        });
    }

    private static String content(String parent, String child) {
        return "{\"scope\":\"%s\",\"name\":\"%s\",\"child_scope\":\"%s\",\"child_name\":\"%s\"}\n"
                .formatted(SCOPE, parent, SCOPE, child);
    }

    private static String rule(int number, String name, String type, int copies) {
        return ("{\"id\":\"%032x\",\"account\":\"prod\",\"scope\":\"%s\",\"name\":\"%s\",\"did_type\":\"%s\",\"copies\":%d,\"rse_expression\":\"SITE-A|SITE-B\",\"grouping\":\"D\",\"locked\":false,\"state\":\"O\",\"created_at\":\"2024-03-03T00:00:00\",\"expires_at\":\"2030-01-01T00:00:00\"}\n")
                .formatted(0x1000_0000_0000L + number, SCOPE, name, type, copies);
    }

    private static String lock(int rule, String name, String type, String rse) {
        return "{\"rule_id\":\"%032x\",\"scope\":\"%s\",\"name\":\"%s\",\"did_type\":\"%s\",\"rse\":\"%s\",\"state\":\"O\"}\n"
                .formatted(0x1000_0000_0000L + rule, SCOPE, name, type, rse);
    }

    private void planted() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("planted.tsv"))) {
            for (int i = 0; i < files; i++) {
                if (isPlanted(i)) {
                    out.write(kind(i).name().toLowerCase(Locale.ROOT) + "\t" + name(i) + "\n");
                }
            }
        }
    }

    /** The first files lie on the element, so that there is something to read. */
    private void bytes(Path root) {
        try {
            for (int i = 0; i < near; i++) {
                Path place = root.resolve(SCOPE + name(i));
                Files.createDirectories(place.getParent());
                Files.write(place, content(i));
            }
        } catch (IOException bad) {
            throw new UncheckedIOException(bad);
        }
    }
}
