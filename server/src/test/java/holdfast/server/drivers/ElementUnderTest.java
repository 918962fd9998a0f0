package holdfast.server.drivers;

import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The elements whose power is cut. */
enum ElementUnderTest {
    POSIX,
    TAPE_AT_ONCE,
    TAPE_LATER;

    private static final StorageName NAME = new StorageName("TRIED");

    ElementDriver driver(Path root, Disk disk, Start start) {
        if (this == POSIX) {
            return new PosixDriver(NAME, PosixDriver.Settings.of(root), start, disk);
        }
        TapeSettings settings = TapeSettings.of(
                        root, new TapeSettings.Library(1, 40, Duration.ZERO, Duration.ZERO, OptionalLong.empty()))
                .migratingAtOnce(this == TAPE_AT_ONCE)
                .cartridgesOf(4_000);
        return new TapeDriver(NAME, settings, start, disk);
    }

    /** Files below the root that are neither present under their names nor the driver's own. */
    List<String> unexplained(Path root, Set<String> present) throws IOException {
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String place = root.relativize(file).toString();
                if (!isExplained(root, place, present)) {
                    left.add("nothing explains " + place);
                }
            }
        }
        return left;
    }

    private boolean isExplained(Path root, String place, Set<String> present) throws IOException {
        if (place.equals(MarkText.FILE)) {
            return true;
        }
        if (this == POSIX) {
            return present.contains(place);
        }
        String[] parts = place.split("/", 3);
        return switch (parts[0]) {
            case ".holdfast-lock", "index" -> true;
            case "online" -> present.contains(place.substring("online/".length()));
            case "cartridges" -> hasLine(root, parts[1], Long.parseLong(parts[2]));
            default -> false;
        };
    }

    private static boolean hasLine(Path root, String cartridge, long position) throws IOException {
        return Files.readAllLines(root.resolve("index").resolve(cartridge)).stream()
                .map(line -> line.split("\t", 4))
                .anyMatch(line -> !line[0].equals("-") && Long.parseLong(line[1]) == position);
    }
}
