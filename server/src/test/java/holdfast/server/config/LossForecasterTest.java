package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.durability.AreaLevel;
import holdfast.durability.Carrier;
import holdfast.durability.Forecast;
import holdfast.durability.Forecast.Shape;
import holdfast.durability.Input.Origin;
import holdfast.durability.InputName;
import holdfast.durability.SiteLoss;
import holdfast.formats.Json;
import holdfast.formats.LossReport;
import holdfast.formats.VerdictReport.PlanName;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.LossForecaster.Reckoned;
import holdfast.server.work.FixityWorker;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loss model on what a real house recorded: its rows, its journal and its plan. */
class LossForecasterTest {
    @TempDir
    Path folder;

    private Laboratory lab;

    @BeforeEach
    void begin() throws Exception {
        lab = new Laboratory(TestDatabase.migrated(), folder);
    }

    @AfterEach
    void end() throws Exception {
        lab.close();
    }

    @Test
    void filesAreReckonedByTheCopiesThatCountAndThePlacesThatDiffer() {
        register(CopyState.PROVED, CopyState.PROVED, 3);
        register(CopyState.PROVED, CopyState.ARRIVED, 2);
        register(CopyState.ARRIVED, CopyState.ARRIVED, 1);
        Forecast raw = forecast(reckon(Map.of()));
        assertThat(raw.files()).isEqualTo(6);
        assertThat(raw.shapes()).containsExactly(new Shape(0, 0, 1), new Shape(1, 1, 2), new Shape(2, 2, 3));
        assertThat(raw.uncounted()).isEqualTo(1);
        double twoFiles = 2 * (1e-4 + 1.0 / 200 + 1e-5);
        assertThat(raw.expected().total()).isGreaterThan(twoFiles * 0.99).isLessThan(twoFiles * 1.05);
    }

    @Test
    void whatASiteTakesWithItDependsOnTheCopiesElsewhere() {
        register(CopyState.PROVED, CopyState.PROVED, 3);
        register(CopyState.PROVED, CopyState.ARRIVED, 2);
        Forecast raw = forecast(reckon(Map.of()));
        assertThat(raw.sites()).extracting(SiteLoss::site).containsExactly(new SiteName("home"), new SiteName("near"));
        SiteLoss home = raw.sites().getFirst();
        assertThat(home.files()).isEqualTo(5);
        assertThat(home.noOther()).isZero();
        assertThat(home.onlyDoubtful()).isEqualTo(2);
        assertThat(home.rebuilding()).isBetween(3 * 1e-4 * 0.49, 3 * 1e-4 * 0.51);
    }

    @Test
    void inputsSayWhereTheyComeFromAndWhatIfIsMarked() {
        register(CopyState.PROVED, CopyState.PROVED, 3);
        Reckoned now = reckon(Map.of(InputName.COMMON_CAUSE, 0.0));
        assertThat(now.outlook().inputs().of(InputName.COMMON_CAUSE).origin()).isEqualTo(Origin.STATED);
        assertThat(now.outlook().inputs().of(InputName.SCRUB_DISK).origin()).isEqualTo(Origin.PLAN);
        assertThat(now.outlook().inputs().of(InputName.SCRUB_DISK).value()).isEqualTo(90);
        assertThat(now.outlook().inputs().of(InputName.SITE_DISASTER).origin()).isEqualTo(Origin.ASSUMED);
        assertThat(forecast(now).expected().commonCause()).isZero();
    }

    @Test
    void damageIsCountedFromTheJournalOnceAndItsRepairTimed() throws Exception {
        DataId victim = Laboratory.id("/lab/raw/run0/file00.dat");
        DataId other = Laboratory.id("/lab/raw/run0/file01.dat");
        lab.send(victim, Laboratory.bytes(victim.name()));
        lab.send(other, Laboratory.bytes(other.name()));
        lab.rest();
        CopyRow copy = lab.copy(victim, Laboratory.HOME).orElseThrow();
        byte[] bytes = Files.readAllBytes(lab.path(copy));
        bytes[7] ^= 1;
        Files.write(lab.path(copy), bytes);
        FixityWorker impatient = lab.impatient();
        while (lab.copy(victim, Laboratory.HOME).orElseThrow().state() != CopyState.CORRUPT) {
            impatient.step(Laboratory.HOME);
        }
        lab.rest();
        lab.house.keeper.step();
        for (int i = 0; i < 2; i++) {
            Reckoned now = reckon(Map.of());
            assertThat(now.damage().next()).isEqualTo(now.damage().size());
            assertThat(now.outlook().measured().damage(Carrier.DISK).damaged()).isEqualTo(1);
            assertThat(now.outlook().measured().damage(Carrier.DISK).copyYears())
                    .isPositive();
            assertThat(now.outlook().measured().repairs().count()).isEqualTo(1);
            assertThat(now.outlook().inputs().of(InputName.DAMAGE_DISK).origin())
                    .isEqualTo(Origin.MEASURED);
        }
    }

    @Test
    void twoCopiesAreLevelOneOfStorageByCountAndTheReportSaysWhatTheNextLacks() {
        register(CopyState.PROVED, CopyState.PROVED, 3);
        Reckoned now = reckon(Map.of());
        LossReport report = LossReport.of(
                new PlanName("lab", "a laboratory", "1", "00"),
                now.at(),
                now.outlook(),
                new LossReport.Counted(0, 0),
                Optional.empty());
        LossReport read = Json.read(Json.write(report), LossReport.class);
        assertThat(read).isEqualTo(report);
        var storage = read.classes().getFirst().ndsa().getFirst();
        assertThat(storage.area()).isEqualTo(AreaLevel.Area.STORAGE);
        assertThat(storage.inFull()).isEqualTo(1);
        assertThat(storage.requirements())
                .filteredOn(r -> r.asks().startsWith("three copies, one"))
                .singleElement()
                .satisfies(r -> assertThat(r.shown()).isEqualTo("0 of 3 files"));
    }

    @Test
    void anEmptyHouseExpectsNothing() {
        assertThat(reckon(Map.of()).outlook().classes()).isEmpty();
    }

    private Reckoned reckon(Map<InputName, Double> stated) {
        return lab.house.loss.reckon(stated);
    }

    private static Forecast forecast(Reckoned reckoned) {
        return reckoned.outlook().classes().getFirst().forecast();
    }

    private void register(CopyState home, CopyState near, int count) {
        List<FileRow> files = new ArrayList<>();
        List<CopyRow> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DataId id = Laboratory.id("/lab/raw/%s-%s/file%d.dat".formatted(home, near, i));
            files.add(lab.row(id, 1000));
            copies.add(lab.copy(id, Laboratory.HOME, home));
            copies.add(lab.copy(id, Laboratory.NEAR, near));
        }
        lab.house.journal.append(new FilesRegistered(files, copies), new Actor("ingest"));
    }
}
