package holdfast.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.config.Ports;
import holdfast.server.drivers.ForgettingDisk;
import holdfast.server.embedded.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole scenario on a disk that forgets: the power of the machine with the elements and the data folder fails at a
 * call of the disk that a seed picks, that of the database does not. {@code holdfast.crash.cuts} says how many.
 */
class HousePowerCutTest {
    private static final int CUTS = Integer.getInteger("holdfast.crash.cuts", 6);

    @TempDir
    Path folder;

    @Test
    void aHouseWhosePowerFailsLosesNothingAndTheWorkGoesOn() throws Exception {
        long began = System.nanoTime();
        int calls = live(Integer.MAX_VALUE, 0).calls;
        List<String> broken = new ArrayList<>();
        int acknowledged = 0;
        String one = System.getProperty("holdfast.powercut.seed", "");
        for (long seed = one.isEmpty() ? 0 : Long.parseLong(one);
                seed < (one.isEmpty() ? CUTS : Long.parseLong(one) + 1);
                seed++) {
            Lived lived = live(new Random(seed).nextInt(calls), seed);
            acknowledged += lived.heard.acknowledged();
            if (!lived.broken.isEmpty()) {
                broken.add("replay: make crash CUT=%d%n  %s"
                        .formatted(seed, String.join(System.lineSeparator() + "  ", lived.broken)));
            }
        }
        System.out.printf(
                "power cuts of a whole house: %d of %d places, %d acknowledgements kept; %d s%n",
                CUTS, calls, acknowledged, (System.nanoTime() - began) / 1_000_000_000);
        assertThat(broken).isEmpty();
    }

    private record Lived(int calls, Child.Heard heard, List<String> broken) {}

    private Lived live(int cutAt, long seed) throws Exception {
        Path place = Files.createTempDirectory(folder, "house");
        Path data = Files.createDirectory(place.resolve("data"));
        ForgettingDisk disk = new ForgettingDisk(data);
        disk.cutAt(cutAt);
        Child.Heard heard = new Child.Heard();
        try (TestDatabase database = Trial.migrated()) {
            String url = Trial.address(database);
            live(place, url, disk, heard);
            int calls = disk.calls();
            disk.comeBack(new Random(seed));
            return new Lived(calls, heard, Trial.recover(place, url, heard));
        }
    }

    private static void live(Path place, String url, ForgettingDisk disk, Child.Heard heard) {
        Says says = new Says(heard::take);
        Failpoints points = new Failpoints(Failpoints.Chosen.NONE, () -> {}, () -> {
            if (disk.isOff()) {
                throw new PowerOff();
            }
        });
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        Ports ports = new Crashing(points, says).ports(ahead);
        Ports forgetful = new Ports(disk, ports.database(), ports.clock(), ports.drivers(), ports.journal());
        try {
            new Scenario(place, url, forgetful, ahead, says).live();
        } catch (Exception e) {
            // The machine is off; what it would have said nobody hears.
            if (!disk.isOff()) {
                heard.take("failed by itself: " + e);
                throw new IllegalStateException("the house failed before its power was cut", e);
            }
        }
    }

    /** Nothing runs on a machine without power. */
    private static final class PowerOff extends RuntimeException {
        private static final long serialVersionUID = 1;

        PowerOff() {
            super("the power is off");
        }
    }
}
