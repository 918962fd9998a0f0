package holdfast.server.drivers.fts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.BadDriver;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FtsSettingsTest {
    @TempDir
    private Path data;

    @Test
    void anElementGoesByFtsEvenWhereItsServerCannotCopyByItself() {
        try (ElementDriver plain = made(Map.of("third-party", "no"));
                ElementDriver byFts = made(Map.of("third-party", "no", "fts", "https://fts.example.org:8446"))) {
            assertThat(plain.thirdParty()).isEmpty();
            assertThat(byFts.thirdParty()).isPresent();
        }
    }

    @Test
    void aMalformedSettingIsRefused() {
        refused(Map.of("fts", "fts.example.org"), "an address such as");
        refused(Map.of("fts", "https://fts.example.org", "fts-job", "0"), "a number from 1");
        refused(Map.of("fts", "https://fts.example.org", "fts-poll", "soon"), "fts-poll");
        refused(Map.of("fts-poll", "5 s"), "fts-poll");
    }

    private void refused(Map<String, String> settings, String says) {
        assertThatThrownBy(() -> made(settings)).isInstanceOf(BadDriver.class).hasMessageContaining(says);
    }

    private ElementDriver made(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("url", "https://se.example.org:1094/data");
        Start start = new Start(UUID.randomUUID(), Instant.EPOCH);
        return new DriverCatalogue(data, start, new Disk(), Map.of(WebDavKind.NAME, new WebDavKind(data, start, false)))
                .driverOf(new StorageElement(
                        new StorageName("LAB"),
                        new SiteName("HERE"),
                        new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Use.IN_USE,
                        Optional.empty(),
                        new DriverChoice("webdav", settings)));
    }
}
