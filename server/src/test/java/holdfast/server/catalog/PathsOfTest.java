package holdfast.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.PathsOf.Ask;
import holdfast.server.catalog.Protocol.Door;
import holdfast.server.catalog.Protocol.Priorities;
import holdfast.storage.PathAlgorithm;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class PathsOfTest {
    private static final List<DataId> FILES = List.of(
            id("mc", "f1"),
            id("user.jdoe", "dir/f1.root"),
            id("group.phys", "/begins/with/a/slash"),
            id("user.j.doe", "f"),
            id("data", "a/b/c/d/e"));

    private static DataId id(String scope, String name) {
        return new DataId(new Scope(scope), name);
    }

    private static Rse rse(Rse.Naming naming, Protocol... protocols) {
        Rse.Nature nature = new Rse.Nature(RseType.DISK, naming, false, false, new TreeMap<>());
        Rse.Origin added = new Rse.Origin.Added(Instant.EPOCH, Instant.EPOCH);
        return new Rse(
                new StorageName("SOME"),
                added,
                nature,
                Availability.ALL,
                new TreeMap<>(),
                List.of(protocols),
                new TreeMap<>());
    }

    private static Protocol protocol(String scheme, String module, int port, int read) {
        Priorities priorities = new Priorities(Map.of(Domain.WAN, Map.of(Operation.READ, read)));
        return new Protocol(
                new Door(scheme, "se.example.org", port),
                "/data",
                "rucio.rse.protocols." + module + ".Default",
                priorities,
                Optional.of(JsonNodeFactory.instance.objectNode().put("web_service_path", "/srm/v2?SFN=")));
    }

    @ParameterizedTest
    @CsvSource({
        "root, xrootd, 1094, root://se.example.org:1094/data/mc/f1",
        "root, xrootd, 0, root://se.example.org:0/data/mc/f1",
        "file, posix, 0, file://se.example.org/data/mc/f1",
        "davs, gfal, 0, davs://se.example.org/srm/v2?SFN=/data/mc/f1",
        "srm, gfal, 8446, srm://se.example.org:8446/srm/v2?SFN=/data/mc/f1",
        "https, webdav, 443, https://se.example.org:443/data/mc/f1"
    })
    void eachOfTheClientsClassesWritesAddressesItsOwnWay(String scheme, String module, int port, String expected) {
        Protocol protocol = protocol(scheme, module, port, 1);
        PathsOf paths = new PathsOf(rse(new Rse.Naming.ByRule(PathAlgorithm.IDENTITY), protocol));
        StoragePath path = paths.path(FILES.getFirst()).orElseThrow();
        assertThat(PathsOf.pfn(protocol, path)).isEqualTo(expected);
        assertThat(paths.pathOf(expected)).contains(path);
        assertThat(paths.pathOf(expected.replace("/data/", "//data//"))).contains(path);
        assertThat(paths.pathOf(expected.replace("/data/", "/database/"))).isEmpty();
        assertThat(paths.pathOf(expected.replace("example", "elsewhere"))).isEmpty();
    }

    @Test
    void whatARulePutSomewhereIsFoundByWhereItLies() {
        for (PathAlgorithm algorithm : List.of(PathAlgorithm.HASH, PathAlgorithm.IDENTITY)) {
            PathsOf paths = new PathsOf(rse(new Rse.Naming.ByRule(algorithm)));
            for (DataId file : FILES) {
                StoragePath path = paths.path(file).orElseThrow();
                assertThat(paths.mayBe(path, name -> Optional.empty()))
                        .as(algorithm + " " + path)
                        .contains(file);
            }
        }
        PathsOf house = new PathsOf(rse(new Rse.Naming.OfTheHouse(Layout.SCOPE_AND_NAME)));
        for (DataId file : FILES) {
            StoragePath again = StoragePath.of(file, Layout.SCOPE_AND_NAME, 2);
            assertThat(house.path(file)).contains(StoragePath.of(file, Layout.SCOPE_AND_NAME, 0));
            assertThat(house.mayBe(again, name -> Optional.empty())).contains(file);
        }
    }

    @Test
    void theHashOfAPathLeavesOneFileOnly() {
        PathsOf paths = new PathsOf(rse(new Rse.Naming.ByRule(PathAlgorithm.HASH)));
        for (DataId file : FILES) {
            assertThat(paths.mayBe(paths.path(file).orElseThrow(), name -> Optional.empty()))
                    .containsExactly(file);
        }
    }

    @Test
    void whereNamesHoldTheirScopeThePolicySaysIt() {
        PathsOf paths = new PathsOf(rse(new Rse.Naming.ByRule(PathAlgorithm.NAME)));
        DataId file = id("raw", "/lab/Raw/f");
        assertThat(paths.path(file)).contains(new StoragePath("lab/Raw/f"));
        assertThat(paths.mayBe(
                        new StoragePath("lab/Raw/f"),
                        name -> name.startsWith("/") ? Optional.of(new Scope("raw")) : Optional.empty()))
                .containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a/./b", ".rewritten-1/x"})
    void aNameThatWouldLeadElsewhereHasNoPath(String name) {
        PathsOf house = new PathsOf(rse(new Rse.Naming.OfTheHouse(Layout.NAME)));
        assertThatThrownBy(() -> house.path(id("raw", name)))
                .isInstanceOf(RucioError.class)
                .hasMessageContaining("cannot be a path");
        PathsOf added = new PathsOf(rse(new Rse.Naming.ByRule(PathAlgorithm.NAME)));
        assertThatThrownBy(() -> added.path(id("raw", name))).isInstanceOf(RucioError.class);
    }

    @Test
    void theLowestPriorityIsTheBestAndZeroIsNone() {
        Protocol second = protocol("root", "xrootd", 1, 2);
        Protocol first = protocol("davs", "gfal", 2, 1);
        Protocol never = protocol("https", "webdav", 3, 0);
        PathsOf paths = new PathsOf(rse(new Rse.Naming.Stated(), second, first, never));
        assertThat(paths.protocols(Ask.of(Domain.WAN, Operation.READ))).containsExactly(first, second);
        assertThat(paths.protocol(new Ask(Domain.WAN, Operation.READ, List.of("root", "https"))))
                .contains(second);
        assertThat(paths.protocol(Ask.of(Domain.LAN, Operation.READ))).isEmpty();
        assertThat(paths.path(FILES.getFirst())).isEmpty();
    }
}
