package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power under each driver on a disk that forgets what was not synced, opens the element again, and looks: what
 * was answered is so, nothing is half there, nothing lies there that nothing explains. Each seed is a row of short lives;
 * each ends at a random call of the disk, by a power cut or by a kill of the process alone, which leaves what was not
 * synced to be forgotten at the next cut. {@code holdfast.powercut.seeds} says how many, {@code holdfast.powercut.seed} names
 * one.
 */
class PowerCutTest {
    private static final int SEEDS = Integer.getInteger("holdfast.powercut.seeds", 150);
    private static final int LIVES = 3;
    private static final List<ElementUnderTest> ELEMENTS =
            List.of(ElementUnderTest.POSIX, ElementUnderTest.TAPE_AT_ONCE, ElementUnderTest.TAPE_LATER);

    @TempDir
    Path folder;

    private int cuts;

    @Test
    void whatWasAnsweredSurvivesEveryPowerCut() throws IOException {
        long began = System.nanoTime();
        List<String> broken = new ArrayList<>();
        String one = System.getProperty("holdfast.powercut.seed", "");
        for (ElementUnderTest element : ELEMENTS) {
            for (long seed : one.isEmpty() ? seeds() : List.of(Long.parseLong(one))) {
                List<String> found = lives(element, seed, ForgettingDisk.LeftOut.NOTHING);
                if (!found.isEmpty()) {
                    broken.add("%s, replay: make crash CUT=%d%n  %s"
                            .formatted(element, seed, String.join(System.lineSeparator() + "  ", found)));
                }
            }
        }
        System.out.printf(
                "power cuts: %d of %d elements over %d seeds; %d s%n",
                cuts, ELEMENTS.size(), SEEDS, (System.nanoTime() - began) / 1_000_000_000);
        assertThat(broken).isEmpty();
    }

    /** Each kind of sync that is left out is found out, so the power cuts can tell. */
    @Test
    void aDriverThatDoesNotWaitForTheMediumIsFound() throws IOException {
        for (ForgettingDisk.LeftOut left : ForgettingDisk.LeftOut.values()) {
            List<String> broken = new ArrayList<>();
            for (long seed = 0; seed < 200 && broken.isEmpty(); seed++) {
                broken.addAll(lives(ElementUnderTest.POSIX, seed, left));
            }
            assertThat(broken.isEmpty()).as(left.name()).isEqualTo(left == ForgettingDisk.LeftOut.NOTHING);
        }
    }

    private static List<Long> seeds() {
        return Stream.iterate(0L, s -> s + 1).limit(SEEDS).toList();
    }

    private List<String> lives(ElementUnderTest element, long seed, ForgettingDisk.LeftOut left) throws IOException {
        Random random = new Random(seed * 31 + element.ordinal());
        Path root = Files.createTempDirectory(folder, "element");
        Witness witness = new Witness();
        ForgettingDisk disk = new ForgettingDisk(root, left);
        boolean marked = false;
        for (int life = 0; life < LIVES; life++) {
            disk.cutAt(random.nextInt(life == 0 ? 300 : 160));
            marked |= live(element, root, disk, marked, random, witness);
            if (random.nextInt(3) == 0) {
                continue;
            }
            cuts++;
            disk.comeBack(random);
            disk = new ForgettingDisk(root, left);
            List<String> broken = look(element, root, disk, marked, witness);
            if (!broken.isEmpty()) {
                return broken;
            }
            marked = true;
        }
        return List.of();
    }

    /** Some random work until the disk says no more, or the work is done. Answers whether the element was marked. */
    private static boolean live(
            ElementUnderTest element, Path root, ForgettingDisk disk, boolean marked, Random random, Witness witness) {
        try (ElementDriver driver = element.driver(root, disk, start())) {
            if (driver.initialise(!marked) instanceof Initialised.Refused) {
                return false;
            }
            boolean answered = !disk.isOff();
            for (int i = 0; i < 12 && !disk.isOff(); i++) {
                witness.act(element, driver, disk, random);
            }
            return answered;
        }
    }

    private static Start start() {
        // A later start than that of any file in a test: what is left of others is old.
        return new Start(UUID.randomUUID(), Instant.now().plusSeconds(86_400));
    }

    private List<String> look(ElementUnderTest element, Path root, ForgettingDisk disk, boolean marked, Witness witness)
            throws IOException {
        List<String> broken = new ArrayList<>();
        try (ElementDriver driver = element.driver(root, disk, start())) {
            if (driver.initialise(!marked) instanceof Initialised.Refused refused) {
                return List.of("it does not start again: " + refused.why());
            }
            Set<String> present = new HashSet<>();
            for (String name : Witness.NAMES) {
                byte[] bytes = bytes(driver, name, broken);
                if (bytes != null) {
                    present.add(name);
                }
                witness.compare(name, bytes).ifPresent(broken::add);
                witness.settle(name, bytes);
            }
            Set<String> listed = new HashSet<>();
            driver.list(file -> listed.add(file.path().path()));
            if (!listed.equals(present)) {
                broken.add("listed are " + listed + ", present " + present);
            }
            broken.addAll(element.unexplained(root, present));
        }
        return broken;
    }

    private static byte @org.jspecify.annotations.Nullable [] bytes(
            ElementDriver driver, String name, List<String> broken) {
        var path = new holdfast.vocabulary.StoragePath(name);
        if (!(driver.look(path) instanceof Seen.Present)) {
            return null;
        }
        Recalled recalled = driver.recall(List.of(path)).get(path);
        try (var in = driver.open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            broken.add(name + " is present and cannot be opened (" + recalled + "): " + e.getMessage());
            return new byte[0];
        } finally {
            driver.evict(List.of(path));
        }
    }
}
