package holdfast.server.drivers.taperest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import holdfast.server.grid.TapeEndpoint;
import holdfast.server.grid.TapeEndpoint.Call;
import holdfast.server.grid.TapeShelves;
import holdfast.storage.StorageDriver.Recalled;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recalls against an endpoint of the whole API in front of a folder; the same endpoint is held true by gfal2 elsewhere. */
class StagingTest {
    private static final TapeRestSettings SETTINGS =
            new TapeRestSettings(1_000, 8, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(24));

    @TempDir
    Path folder;

    private final SlowTime time = new SlowTime();
    private TapeEndpoint endpoint;
    private TapeShelves shelves;
    private Door door;

    @BeforeEach
    void start() throws IOException {
        shelves = new TapeShelves("/data", Files.createDirectories(folder.resolve("data")), folder.resolve("tape"));
        endpoint = TapeEndpoint.alone(TapeEndpoint.Library.fast(shelves));
        door = door(URI.create(endpoint.root()), Set.of());
    }

    private static Door door(URI own, Set<Endpoint> also) {
        Duration patience = Duration.ofSeconds(10);
        return new Door(new Door.Settings(Endpoint.of(own), also, Tls.PLAIN.context(), patience, patience, 10, true));
    }

    @AfterEach
    void end() throws IOException {
        door.close();
        endpoint.close();
    }

    private TapeRest tape() {
        return new TapeRest(door, Bearer.NONE, new ServerPath("/data/"));
    }

    private Staging staging(TapeRestSettings settings) {
        return new Staging(tape(), settings, time, path -> !Files.exists(shelves.place(path.text())));
    }

    /** Files on tape only, in some folders, in no order. */
    private List<ServerPath> onTape(int count, int folders) throws IOException {
        List<ServerPath> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = "/data/run%02d/f%04d".formatted(i % folders, i);
            Path file = shelves.place(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
            shelves.archive(path);
            paths.add(new ServerPath(path));
        }
        Collections.shuffle(paths, new Random(5));
        return paths;
    }

    private List<Integer> staged() {
        return endpoint.calls("POST stage").stream().map(Call::files).toList();
    }

    private Optional<String> locality(ServerPath path) throws IOException {
        return shelves.locality(path.text());
    }

    @Test
    void aThousandFilesAreRecalledByAFewRequestsAndEachCartridgeIsMountedOnce() throws IOException {
        List<ServerPath> paths = onTape(1_000, 10);

        Map<ServerPath, Recalled> came = staging(SETTINGS).recall(paths);

        assertThat(came).hasSize(1_000).containsOnlyKeys(paths);
        assertThat(came.values()).containsOnly(Recalled.FROM_MEDIUM);
        assertThat(endpoint.calls("POST archiveinfo")).hasSize(1);
        assertThat(staged()).containsExactly(1_000);
        assertThat(endpoint.calls("GET stage")).hasSize(1);
        assertThat(endpoint.requests().mounted()).hasSize(10).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void smallerBatchesKeepTheOrderOfPaths() throws IOException {
        List<ServerPath> paths = onTape(1_000, 10);

        staging(new TapeRestSettings(300, 8, SETTINGS.poll(), SETTINGS.recallLimit(), SETTINGS.diskLifetime()))
                .recall(paths);

        assertThat(staged()).containsExactly(300, 300, 300, 100);
        assertThat(endpoint.calls("POST stage").stream()
                        .flatMap(c -> c.paths().stream())
                        .toList())
                .isSorted()
                .hasSize(1_000);
    }

    @Test
    void aFileIsNamedOnceHoweverOftenItIsWantedAndHoweverItIsWritten() throws IOException {
        ServerPath one = onTape(1, 1).getFirst();

        staging(SETTINGS).recall(List.of(one, one, new ServerPath("//data//run00/f0000")));

        assertThat(endpoint.calls("POST stage").getFirst().paths()).containsExactly("/data/run00/f0000");
    }

    @Test
    void aServerThatFindsARequestTooLargeGetsHalfOfIt() throws IOException {
        List<ServerPath> paths = onTape(400, 4);
        endpoint.takeAtMost(120);
        Staging staging = staging(SETTINGS);

        assertThat(staging.recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);

        assertThat(staged()).containsExactly(400, 200, 100, 100, 100, 100);
        staging.letGo(paths);
        endpoint.clearCalls();
        staging.recall(paths);
        assertThat(staged()).as("what was too large is remembered").containsExactly(100, 100, 100, 100);
    }

    @Test
    void aBusyServerIsLeftAloneLongerEachTime() throws IOException {
        List<ServerPath> paths = onTape(3, 1);
        endpoint.beBusy(3, "");

        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);

        assertThat(time.waits()).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void aBusyServerIsLeftAloneForAsLongAsItAsks() throws IOException {
        List<ServerPath> paths = onTape(3, 1);
        endpoint.beBusy(1, "77");

        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);

        assertThat(time.waits()).startsWith(Duration.ofSeconds(77));
    }

    @Test
    void aServerThatStaysBusyMakesNoFileFail() throws IOException {
        List<ServerPath> paths = onTape(3, 1);
        endpoint.beBusy(Integer.MAX_VALUE, "");

        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.NOT_YET);

        assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(SETTINGS.recallLimit());
    }

    @Test
    void anErrorOfTheServerIsTriedAgainAndMakesNoFileFail() throws IOException {
        List<ServerPath> paths = onTape(3, 1);
        endpoint.breakDown(2);
        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);

        endpoint.breakDown(Integer.MAX_VALUE);
        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.NOT_YET);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneFileThatFailsFailsAlone(boolean byState) throws IOException {
        List<ServerPath> paths = onTape(20, 2);
        endpoint.tellState(byState);
        endpoint.requests().fail(paths.get(7).text(), "the tape is torn there");

        Map<ServerPath, Recalled> came = staging(SETTINGS).recall(paths);

        assertThat(came).containsEntry(paths.get(7), Recalled.FAILED);
        came.remove(paths.get(7));
        assertThat(came.values()).hasSize(19).containsOnly(Recalled.FROM_MEDIUM);
    }

    @Test
    void whatIsLostFailsWhatIsAbsentFailsAndWhatIsUnavailableIsNotYetThere() throws IOException {
        List<ServerPath> paths = onTape(4, 1);
        shelves.lose(paths.get(0).text());
        shelves.takeAway(paths.get(1).text());
        ServerPath absent = new ServerPath("/data/run00/never");
        ServerPath empty = new ServerPath("/data/run00/empty");
        Files.createFile(shelves.place(empty.text()));
        List<ServerPath> all = new ArrayList<>(paths);
        all.addAll(List.of(absent, empty));

        assertThat(staging(SETTINGS).recall(all))
                .containsEntry(paths.get(0), Recalled.FAILED)
                .containsEntry(paths.get(1), Recalled.NOT_YET)
                .containsEntry(paths.get(2), Recalled.FROM_MEDIUM)
                .containsEntry(absent, Recalled.FAILED)
                .containsEntry(empty, Recalled.ONLINE_ALREADY);
        assertThat(staged()).containsExactly(2);
    }

    @Test
    void whatDoesNotComeInTimeIsAskedForOnceAndBelongsToTheNextRecall() throws IOException {
        List<ServerPath> paths = onTape(6, 1);
        endpoint.requests().hold();
        Staging staging = staging(SETTINGS);
        assertThat(staging.recall(paths.subList(0, 4)).values()).containsOnly(Recalled.NOT_YET);
        assertThat(endpoint.calls("GET stage").size())
                .as("asked after less and less often in ten minutes")
                .isBetween(5, 12);

        endpoint.requests().goOn();
        assertThat(staging.recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);

        assertThat(staged()).containsExactly(4, 2);
        assertThat(staging.recall(paths).values()).containsOnly(Recalled.ONLINE_ALREADY);
    }

    @Test
    void whatWasBroughtForSomebodyWhoWasNotToldIsNotLetGoOf() throws IOException {
        List<ServerPath> paths = onTape(2, 1);
        endpoint.requests().hold();
        Staging staging = staging(SETTINGS);
        staging.recall(paths);
        endpoint.requests().goOn();

        staging.letGo(paths);

        assertThat(endpoint.calls("POST release")).isEmpty();
        assertThat(staging.recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);
    }

    @Test
    void whatWasToldIsLetGoOfByTheRequestThatBroughtItAndIsOnTapeOnlyAgain() throws IOException {
        List<ServerPath> paths = onTape(5, 1);
        Staging staging = staging(SETTINGS);
        staging.recall(paths.subList(0, 3));
        staging.recall(paths.subList(3, 5));

        staging.letGo(paths);

        assertThat(endpoint.calls("POST release").stream().map(Call::files)).containsExactly(3, 2);
        for (ServerPath path : paths) {
            assertThat(locality(path)).isEqualTo(Optional.of("TAPE"));
        }
        assertThat(staging.recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);
    }

    @Test
    void aServerThatKeepsReleasedFilesOnDiskShowsThemAsOnlineAndNotAsRead() throws IOException {
        List<ServerPath> paths = onTape(2, 1);
        endpoint.evictAtOnce(false);
        Staging staging = staging(SETTINGS);
        staging.recall(paths);
        staging.letGo(paths);

        assertThat(staging.recall(paths).values()).containsOnly(Recalled.ONLINE_ALREADY);
    }

    @Test
    void aRequestThatTheServerForgotIsMadeOnceMore() throws IOException {
        List<ServerPath> paths = onTape(3, 1);
        endpoint.requests().hold();
        time.during(() -> {
            if (endpoint.calls("GET stage").size() == 1) {
                endpoint.requests().forget();
                endpoint.requests().goOn();
                paths.forEach(this::takeFromDisk);
            }
        });

        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);

        assertThat(staged()).containsExactly(3, 3);
    }

    private void takeFromDisk(ServerPath path) {
        try {
            shelves.evict(path.text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerThatForgetsEveryRequestIsNotAskedForEver() throws IOException {
        List<ServerPath> paths = onTape(3, 1);
        endpoint.requests().hold();
        time.during(() -> endpoint.requests().forget());

        assertThat(staging(SETTINGS).recall(paths).values()).containsOnly(Recalled.NOT_YET);

        assertThat(staged()).containsExactly(3, 3);
    }

    @Test
    void aSiteHasOnlySoManyRequestsAtOnce() throws IOException {
        List<ServerPath> paths = onTape(50, 5);
        endpoint.requests().hold();
        Staging staging =
                staging(new TapeRestSettings(10, 2, SETTINGS.poll(), SETTINGS.recallLimit(), SETTINGS.diskLifetime()));
        assertThat(staging.recall(paths).values()).containsOnly(Recalled.NOT_YET);
        assertThat(staged()).containsExactly(10, 10);

        endpoint.requests().goOn();
        assertThat(staging.recall(paths).values()).containsOnly(Recalled.FROM_MEDIUM);
        assertThat(staged()).containsExactly(10, 10, 10, 10, 10);
    }

    @Test
    void whatNobodyWantsAnyMoreIsCancelledAfterItsLifetime() throws IOException {
        List<ServerPath> paths = onTape(4, 1);
        endpoint.requests().hold();
        Staging staging = staging(SETTINGS);
        staging.recall(paths.subList(0, 3));
        time.jump(Duration.ofHours(25));

        staging.recall(paths.subList(3, 4));

        assertThat(endpoint.calls("POST cancel").stream().map(Call::files)).containsExactly(3);
        endpoint.requests().goOn();
        for (ServerPath path : paths.subList(0, 3)) {
            assertThat(locality(path)).isEqualTo(Optional.of("TAPE"));
        }
    }

    @Test
    void aPartialAnswerAboutLocalitiesIsAskedForToTheEnd() throws IOException {
        List<ServerPath> paths = onTape(90, 3);
        endpoint.tellAtMost(40);

        assertThat(staging(SETTINGS).recall(paths).values()).hasSize(90).containsOnly(Recalled.FROM_MEDIUM);
    }

    @Test
    void anEndpointOnAnotherHostIsUsedOnlyWhereTheSitesFileNamesIt() throws IOException {
        ServerPath path = onTape(1, 1).getFirst();
        try (TapeEndpoint other = TapeEndpoint.alone(TapeEndpoint.Library.fast(shelves))) {
            endpoint.sayItIsAt(other.root() + TapeEndpoint.API);
            assertThatThrownBy(() -> tape().archiveInfo(List.of(path)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("also-at");
            assertThat(other.calls("POST archiveinfo")).isEmpty();

            URI own = URI.create(endpoint.root());
            try (Door named = door(own, Set.of(Endpoint.of(URI.create(other.root()))))) {
                TapeRest tape = new TapeRest(named, Bearer.NONE, new ServerPath("/data/"));
                assertThat(tape.archiveInfo(List.of(path)))
                        .containsEntry(path, new Whereabouts.At(Whereabouts.Locality.TAPE));
            }
        }
    }

    @Test
    void aServerWithoutTheApiIsSaidToOfferNone() {
        endpoint.offerNothing();
        assertThatThrownBy(() -> tape().find())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("offers no Tape REST API");
    }
}
