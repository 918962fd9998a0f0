package holdfast.server.drivers.fts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.drivers.BadDriver;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DriverCatalogue;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.taperest.TapeRestKind;
import holdfast.server.drivers.webdav.WebDavKind;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.Use;
import holdfast.storage.ThirdPartyCopy.Recall;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void aLibraryMayLetAnFtsRecallAndWaitForItsArchive() throws Exception {
        try (ElementDriver shy = library(Map.of());
                ElementDriver open = library(Map.of("fts-stage", "yes", "fts-stage-within", "2 h"));
                ElementDriver byFts =
                        library(Map.of("fts", "https://fts.example.org:8446", "fts-archive-within", "1 h"))) {
            assertThat(shy.thirdParty().orElseThrow().recall()).isEmpty();
            assertThat(open.thirdParty().orElseThrow().recall())
                    .contains(new Recall(Duration.ofHours(2), Duration.ofHours(24), Optional.empty()));
            assertThat(byFts.thirdParty()
                            .orElseThrow()
                            .recallsFrom(open.thirdParty().orElseThrow()))
                    .isTrue();
            assertThat(byFts.thirdParty()
                            .orElseThrow()
                            .recallsFrom(shy.thirdParty().orElseThrow()))
                    .isFalse();
            assertThat(open.thirdParty()
                            .orElseThrow()
                            .recallsFrom(open.thirdParty().orElseThrow()))
                    .as("nobody copies but the servers")
                    .isFalse();
        }
    }

    @Test
    void whatFtsRefusesForTapeIsRefusedBefore() {
        refused("tape-rest", Map.of("fts-stage", "yes", "token", "file", "token-file", "t"), "certificate only");
        refused("tape-rest", Map.of("fts-archive-within", "1 h"), "without 'fts'");
        Map<String, String> byFts = Map.of("fts", "https://fts.example.org:8446", "fts-archive-within", "1 h");
        Map<String, String> shown = new HashMap<>(byFts);
        shown.put("fts-token-file", "tokens/fts");
        refused("tape-rest", shown, "certificate only");
        Map<String, String> told = new HashMap<>(byFts);
        told.put("fts-archive-metadata", "[]");
        refused("tape-rest", told, "a JSON object");
        refused("tape-rest", Map.of("fts-stage", "yes", "fts-stage-metadata", "{"), "a JSON object");
        refused("tape-rest", Map.of("fts-stage", "perhaps"), "'no' or 'yes'");
        refused(Map.of("fts-stage", "yes"), "has no setting [fts-stage]");
    }

    private void refused(Map<String, String> settings, String says) {
        refused("webdav", settings, says);
    }

    private void refused(String kind, Map<String, String> settings, String says) {
        assertThatThrownBy(() -> made(kind, settings))
                .isInstanceOf(BadDriver.class)
                .hasMessageContaining(says);
    }

    private ElementDriver library(Map<String, String> more) {
        return made("tape-rest", more);
    }

    private ElementDriver made(Map<String, String> more) {
        return made("webdav", more);
    }

    private ElementDriver made(String kind, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("url", "https://se.example.org:1094/data");
        Start start = new Start(UUID.randomUUID(), Instant.EPOCH);
        WebDavKind webdav = new WebDavKind(data, start, false);
        return new DriverCatalogue(
                        data,
                        start,
                        new Disk(),
                        Map.of(WebDavKind.NAME, webdav, TapeRestKind.NAME, new TapeRestKind(webdav, start)))
                .driverOf(new StorageElement(
                        new StorageName("LAB"),
                        new SiteName("HERE"),
                        new Place(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Use.IN_USE,
                        Optional.empty(),
                        new DriverChoice(kind, settings)));
    }
}
