package holdfast.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.server.config.OpenHouse;
import holdfast.server.config.Ports;
import holdfast.server.embedded.TestDatabase;
import holdfast.vocabulary.DataId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the crash tests look for they find: each kind of loss is made by hand here, and named. */
class InvariantsTest {
    private static final DataId FILE = Scenario.files().getLast();

    @TempDir
    Path folder;

    @Test
    void everyKindOfLossIsNamed() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        Ports real = Ports.open();
        Ports ports = new Ports(
                real.disk(),
                real.database(),
                clock -> () -> clock.now().plus(ahead.get()),
                real.drivers(),
                real.journal());
        try (TestDatabase database = Trial.migrated()) {
            Scenario scenario = new Scenario(folder, Trial.address(database), ports, ahead, Says.nothing());
            scenario.live();
            try (OpenHouse house = scenario.open()) {
                assertThat(broken(house)).isEmpty();
                spoil(house, scenario);
                assertThat(broken(house))
                        .anyMatch(b -> b.startsWith("counts and is not whole: elements/HOME-RAW"))
                        .anyMatch(b -> b.startsWith("counts and is not whole: elements/FAR-TAPE"))
                        .anyMatch(b -> b.startsWith("the rows are not the journal folded"))
                        .anyMatch(b -> b.contains("SPARE-RAW is"))
                        .contains(
                                "nothing explains elements/NEAR-RAW/stray",
                                "nothing explains elements/FAR-TAPE/cartridges/0001/000000999",
                                "nothing explains journal/segment.txt.new",
                                "nothing explains elements/NEAR-RAW/.holdfast-incoming/left");
                lostAcknowledgementsAreNamed(house);
            }
        }
    }

    private void spoil(OpenHouse house, Scenario scenario) throws Exception {
        CopyRow home = house.copy(FILE, Scenario.HOME).orElseThrow();
        byte[] bytes = Files.readAllBytes(scenario.place(home));
        bytes[7] ^= 1;
        Files.write(scenario.place(home), bytes);
        String[] at = house.copy(FILE, Scenario.TAPE)
                .orElseThrow()
                .locator()
                .orElseThrow()
                .text()
                .split(":");
        Path tape = scenario.data().resolve("elements/FAR-TAPE/cartridges").resolve(at[0]);
        Files.delete(tape.resolve("%09d".formatted(Long.parseLong(at[1]))));
        Files.write(tape.resolveSibling("0001").resolve("000000999"), bytes);
        Files.write(scenario.data().resolve("elements/NEAR-RAW/stray"), bytes);
        Files.write(scenario.data().resolve("elements/NEAR-RAW/.holdfast-incoming/left"), bytes);
        Files.write(scenario.data().resolve("journal/segment.txt.new"), bytes);
        house.database().write(connection -> {
            try (var update = connection.createStatement()) {
                update.executeUpdate("update copy set state = 'P' where state = 'G'");
                return update.executeUpdate("update file set bytes = bytes + 1");
            }
        });
    }

    private List<String> broken(OpenHouse house) throws Exception {
        Invariants invariants = new Invariants(house, folder);
        invariants.theFoldGivesTheRows();
        invariants.nothingCountsWithoutBytes();
        invariants.onlyTheSurplusIsReleased();
        invariants.broken().addAll(new Explained(house, folder.resolve("data")).unexplained());
        return invariants.broken();
    }

    private void lostAcknowledgementsAreNamed(OpenHouse house) throws Exception {
        Child.Heard heard = new Child.Heard();
        heard.take(Says.ENTRY + "00000000-0000-4000-8000-00000000000f");
        heard.take(Says.WRITTEN + "HOME-RAW lab/never");
        Invariants invariants = new Invariants(house, folder);
        invariants.nothingAcknowledgedIsLost(heard);
        assertThat(invariants.broken())
                .anyMatch(b -> b.startsWith("an acknowledged fact is lost"))
                .anyMatch(b -> b.startsWith("what was durable is gone: HOME-RAW lab/never"));
    }
}
