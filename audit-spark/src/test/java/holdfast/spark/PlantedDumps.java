package holdfast.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Two small dumps by one seed, in which differences are planted whose number is known. */
final class PlantedDumps {
    private static final String ADLER = "adler32:%08x";

    final List<String> recorded = new ArrayList<>();
    final List<String> listed = new ArrayList<>();
    private final Random random;
    long missing;
    long dark;
    long different;

    PlantedDumps(long seed, int files) {
        random = new Random(seed);
        for (int i = 0; i < files; i++) {
            String folder = random.nextInt(9) == 0 ? "\uD83D\uDE00\uFF5E" : "run" + random.nextInt(7);
            file("lab/" + folder + "/" + Integer.toString(i, 36));
        }
        Collections.shuffle(recorded, random);
        Collections.shuffle(listed, random);
    }

    private void file(String plain) {
        int writing = random.nextInt(10) == 0 ? 1 + random.nextInt(12) : 0;
        String path = writing == 0 ? plain : ".rewritten-" + writing + "/" + plain;
        String digest = ADLER.formatted(random.nextInt());
        int size = random.nextInt(1_000_000);
        switch (random.nextInt(10)) {
            case 0 -> {
                missing++;
                row(path, plain, size, digest, "PROVED");
            }
            case 1 -> {
                dark++;
                listed.add(path + "\t" + size + "\t" + digest);
            }
            case 2 -> {
                different++;
                row(path, plain, size, digest, "ARRIVED");
                listed.add(path + "\t" + (size + 1) + "\t-");
            }
            case 3 -> {
                different++;
                row(path, plain, size, digest, "SUSPECT");
                listed.add(path + "\t" + size + "\tadler32:" + (digest.endsWith("0") ? "00000001" : "00000000"));
            }
            case 4 -> row(path, plain, size, digest, "RELEASED");
            default -> {
                row(path, plain, size, digest, "PROVED");
                listed.add(path + "\t" + size + "\t" + (random.nextBoolean() ? digest : "-"));
                if (writing > 0) {
                    // An older writing that the recorded one took the place of.
                    listed.add(plain + "\t" + size + "\t-");
                }
            }
        }
    }

    private void row(String path, String plain, int size, String digest, String state) {
        recorded.add(String.join(
                "\t", path, Integer.toString(size), digest, state, "2026-05-01T00:00:00Z", "raw:/" + plain));
    }

    Path catalogue(Path file) throws IOException {
        return write(file, "#holdfast-catalogue-dump 1\tLAB-DISK\t2026-05-04T09:00:00Z\tunsorted", recorded);
    }

    Path listing(Path file) throws IOException {
        return write(file, "#holdfast-listing-dump 1\tLAB-DISK\t2026-05-04T08:00:00Z\tunsorted", listed);
    }

    static Path write(Path file, String header, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(rows);
        lines.addFirst(header);
        lines.add("#end\t" + rows.size());
        return Files.write(file, lines);
    }
}
