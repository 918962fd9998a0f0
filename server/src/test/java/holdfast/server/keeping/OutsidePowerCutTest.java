package holdfast.server.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journal.Hash;
import holdfast.journal.SignedHead;
import holdfast.server.drivers.ForgettingDisk;
import holdfast.server.sql.Sequencer.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the power under the signing key, the heads and the segments, on a disk that forgets what was not synced. */
class OutsidePowerCutTest {
    private static final int SEEDS = Integer.getInteger("holdfast.powercut.seeds", 150);
    private static final int LIVES = 4;
    private static final Instant WHEN = Instant.parse("2026-05-04T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatWasKeptOutsideTheDatabaseSurvivesEveryPowerCut() throws Exception {
        String one = System.getProperty("holdfast.powercut.seed", "");
        List<Long> seeds =
                one.isEmpty() ? Stream.iterate(0L, s -> s + 1).limit(SEEDS).toList() : List.of(Long.parseLong(one));
        for (long seed : seeds) {
            Path data = Files.createTempDirectory(folder, "data");
            new Lives(data, new Random(seed)).live();
        }
        System.out.printf("power cuts: %d under key, heads and segments%n", seeds.size() * LIVES);
    }

    /** A row of lives of one data folder, and what was answered in them. */
    private static final class Lives {
        private final Path data;
        private final Random random;
        private final List<String> heads = new ArrayList<>();
        private final Map<Path, String> segments = new HashMap<>();
        private Optional<SigningKey> key = Optional.empty();
        private int size;

        Lives(Path data, Random random) {
            this.data = data;
            this.random = random;
        }

        void live() throws Exception {
            for (int life = 0; life < LIVES; life++) {
                ForgettingDisk disk = new ForgettingDisk(data);
                disk.cutAt(random.nextInt(120));
                work(disk);
                disk.comeBack(random);
                look();
            }
        }

        private void work(ForgettingDisk disk) throws GeneralSecurityException {
            try {
                SigningKey made = SigningKey.in(data.resolve("keys"), disk);
                assertThat(key.map(SigningKey::pem).orElse(made.pem())).isEqualTo(made.pem());
                key = Optional.of(made);
                Outside outside = Outside.in(data.resolve("journal"), disk);
                while (!disk.isOff()) {
                    SignedHead head = SignedHead.sign(++size, Hash.leaf(new byte[] {1}), WHEN, made.secret());
                    outside.append(head);
                    heads.add(head.text());
                    if (random.nextInt(3) == 0) {
                        String text = "segment %d\n".formatted(size).repeat(1 + random.nextInt(3_000));
                        segments.put(
                                outside.segment(size, new Tree(size + 1, head.root()), out -> out.append(text)), text);
                    }
                }
            } catch (IOException e) {
                assertThat(disk.isOff()).as("%s", e).isTrue();
            }
        }

        /** After the next start the heads are whole lines, every one that was answered among them, in their order. */
        private void look() throws IOException, GeneralSecurityException {
            ForgettingDisk disk = new ForgettingDisk(data);
            if (key.isPresent()) {
                assertThat(SigningKey.in(data.resolve("keys"), disk).pem())
                        .isEqualTo(key.get().pem());
            }
            Outside.in(data.resolve("journal"), disk);
            Path file = data.resolve("journal/heads.txt");
            List<String> found = Files.exists(file) ? Files.readAllLines(file) : List.of();
            found.forEach(SignedHead::parse);
            if (!heads.isEmpty()) {
                assertThat(found).containsSubsequence(heads);
            }
            for (Map.Entry<Path, String> segment : segments.entrySet()) {
                assertThat(segment.getKey()).hasContent(segment.getValue());
            }
            try (Stream<Path> names = Files.list(data.resolve("journal"))) {
                assertThat(names.map(p -> p.getFileName().toString())).noneMatch(n -> n.endsWith(".new"));
            }
        }
    }
}
