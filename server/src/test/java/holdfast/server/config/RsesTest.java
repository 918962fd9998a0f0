package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Domain;
import holdfast.server.catalog.Operation;
import holdfast.server.catalog.PathsOf;
import holdfast.server.catalog.PathsOf.Ask;
import holdfast.server.catalog.Protocol;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.Rses;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsesTest {
    private static final Actor TEST = new Actor("test");
    private static final DataId FILE = new DataId(new Scope("g1fde6d"), "f1");

    @TempDir
    private Path folder;

    @Test
    void elementsOfTheSitesFileAreReachedInTheirFolderAndNameFilesAsTheHouseDoes() throws Exception {
        try (Laboratory lab = new Laboratory(TestDatabase.migrated(), folder)) {
            Rse home = lab.house.rses.find("HOME-RAW");
            assertThat(home.attributes()).containsEntry("site", "home").containsEntry("HOME-RAW", "true");
            Protocol file = new PathsOf(home)
                    .protocol(Ask.of(Domain.WAN, Operation.WRITE))
                    .orElseThrow();
            StoragePath path = new PathsOf(home).path(Laboratory.id("/a/b")).orElseThrow();
            String pfn = PathsOf.pfn(file, path);
            assertThat(pfn)
                    .isEqualTo("file://localhost" + lab.data().toAbsolutePath().resolve("elements/HOME-RAW/a/b"));
            assertThat(new PathsOf(home).pathOf(pfn)).contains(path);
            assertThat(new PathsOf(home).pathOf(pfn.replace("file://localhost", "file://")))
                    .contains(path);
            assertThat(new PathsOf(home).mayBe(path, name -> Optional.of(Laboratory.RAW)))
                    .contains(Laboratory.id("/a/b"));
            assertThat(new PathsOf(home).protocol(Ask.of(Domain.WAN, Operation.DELETE)))
                    .isEmpty();
            assertThat(names(lab.house.rses, "site=near|FAR-RAW")).containsExactly("FAR-RAW", "NEAR-RAW");
            assertThat(names(lab.house.rses, "*\\HOME-RAW")).containsExactly("FAR-RAW", "NEAR-RAW");
            assertThatThrownBy(() -> lab.house.rses.matching("tier=99"))
                    .isInstanceOf(RucioError.class)
                    .hasMessage("RSE Expression resulted in an empty set.");
            assertThatThrownBy(() -> lab.house.rses.find("NOPE"))
                    .isInstanceOf(RucioError.class)
                    .hasMessage("RSE 'NOPE' cannot be found in vo 'def'");
        }
    }

    @Test
    void anElementThatDocumentsAddHashesItsPathsAsTheFieldDoes() throws Exception {
        try (Laboratory lab = new Laboratory(TestDatabase.migrated(), folder)) {
            lab.house.registry.change(
                    TEST,
                    now -> List.of(
                            Registry.put("rse", "BENCH_A", "{\"created\":1,\"updated\":1}"),
                            Registry.put("rse-attribute", "BENCH_A/lfn2pfn_algorithm", "\"hash\""),
                            Registry.put("rse-attribute", "BENCH_A/tier", "\"2\""),
                            Registry.put(
                                    "rse-protocol",
                                    "BENCH_A/root/se1.example.org/1094",
                                    "{\"scheme\":\"root\",\"hostname\":\"se1.example.org\",\"port\":1094,\"prefix\":\"//data/rucio/\","
                                            + "\"impl\":\"rucio.rse.protocols.xrootd.Default\",\"domains\":{\"wan\":{\"read\":1}}}")));
            Rse added = lab.house.rses.find("BENCH_A");
            PathsOf paths = new PathsOf(added);
            StoragePath path = paths.path(FILE).orElseThrow();
            assertThat(path.path()).isEqualTo("g1fde6d/39/ae/f1");
            Protocol root = paths.protocol(Ask.of(Domain.WAN, Operation.READ)).orElseThrow();
            String pfn = PathsOf.pfn(root, path);
            assertThat(pfn).isEqualTo("root://se1.example.org:1094//data/rucio/g1fde6d/39/ae/f1");
            assertThat(paths.pathOf(pfn)).contains(path);
            assertThat(paths.mayBe(path, name -> Optional.empty())).containsExactly(FILE);
            assertThat(names(lab.house.rses, "tier=2")).containsExactly("BENCH_A");
            assertThat(lab.house.rses.byId(added.id())).contains(added);
        }
    }

    private static List<String> names(Rses rses, String expression) {
        return rses.matching(expression).stream().map(r -> r.name().name()).toList();
    }
}
