package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.durability.Carrier;
import holdfast.durability.Choice;
import holdfast.durability.ClassHolding;
import holdfast.durability.ClassHolding.CopySum;
import holdfast.durability.Cohort;
import holdfast.durability.Forecast;
import holdfast.durability.InputName;
import holdfast.durability.Inputs;
import holdfast.durability.Keeping;
import holdfast.durability.Measured;
import holdfast.durability.NdsaLevels;
import holdfast.durability.Observed;
import holdfast.durability.Outlook;
import holdfast.durability.Outlook.ClassOutlook;
import holdfast.formats.Json;
import holdfast.formats.LossReport;
import holdfast.formats.VerdictReport.PlanName;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossVerbTest {
    private static final StorageElement HOME = element("HOME", "home", Medium.ARCHIVAL_DISK);
    private static final StorageElement FAR = element("FAR", "far", Medium.TAPE);

    @TempDir
    Path folder;

    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        prompt = new Prompt(server.url(), folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyInputIsShownWithItsOriginAndEveryCauseWithItsNumber() {
        server.answer("GET /api/loss", Json.write(report(Map.of())));
        assertThat(prompt.run("loss")).isEqualTo(ExitCode.OK);
        for (InputName input : InputName.values()) {
            assertThat(prompt.out()).contains(input.words());
        }
        assertThat(prompt.out())
                .contains("ASSUMED", "PLAN", "T. Bell 2009")
                .contains("Files lost within a year, by what takes the last copy:")
                .contains("1,000,000 have 2 copies at 2 places of different disasters")
                .contains("7 have no copy that counts")
                .contains("decides most: disasters of a site")
                .contains("If one site were lost now:")
                .contains("storage: level 0 is shown")
                .contains("level 1 lacks: two copies at separate places (1,000,000 of 1,000,007 files)")
                .contains("all at once with a chance of 2.5e-05")
                .doesNotContain("WHAT IF");
    }

    @Test
    void aQuestionOfWhatIfIsAskedOfTheServerAndPrintedAsSuch() {
        server.answer("GET /api/loss", Json.write(report(Map.of(InputName.COMMON_CAUSE, 0.0))));
        assertThat(prompt.run("loss", "--common-cause", "0", "--scrub-days", "30", "--class", "raw"))
                .isEqualTo(ExitCode.OK);
        assertThat(server.asked).contains("GET /api/loss?class=raw&scrubDays=30.0&commonCause=0.0");
        assertThat(prompt.out()).contains("WHAT IF", "STATED");
    }

    @Test
    void theLevelsAreShownRequirementByRequirement() {
        server.answer("GET /api/loss", Json.write(report(Map.of())));
        assertThat(prompt.run("loss", "--ndsa")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out())
                .contains("level 3  not met     a copy under another disaster threat (1,000,000 of")
                .contains("level 1  not judged  content is checked for viruses")
                .contains("control: not judged");
    }

    @Test
    void aRefusalIsPrintedAsItCame() {
        server.refuse("GET /api/loss", 404, "NOT_FOUND", "the plan in force has no class rwa; it has: raw");
        assertThat(prompt.run("loss", "--class", "rwa")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err()).contains("has no class rwa; it has: raw");
    }

    static LossReport report(Map<InputName, Double> stated) {
        Measured measured = new Measured(
                Map.of(Carrier.DISK, new Observed(0, 120)),
                Map.of(Carrier.TAPE, 200.0, Carrier.DISK, 30.0),
                Measured.Repairs.NONE,
                Measured.Rebuild.NONE);
        Inputs inputs = Choice.of(measured, Map.of(Carrier.TAPE, 730.0, Carrier.DISK, 90.0), stated);
        ClassHolding raw = new ClassHolding(
                Optional.of(new ClassId("raw")),
                List.of(
                        new Cohort(1_000_000, new ByteSize(1), List.of(HOME, FAR), List.of()),
                        new Cohort(7, new ByteSize(1), List.of(), List.of(HOME))),
                Map.of(
                        HOME.name(), new CopySum(1_000_000, 7, 0, 0, 30, 80),
                        FAR.name(), new CopySum(1_000_000, 0, 0, 0, 200, 700)),
                1_000_007);
        Keeping keeping = new Keeping(Optional.empty(), List.of());
        ClassOutlook outlook = new ClassOutlook(Forecast.of(raw, inputs), NdsaLevels.of(raw, keeping));
        return report(new Outlook(inputs, measured, List.of(outlook)));
    }

    private static LossReport report(Outlook outlook) {
        return LossReport.of(
                new PlanName("lab", "Keeping the runs", "1", "00"),
                Instant.parse("2026-05-04T08:00:00Z"),
                outlook,
                new LossReport.Counted(9, 9),
                Optional.empty());
    }

    private static StorageElement element(String name, String site, Medium medium) {
        return new StorageElement(
                new StorageName(name),
                new SiteName(site),
                new Place(Optional.of(site), Optional.of(site), Optional.of(site)),
                Optional.of(medium),
                StorageElement.Use.IN_USE,
                Optional.empty(),
                new StorageElement.DriverChoice("posix", Map.of()));
    }
}
