package holdfast.server.drivers;

import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Adler32;

/**
 * Measures the digest pass and the writing of many small files, side by side with what they are compared to, medians of
 * five. A program and no test: {@code bench/digests}.
 */
final class DriverBench {
    private static final int ROUNDS = 5;
    private static final int LARGE = 256 * 1024 * 1024;
    private static final int FILES = 20_000;
    private static final int SMALL = 4_096;

    private DriverBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "bench-");
        try {
            digests(folder);
            manyFiles(folder);
        } finally {
            remove(folder);
        }
    }

    private static void digests(Path folder) throws Exception {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("large"), bytes);
        System.out.printf("%nDigest pass over %d MiB, page cache warm, medians of %d%n", LARGE >> 20, ROUNDS);
        double best = rate("JDK, one thread, in memory: adler32 + md5 + sha256", () -> bare(bytes));
        double pass = rate("DigestingStream over a file: all three", () -> stream(file, DigestPass.ALL));
        double lanes = rate("DigestingStream in two lanes: all three", () -> lanes(file));
        double scrub = rate("DigestingStream: adler32 + sha256", () -> stream(file, scrubbed()));
        double direct = rate("the same past the page cache", () -> direct(file));
        double tools = rate("sha256sum, then md5sum", () -> tools(file));
        System.out.printf(
                "  pass / best JDK %.2f   lanes / pass %.2f   pass / tools %.2f%n",
                pass / best, lanes / pass, pass / tools);
        System.out.printf(
                "  adler32 + sha256 / pass %.2f   past the cache / cached %.2f%n", scrub / pass, direct / scrub);
    }

    private static void manyFiles(Path folder) throws Exception {
        System.out.printf("%n%d files of %d bytes, durable, in 200 folders%n", FILES, SMALL);
        double each = files("write, one after another", folder, "one", FILES / 20, 1);
        double batch = files("writeAll, 500 at a time", folder, "some", FILES, 500);
        double large = files("writeAll, 5,000 at a time", folder, "many", FILES, 5_000);
        System.out.printf("  writeAll(500) / write %.1f   writeAll(5,000) / write %.1f%n", batch / each, large / each);
    }

    private static double files(String what, Path folder, String name, int count, int together) {
        PosixDriver driver = new PosixDriver(
                new StorageName("BENCH"),
                PosixDriver.Settings.of(folder.resolve(name)),
                new Start(UUID.randomUUID(), Instant.EPOCH));
        driver.initialise(true);
        byte[] bytes = new byte[SMALL];
        long begin = System.nanoTime();
        for (int from = 0; from < count; from += together) {
            List<NewBytes> batch = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + together); i++) {
                StoragePath path = new StoragePath("e%02d/r%03d/f%06d".formatted(i % 10, i % 200, i));
                batch.add(new NewBytes(path, new ByteSize(SMALL), new ByteArrayInputStream(bytes)));
            }
            if (!driver.writeAll(batch).stream().allMatch(Written.Done.class::isInstance)) {
                throw new IllegalStateException("a write was not done");
            }
        }
        double perSecond = count / ((System.nanoTime() - begin) / 1e9);
        System.out.printf("  %-55s %8.0f files/s%n", what, perSecond);
        return perSecond;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double rate(String what, Work work) throws Exception {
        double[] rates = new double[ROUNDS];
        work.run();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            rates[i] = LARGE / 1e9 / ((System.nanoTime() - begin) / 1e9);
        }
        Arrays.sort(rates);
        System.out.printf("  %-55s %8.2f GB/s%n", what, rates[ROUNDS / 2]);
        return rates[ROUNDS / 2];
    }

    private static void bare(byte[] bytes) throws Exception {
        Adler32 adler32 = new Adler32();
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        adler32.update(bytes);
        md5.update(bytes);
        sha256.update(bytes);
        md5.digest();
        sha256.digest();
    }

    private static void stream(Path file, Set<Algorithm> algorithms) throws IOException {
        drain(new DigestingStream(new Disk().read(file), algorithms));
    }

    private static void lanes(Path file) throws IOException {
        drain(new DigestingStream(new Disk().read(file), DigestPass.inLanes(DigestPass.ALL)));
    }

    private static void direct(Path file) throws IOException {
        drain(new DigestingStream(DirectReads.of(file), scrubbed()));
    }

    private static Set<Algorithm> scrubbed() {
        return Set.of(Algorithm.ADLER32, Algorithm.SHA256);
    }

    private static void drain(DigestingStream stream) throws IOException {
        byte[] buffer = new byte[DigestPass.BUFFER];
        try (stream) {
            while (stream.read(buffer) >= 0) {
                continue;
            }
            stream.measured();
        }
    }

    private static void tools(Path file) throws Exception {
        for (String tool : List.of("sha256sum", "md5sum")) {
            Process process = new ProcessBuilder(tool, file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " failed");
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.toList();
        }
        for (Path each : inside.reversed()) {
            Files.delete(each);
        }
    }
}
