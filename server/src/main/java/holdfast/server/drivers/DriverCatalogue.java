package holdfast.server.drivers;

import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.TapeLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the driver of a storage element from what the sites file says of it.
 *
 * <p>Kind {@code posix}: {@code root} (a folder; relative ones lie in the data directory), {@code answers-within} (10 s),
 * {@code reads-for-checks} ({@code direct} past the page cache where that can be done, or {@code cached}).
 *
 * <p>Kind {@code tape}: {@code root}, {@code answers-within}, {@code migrate} ({@code at-once} or {@code later}),
 * {@code online-for} (0 s), {@code mount} (50 ms), {@code seek} (0 s), {@code rate} (bytes a second; as fast as it goes),
 * {@code cartridge-size} (1 GiB), {@code recall-limit} (10 min); drives and cartridges are the element's own.
 *
 * <p>Kinds that live in packages of their own are handed in; each says its settings there.
 */
public final class DriverCatalogue {
    private final Path data;
    private final Start start;
    private final Disk disk;
    private final Map<String, DriverKind> others;

    public DriverCatalogue(Path data, Start start) {
        this(data, start, new Disk(), Map.of());
    }

    /**
     * Drivers that reach their folders through this port, and further kinds.
     *
     * @param others by the names that the sites file has for them
     */
    public DriverCatalogue(Path data, Start start, Disk disk, Map<String, DriverKind> others) {
        this.data = data.toAbsolutePath().normalize();
        this.start = start;
        this.disk = disk;
        this.others = Map.copyOf(others);
    }

    /**
     * A new driver, to be initialised once and kept.
     *
     * @throws BadDriver when its kind or a setting is unknown, missing or malformed
     */
    public ElementDriver driverOf(StorageElement element) {
        DriverSettings settings = new DriverSettings(element);
        ElementDriver driver = switch (element.driver().kind()) {
            case "posix" -> posix(element, settings);
            case "tape" -> tape(element, settings);
            case String other -> other(other, element, settings);
        };
        return driver;
    }

    private ElementDriver other(String kind, StorageElement element, DriverSettings settings) {
        DriverKind known = others.get(kind);
        if (known == null) {
            Set<String> kinds = new TreeSet<>(others.keySet());
            kinds.addAll(Set.of("posix", "tape"));
            throw new BadDriver(
                    element, "there is no driver '%s'; write one of %s".formatted(kind, String.join(", ", kinds)));
        }
        return known.driver(element, settings);
    }

    private ElementDriver posix(StorageElement element, DriverSettings settings) {
        PosixDriver.Settings chosen = new PosixDriver.Settings(
                data.resolve(settings.text("root")),
                settings.time("answers-within", PosixDriver.Settings.ANSWERS_WITHIN),
                settings.isFirst("reads-for-checks", "direct", "cached"));
        settings.end();
        return new PosixDriver(element.name(), chosen, start, disk);
    }

    private ElementDriver tape(StorageElement element, DriverSettings settings) {
        TapeLibrary library = element.library()
                .orElseThrow(() -> new BadDriver(element, "a tape driver needs the element's drives and cartridges"));
        TapeSettings chosen = new TapeSettings(
                data.resolve(settings.text("root")),
                settings.time("answers-within", PosixDriver.Settings.ANSWERS_WITHIN),
                new TapeSettings.Library(
                        library.drives(),
                        library.cartridges(),
                        settings.time("mount", TapeSettings.Library.MOUNT),
                        settings.time("seek", Duration.ZERO),
                        settings.size("rate")),
                settings.isFirst("migrate", "at-once", "later"),
                settings.time("online-for", Duration.ZERO),
                settings.size("cartridge-size").orElse(TapeSettings.CARTRIDGE_BYTES),
                settings.time("recall-limit", TapeSettings.RECALL_LIMIT));
        settings.end();
        return new TapeDriver(element.name(), chosen, start, disk);
    }
}
