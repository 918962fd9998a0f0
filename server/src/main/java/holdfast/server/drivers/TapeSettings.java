package holdfast.server.drivers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A tape library over a folder.
 *
 * @param migratesAtOnce whether a write answers only when the file is on its cartridge
 * @param onlineFor how long a copy stays online after its migration; zero: not at all
 * @param cartridgeBytes how much a cartridge takes; a larger file has one of its own
 */
record TapeSettings(
        Path root,
        Duration answersWithin,
        Library library,
        boolean migratesAtOnce,
        Duration onlineFor,
        long cartridgeBytes,
        Duration recallLimit) {

    static final long CARTRIDGE_BYTES = 1L << 30;
    static final Duration RECALL_LIMIT = Duration.ofMinutes(10);

    TapeSettings {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The library's parts and how slow they are.
     *
     * @param mount the time to put a cartridge into a drive
     * @param seek the time to find a file on it
     * @param bytesPerSecond the rate of a drive; empty: as fast as the disk below
     */
    record Library(int drives, int cartridges, Duration mount, Duration seek, OptionalLong bytesPerSecond) {
        static final Duration MOUNT = Duration.ofMillis(50);

        static Library of(int drives, int cartridges) {
            return new Library(drives, cartridges, MOUNT, Duration.ZERO, OptionalLong.empty());
        }
    }

    static TapeSettings of(Path root, Library library) {
        return new TapeSettings(
                root, PosixDriver.Settings.ANSWERS_WITHIN, library, true, Duration.ZERO, CARTRIDGE_BYTES, RECALL_LIMIT);
    }

    TapeSettings migratingAtOnce(boolean atOnce) {
        return new TapeSettings(root, answersWithin, library, atOnce, onlineFor, cartridgeBytes, recallLimit);
    }

    TapeSettings cartridgesOf(long bytes) {
        return new TapeSettings(root, answersWithin, library, migratesAtOnce, onlineFor, bytes, recallLimit);
    }

    TapeSettings keepingOnlineFor(Duration time) {
        return new TapeSettings(root, answersWithin, library, migratesAtOnce, time, cartridgeBytes, recallLimit);
    }

    TapeSettings recallingWithin(Duration time) {
        return new TapeSettings(root, answersWithin, library, migratesAtOnce, onlineFor, cartridgeBytes, time);
    }
}
