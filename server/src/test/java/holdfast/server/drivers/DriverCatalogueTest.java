package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.TapeLibrary;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverCatalogueTest {
    @TempDir
    private Path data;

    @Test
    void aRelativeRootLiesInTheDataDirectory() {
        try (ElementDriver driver = made("posix", Map.of("root", "elements/LAB-DISK"), Optional.empty())) {
            driver.initialise(true);
        }
        assertThat(data.resolve("elements/LAB-DISK/.holdfast-element"))
                .content()
                .contains("name LAB");
    }

    @Test
    void aTapeTakesItsDrivesFromTheElement() {
        Map<String, String> settings =
                Map.of("root", "t", "mount", "10 ms", "rate", "300 MB", "online-for", "5 s", "cartridge-size", "12 TB");
        try (ElementDriver driver = made("tape", settings, Optional.of(new TapeLibrary(3, 9)))) {
            driver.initialise(true);
            assertThat(driver.workingDrives()).contains(3);
        }
    }

    @Test
    void anUnknownSettingIsRefusedAndTheKnownOnesNamed() {
        assertThatThrownBy(() -> made("posix", Map.of("root", "r", "rooot", "r"), Optional.empty()))
                .isInstanceOf(BadDriver.class)
                .hasMessageContainingAll("LAB", "rooot", "answers-within", "root");
    }

    @Test
    void aMissingRootAndAnUnknownKindAreRefused() {
        assertThatThrownBy(() -> made("posix", Map.of(), Optional.empty())).hasMessageContaining("'root' is missing");
        assertThatThrownBy(() -> made("floppy", Map.of("root", "r"), Optional.empty()))
                .hasMessageContaining("no driver 'floppy'; write one of posix, tape");
        assertThatThrownBy(() -> made("tape", Map.of("root", "r"), Optional.empty()))
                .hasMessageContaining("drives and cartridges");
    }

    @Test
    void aMalformedSettingIsRefusedWithAnExample() {
        Optional<TapeLibrary> library = Optional.of(new TapeLibrary(1, 1));
        assertThatThrownBy(() -> made("tape", Map.of("root", "r", "mount", "soon"), library))
                .hasMessageContaining("50 ms");
        assertThatThrownBy(() -> made("tape", Map.of("root", "r", "rate", "5 MB/s"), library))
                .hasMessageContaining("100 MB");
        assertThatThrownBy(() -> made("tape", Map.of("root", "r", "migrate", "never"), library))
                .hasMessageContaining("'at-once' or 'later'");
    }

    private ElementDriver made(String kind, Map<String, String> settings, Optional<TapeLibrary> library) {
        StorageElement element = new StorageElement(
                new StorageName("LAB"),
                new SiteName("HERE"),
                new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Use.IN_USE,
                library,
                new DriverChoice(kind, settings));
        return new DriverCatalogue(data, new Start(UUID.randomUUID(), Instant.EPOCH)).driverOf(element);
    }
}
