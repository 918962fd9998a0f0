package holdfast.server.config;

import holdfast.server.adoption.FileSaid;
import holdfast.server.adoption.FileSaid.CopySaid;
import holdfast.server.adoption.Opening;
import holdfast.server.embedded.TestDatabase;
import holdfast.vocabulary.Scope;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures taking over files, batch by batch, twice, and listing them; the rounds stand still. A program and no test; its one
 * word is how many batches of 1,000 files, each with two copies.
 */
final class AdoptionBench {
    private static final int BATCH = 1_000;

    private AdoptionBench() {}

    public static void main(String[] words) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int batches = words.length > 0 ? Integer.parseInt(words[0]) : 100;
        try (Laboratory lab = new Laboratory(TestDatabase.fresh(), Files.createTempDirectory("adoption-bench"))) {
            var adopting = lab.house.adopting;
            adopting.scopes()
                    .open(new Opening("bench", List.of(new Opening.ScopeSaid("raw", null)), List.of(), List.of()));
            for (String turn : List.of("first", "second")) {
                long[] nanos = new long[batches];
                long registered = 0;
                for (int i = 0; i < batches; i++) {
                    List<FileSaid> batch = batch(i);
                    long began = System.nanoTime();
                    registered += adopting.files().take(batch).files().registered();
                    nanos[i] = System.nanoTime() - began;
                }
                told(turn, nanos, registered);
            }
            long[] listed = {0};
            long began = System.nanoTime();
            adopting.status().list(new Scope("raw"), file -> listed[0]++);
            System.out.printf("listed %,d files in %.2f s%n", listed[0], (System.nanoTime() - began) / 1e9);
            began = System.nanoTime();
            var status = adopting.status().scopes().getFirst();
            System.out.printf(
                    "status of %,d copies in %.2f s%n", status.copies().all(), (System.nanoTime() - began) / 1e9);
        }
    }

    private static void told(String turn, long[] nanos, long registered) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        double all = Arrays.stream(nanos).sum() / 1e9;
        System.out.printf(
                "%s run: %,d files registered, %,.0f files a second; a batch of 1,000: median %.0f ms, slowest of a"
                        + " hundred %.0f ms%n",
                turn,
                registered,
                nanos.length * (double) BATCH / all,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private static List<FileSaid> batch(int number) {
        List<FileSaid> files = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            int file = number * BATCH + i;
            files.add(new FileSaid(
                    "raw",
                    "/lab/raw/run%05d/f%07d.dat".formatted(file / 500, file),
                    1_000L + file,
                    "%08x".formatted(file),
                    null,
                    null,
                    "root",
                    Instant.parse("2024-05-01T00:00:00Z"),
                    null,
                    List.of(
                            new CopySaid("HOME-RAW", null, "AVAILABLE", null),
                            new CopySaid("FAR-RAW", null, "AVAILABLE", null))));
        }
        return files;
    }
}
