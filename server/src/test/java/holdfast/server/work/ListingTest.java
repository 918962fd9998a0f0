package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Listings;
import holdfast.storage.Condition;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageFact;
import holdfast.transfer.TransferFact;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
    private static final ListingSettings SMALL_PIECES =
            new ListingSettings(0.5, Duration.ofMinutes(15), 7, Duration.ofMinutes(15), Duration.ofMinutes(15));

    @TempDir
    Path folder;

    private WorkHouse house;
    private TricksterDriver driver;
    private Listing listing;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        driver = new TricksterDriver(house.disk());
        house.replace(WorkHouse.DISK, driver);
        listing = new Listing(house.place, SMALL_PIECES, FixitySettings.DEFAULTS, Layout.NAME);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Optional<Condition.Listing> step() {
        house.pass(Duration.ofDays(4));
        return listing.step(WorkHouse.DISK);
    }

    private void stray(String path) throws IOException {
        Path place = house.root(WorkHouse.DISK).resolve(path);
        Files.createDirectories(place.getParent());
        Files.writeString(place, "whose am I?");
    }

    @Test
    void aTidyElementHasNothingMissingAndNothingDark() {
        house.files(30, 50);
        new FixityWorker(house.place, FixitySettings.DEFAULTS).step(WorkHouse.DISK);

        assertThat(step()).hasValue(new Condition.Listing(house.now(), 32, 0, 0, 0));

        assertThat(house.condition(WorkHouse.DISK).listing()).isPresent();
        assertThat(house.count("select count(*) from listed")).isZero();
    }

    @Test
    void anElementIsListedAgainAfterHalfOfThePlansInterval() {
        step();
        house.pass(Duration.ofDays(3));
        assertThat(listing.step(WorkHouse.DISK)).isEmpty();
        house.pass(Duration.ofHours(12));
        assertThat(listing.step(WorkHouse.DISK)).isPresent();
    }

    @Test
    void aListingWhoseTablesWereEmptiedByAFailOverIsNotUsed() throws IOException {
        house.files(30, 50);
        stray("lab/raw/stray.dat");
        new FixityWorker(house.place, FixitySettings.DEFAULTS).step(WorkHouse.DISK);
        driver.afterListing(() -> house.database.write(
                connection -> connection.prepareStatement("truncate listed").executeUpdate()));

        assertThat(step()).isEmpty();
        assertThat(house.condition(WorkHouse.DISK).listing()).isEmpty();

        driver.afterListing(() -> {});
        assertThat(step()).hasValueSatisfying(l -> assertThat(l.dark()).isZero());
        assertThat(new Listings(house.database, house.words).dark(WorkHouse.DISK, "", 10))
                .hasSize(1);
    }

    @Test
    void aListingThatAnotherNodeTookOverStagesNothingMore() {
        house.files(30, 50);
        new FixityWorker(house.place, FixitySettings.DEFAULTS).step(WorkHouse.DISK);
        Leases elsewhere = new Leases(house.database, house.place.clock());
        driver.afterListing(() -> {
            house.pass(Duration.ofDays(1));
            assertThat(elsewhere.take("inspect:" + WorkHouse.DISK, Duration.ofMinutes(1)))
                    .isPresent();
        });

        assertThat(step()).isEmpty();

        assertThat(house.condition(WorkHouse.DISK).listing()).isEmpty();
        assertThat(house.place.leases().refusedAsLate()).isEqualTo(1);
    }

    @Test
    void rowsWithoutBytesAreInspectedAndBecomeMissing() throws IOException {
        List<DataId> ids = house.files(30, 50);
        for (DataId id : ids.subList(5, 14)) {
            Files.delete(house.path(id));
        }

        assertThat(step().orElseThrow().missing()).isEqualTo(9);

        assertThat(ids.subList(5, 14)).allMatch(id -> house.row(id).state() == CopyState.MISSING);
        assertThat(house.row(ids.getFirst()).state()).isEqualTo(CopyState.ARRIVED);
        assertThat(house.count("select count(*) from unlisted")).isZero();
    }

    @Test
    void aFileThatIsListedWithAnotherSizeIsReadAtOnce() throws IOException {
        List<DataId> ids = house.files(30, 50);
        Files.writeString(house.path(ids.get(3)), "cut short");

        assertThat(step().orElseThrow().missing()).isZero();
        assertThat(house.row(ids.get(3)).state()).isEqualTo(CopyState.SUSPECT);
        assertThat(house.row(ids.get(4)).state()).isEqualTo(CopyState.ARRIVED);

        step();
        assertThat(house.row(ids.get(3)).state()).isEqualTo(CopyState.CORRUPT);
    }

    @Test
    void aListingThatLacksTooMuchMarksNothingAndPutsTheElementUnderSuspicion() throws IOException {
        List<DataId> ids = house.files(30, 50);
        moveAway(ids.subList(5, 25));

        assertThat(step()).isEmpty();

        assertThat(ids).allMatch(id -> house.row(id).state() == CopyState.ARRIVED);
        assertThat(house.condition(WorkHouse.DISK).suspectSince()).hasValue(house.now());
        assertThat(house.condition(WorkHouse.DISK).listing()).isEmpty();
        assertThat(house.count("select count(*) from dark")).isZero();
    }

    @Test
    void aDoubtedListingIsTakenAgainAfterHoursAndUsedOnceItLacksNothing() throws IOException {
        List<DataId> ids = house.files(30, 50);
        List<byte[]> kept = moveAway(ids.subList(5, 25));
        step();
        for (int i = 0; i < kept.size(); i++) {
            house.lay(ids.get(5 + i), 0, kept.get(i));
        }

        house.pass(ListingGuard.AGAIN.minusSeconds(1));
        assertThat(listing.step(WorkHouse.DISK)).isEmpty();
        house.pass(Duration.ofSeconds(1));
        assertThat(listing.step(WorkHouse.DISK).orElseThrow().missing()).isZero();
        assertThat(house.condition(WorkHouse.DISK).suspectSince()).isPresent();
    }

    @Test
    void onceTheElementIsClearedTheNextListingMarksAndTheOneAfterItIsDoubtedAgain() throws IOException {
        List<DataId> ids = house.files(60, 50);
        moveAway(ids.subList(5, 25));
        step();
        clear();

        assertThat(step().orElseThrow().missing()).isEqualTo(20);
        assertThat(ids.subList(5, 25)).allMatch(id -> house.row(id).state() == CopyState.MISSING);

        clear();
        moveAway(ids.subList(30, 50));
        assertThat(step()).isEmpty();
        assertThat(ids.subList(30, 50)).allMatch(id -> house.row(id).state() == CopyState.ARRIVED);
    }

    private List<byte[]> moveAway(List<DataId> ids) throws IOException {
        List<byte[]> bytes = new java.util.ArrayList<>();
        for (DataId id : ids) {
            bytes.add(Files.readAllBytes(house.path(id)));
            Files.delete(house.path(id));
        }
        return bytes;
    }

    /** As a signed act does. */
    private void clear() {
        new ConditionBook(house.place)
                .change(
                        new Actor("keeper"),
                        StorageFact.ConditionChanged.Cause.CLEARED,
                        WorkHouse.DISK,
                        before -> before.withSuspectSince(Optional.empty()));
    }

    @Test
    void bytesWithoutARowAreDarkOnceTheyHaveSettled() throws IOException {
        house.files(3, 50);
        stray("lab/raw/run0/unknown.dat");
        stray("lab/derived/skim.dat");
        stray("notes.txt");

        assertThat(step().orElseThrow().dark()).isZero();
        Condition.Listing second = step().orElseThrow();

        assertThat(second.dark()).isEqualTo(3);
        assertThat(second.darkRaw()).isOne();
        assertThat(new Listings(house.database, house.words).dark(WorkHouse.DISK, "", 10))
                .extracting(dark -> dark.path().path())
                .containsExactly("lab/derived/skim.dat", "lab/raw/run0/unknown.dat", "notes.txt");
    }

    @Test
    void darkFilesThatAreGoneOrNamedAreForgotten() throws IOException {
        stray("lab/raw/later.dat");
        stray("notes.txt");
        step();
        step();
        Files.delete(house.root(WorkHouse.DISK).resolve("notes.txt"));
        house.file("/lab/raw/later.dat", "whose am I?".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(step().orElseThrow().dark()).isZero();
        assertThat(house.count("select count(*) from dark")).isZero();
    }

    @Test
    void anOldWritingOfARepairedCopyIsNotDark() throws IOException {
        DataId id = house.files(1, 50).getFirst();
        house.lay(id, 1, WorkHouse.bytes(id, 50));
        house.lay(id, 2, WorkHouse.bytes(id, 50));
        house.journal.append(
                new TransferFact.CopiesArrived(List.of(house.copy(id, 2)), List.of(WorkHouse.DISK)),
                new Actor("mover"));
        house.lay(id, 3, WorkHouse.bytes(id, 50));

        step();
        Condition.Listing second = step().orElseThrow();

        assertThat(second.listed()).isEqualTo(4);
        assertThat(second.dark()).isOne();
        assertThat(second.darkRaw()).isOne();
    }

    @Test
    void aListingOfAnElementThatGoesAwayRecordsNothing() throws IOException {
        List<DataId> ids = house.files(5, 50);
        Files.delete(house.path(ids.getFirst()));
        driver.afterListing(() -> driver.reach(Optional.of(new Reach.Silent("gone"))));

        assertThat(step()).isEmpty();

        assertThat(house.condition(WorkHouse.DISK).listing()).isEmpty();
        assertThat(house.row(ids.getFirst()).state()).isEqualTo(CopyState.ARRIVED);
    }

    @Test
    void aScopeInThePathDecidesTheClassToo() {
        DarkPaths paths = new DarkPaths(WorkHouse.plan(), Layout.SCOPE_AND_NAME);

        assertThat(paths.mayBeUndeletable(path("raw/lab/raw/a"))).isTrue();
        assertThat(paths.mayBeUndeletable(path(".rewritten-2/raw/lab/raw/a"))).isTrue();
        assertThat(paths.mayBeUndeletable(path("raw/lab/derived/a"))).isFalse();
        assertThat(paths.mayBeUndeletable(path("lab/raw/a"))).isFalse();
    }

    private static holdfast.vocabulary.StoragePath path(String text) {
        return new holdfast.vocabulary.StoragePath(text);
    }
}
