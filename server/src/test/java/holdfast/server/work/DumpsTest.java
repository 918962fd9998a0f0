package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyState;
import holdfast.formats.dump.Compared;
import holdfast.formats.dump.DumpComparison;
import holdfast.storage.StorageDriver.Reach;
import holdfast.transfer.TransferFact;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpsTest {
    @TempDir
    Path folder;

    private WorkHouse house;
    private TricksterDriver driver;
    private Dumps dumps;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        driver = new TricksterDriver(house.disk());
        house.replace(WorkHouse.DISK, driver);
        dumps = new Dumps(house.place);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private interface Dump {
        void to(OutputStream out) throws IOException;
    }

    private Path dump(String name, Dump dump) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            dump.to(out);
        }
        return file;
    }

    private Compared compare(Optional<Path> findings) throws IOException {
        Path listing = dump("listing.tsv", out -> dumps.listing(WorkHouse.DISK, out));
        house.pass(Duration.ofSeconds(1));
        Path catalogue = dump("catalogue.tsv", out -> dumps.catalogue(WorkHouse.DISK, out));
        return new DumpComparison(catalogue, listing, folder, 1 << 20).compare(findings);
    }

    private void stray(String path) throws IOException {
        Path place = house.root(WorkHouse.DISK).resolve(path);
        Files.createDirectories(place.getParent());
        Files.writeString(place, "whose am I?");
    }

    @Test
    void theDumpsOfAnElementFindWhatTheListingRoundFinds() throws IOException {
        List<DataId> ids = house.files(30, 50);
        DataId repaired = ids.getLast();
        house.lay(repaired, 1, WorkHouse.bytes(repaired, 50));
        house.journal.append(
                new TransferFact.CopiesArrived(List.of(house.copy(repaired, 1)), List.of(WorkHouse.DISK)),
                new Actor("mover"));
        Files.delete(house.path(ids.getFirst()));
        Files.writeString(house.path(ids.get(1)), "short");
        stray("lab/raw/run0/unknown.dat");
        house.pass(Duration.ofHours(1));

        Path findings = folder.resolve("findings.tsv");
        Compared compared = compare(Optional.of(findings));

        List<String> lines = Files.readAllLines(findings);
        assertThat(lines.subList(1, lines.size() - 1))
                .extracting(line -> line.substring(0, line.indexOf('\t', line.indexOf('\t') + 1)))
                .containsExactly(
                        "missing\tlab/raw/run0/file000000.dat",
                        "different\tlab/raw/run0/file000001.dat",
                        "dark\tlab/raw/run0/unknown.dat");
        assertThat(compared.counted().superseded()).isOne();
        assertThat(compared.counted().same()).isEqualTo(28);
        assertThat(compared.remarks()).hasSize(1);
        var listing = new Listing(
                house.place,
                ListingSettings.DEFAULTS,
                FixitySettings.DEFAULTS,
                holdfast.vocabulary.StoragePath.Layout.NAME);
        assertThat(listing.step(WorkHouse.DISK).orElseThrow().missing()).isOne();
        house.pass(Duration.ofDays(4));
        assertThat(listing.step(WorkHouse.DISK).orElseThrow().dark()).isOne();

        assertThat(house.row(ids.getFirst()).state()).isEqualTo(CopyState.MISSING);
        assertThat(compare(Optional.empty()).counted().missing().files()).isZero();
    }

    @Test
    void aRowCarriesEveryChecksumOfItsFile() throws IOException {
        DataId id = house.files(1, 50).getFirst();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        dumps.catalogue(WorkHouse.DISK, out);

        var digests = WorkHouse.digests(WorkHouse.bytes(id, 50));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        #holdfast-catalogue-dump 1	LAB-DISK	2026-05-04T08:00:00Z	unsorted
                        lab/raw/run0/file000000.dat	50	%s,%s,%s	ARRIVED	2026-05-04T08:00:00Z	raw:/lab/raw/run0/file000000.dat
                        #end	1
                        """.formatted(
                        digests.adler32().orElseThrow(),
                        digests.md5().orElseThrow(),
                        digests.sha256().orElseThrow()));
    }

    @Test
    void aListingOfAnElementThatGoesAwayHasNoEndLine() throws IOException {
        house.files(5, 50);
        driver.afterListing(() -> driver.reach(Optional.of(new Reach.Silent("gone"))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(dumps.isOpen(WorkHouse.DISK)).isTrue();
        assertThatThrownBy(() -> dumps.listing(WorkHouse.DISK, out)).hasMessageContaining("LAB-DISK went away");

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("file000004").doesNotContain("#end");
        assertThat(dumps.isOpen(WorkHouse.DISK)).isFalse();
        assertThat(dumps.knows(WorkHouse.DISK)).isTrue();
        assertThat(dumps.knows(new StorageName("ELSEWHERE"))).isFalse();
    }
}
