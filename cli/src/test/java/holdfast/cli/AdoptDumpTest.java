package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An existing Rucio is taken over from a dump of its tables. */
class AdoptDumpTest {
    @TempDir
    Path work;

    private Path dump;
    private FakeServer server;
    private FakeAdoption adoption;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        dump = Files.createDirectory(work.resolve("dump"));
        server = new FakeServer();
        adoption = new FakeAdoption(server);
        prompt = new Prompt(server.url(), work);
        write("scopes.jsonl", "{\"scope\":\"mc\",\"account\":\"root\"}", "{\"scope\":\"raw\",\"account\":\"prod\"}");
        write("accounts.jsonl", "{\"account\":\"prod\",\"account_type\":\"SERVICE\",\"email\":\"p@example.org\"}");
        write(
                "rses.jsonl",
                "{\"rse\":\"SITE-A\",\"rse_type\":\"DISK\",\"deterministic\":true,\"volatile\":false,"
                        + "\"attributes\":{\"tier\":\"1\"},\"protocols\":[{\"scheme\":\"root\",\"hostname\":\"a.example.org\","
                        + "\"port\":1094,\"prefix\":\"/data\",\"impl\":\"x.Default\",\"domains\":{\"wan\":{\"read\":1}}}]}",
                "{\"rse\":\"SITE-B\",\"rse_type\":\"TAPE\",\"deterministic\":false}");
        write(
                "dids.jsonl",
                did("mc", "/m/1", "F", "\"bytes\":10,\"adler32\":\"0000000A\",\"md5\":null,\"events\":5,"),
                did("mc", "/m/ds", "D", "\"is_open\":false,\"monotonic\":true,\"project\":\"p\","),
                did("raw", "/r/1", "F", "\"bytes\":20,\"guid\":\"CC7D93F3-F365-4AF4-A7B1-3E262F521166\","),
                did("raw", "/r/2", "F", "\"bytes\":30,"));
        write(
                "replicas.jsonl",
                replica("mc", "/m/1", "SITE-A", "A"),
                replica("raw", "/r/1", "SITE-A", "A"),
                replica("raw", "/r/1", "SITE-B", "C"));
        write("contents.jsonl", "{\"scope\":\"mc\",\"name\":\"/m/ds\",\"child_scope\":\"mc\",\"child_name\":\"/m/1\"}");
        write(
                "rules.jsonl",
                "{\"id\":\"b87f9f68-1726-45af-a2b6-9fb4c6246520\",\"account\":\"prod\",\"scope\":\"mc\",\"name\":\"/m/ds\","
                        + "\"did_type\":\"D\",\"copies\":1,\"rse_expression\":\"SITE-A\",\"grouping\":\"D\",\"state\":\"O\","
                        + "\"locked\":false,\"created_at\":\"2025-01-02T03:04:05\",\"expires_at\":null}");
        write(
                "locks.jsonl",
                "{\"rule_id\":\"b87f9f68-1726-45af-a2b6-9fb4c6246520\",\"scope\":\"mc\",\"name\":\"/m/ds\","
                        + "\"did_type\":\"D\",\"rse\":\"SITE-A\",\"state\":\"O\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String did(String scope, String name, String type, String more) {
        return ("{\"scope\":\"%s\",\"name\":\"%s\",\"account\":\"prod\",\"did_type\":\"%s\",%s"
                        + "\"created_at\":\"2025-01-02T03:04:05.678901\"}")
                .formatted(scope, name, type, more);
    }

    private static String replica(String scope, String name, String rse, String state) {
        return "{\"scope\":\"%s\",\"name\":\"%s\",\"rse\":\"%s\",\"bytes\":1,\"path\":null,\"state\":\"%s\"}"
                .formatted(scope, name, rse, state);
    }

    private void write(String file, String... lines) throws IOException {
        Files.writeString(dump.resolve(file), lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    }

    private int adopt(String... more) {
        String[] words = {"adopt", "rucio", "--observe", dump.toString()};
        return prompt.run(java.util.stream.Stream.concat(java.util.Arrays.stream(words), java.util.Arrays.stream(more))
                .toArray(String[]::new));
    }

    private AdoptRucio.Summary summary() {
        return Json.read(prompt.out(), AdoptRucio.Summary.class);
    }

    @Test
    void everythingIsTakenOverOnceAndTheSecondRunRegistersNothing() {
        assertThat(adopt("--json")).as(prompt.err()).isEqualTo(ExitCode.OK);
        AdoptRucio.Summary first = summary();
        assertThat(first.whole()).isTrue();
        assertThat(first.scopes()).containsExactly("mc", "raw");
        assertThat(first.counts().files().registered()).isEqualTo(3);
        assertThat(first.counts().copies().registered()).isEqualTo(3);
        assertThat(first.registered()).isEqualTo(3 + 3 + 1 + 1 + 1 + 1);
        assertThat(adopt("--json")).isEqualTo(ExitCode.OK);
        assertThat(summary().registered()).isZero();
        assertThat(summary().counts().files().known()).isEqualTo(3);
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatIsSentSaysAllThatTheDumpSays() {
        adopt();
        assertThat(adoption.files.get("mc:/m/1"))
                .containsEntry("bytes", 10)
                .containsEntry("adler32", "0000000a")
                .containsEntry("account", "prod")
                .containsEntry("created", "2025-01-02T03:04:05.678901Z")
                .containsEntry("metadata", Map.of("events", 5))
                .doesNotContainKey("md5");
        assertThat(adoption.files.get("raw:/r/1")).containsEntry("guid", "cc7d93f3f3654af4a7b13e262f521166");
        assertThat((List<Object>) adoption.files.get("raw:/r/1").get("copies"))
                .containsExactly(
                        Map.of("rse", "SITE-A", "state", "AVAILABLE"), Map.of("rse", "SITE-B", "state", "COPYING"));
        assertThat((Map<String, Object>)
                        adoption.collections.values().iterator().next())
                .containsEntry("type", "DATASET")
                .containsEntry("open", false)
                .containsEntry("monotonic", true);
        assertThat((Map<String, Object>) adoption.rules.values().iterator().next())
                .containsEntry("id", "b87f9f68172645afa2b69fb4c6246520")
                .containsEntry("grouping", "DATASET")
                .containsEntry("type", "DATASET")
                .containsEntry("created", "2025-01-02T03:04:05Z");
        assertThat((Map<String, Object>) adoption.locks.values().iterator().next())
                .containsEntry("rule", "b87f9f68172645afa2b69fb4c6246520")
                .containsEntry("type", "DATASET");
        assertThat((Map<String, Object>) adoption.elements.get("SITE-A"))
                .containsEntry("attributes", Map.of("tier", "1"))
                .containsEntry("volatile", false);
    }

    @Test
    void manyFilesGoInPortionsOfAThousand() throws IOException {
        String[] dids = new String[2_500];
        String[] replicas = new String[2_500];
        String[] contents = new String[2_500];
        for (int i = 0; i < 2_500; i++) {
            dids[i] = did("mc", "/m/%05d".formatted(i), "F", "\"bytes\":1,");
            replicas[i] = replica("mc", "/m/%05d".formatted(i), "SITE-A", "A");
            contents[i] = "{\"scope\":\"mc\",\"name\":\"/ds\",\"child_scope\":\"mc\",\"child_name\":\"/m/%05d\"}"
                    .formatted(i);
        }
        write("dids.jsonl", dids);
        write("replicas.jsonl", replicas);
        write("contents.jsonl", contents);
        assertThat(adopt("--progress")).isEqualTo(ExitCode.OK);
        assertThat(adoption.files).hasSize(2_500);
        assertThat(adoption.contents).hasSize(2_500);
        assertThat(adoption.portions).containsExactlyInAnyOrder(1_000, 1_000, 500);
        assertThat(prompt.err()).contains("files: 2,500");
    }

    @Test
    void aConflictIsListedAndCountedAndNothingIsFatal() throws IOException {
        adoption.files.put("raw:/r/1", Map.of("bytes", 21, "copies", List.of()));
        Path list = work.resolve("conflicts.ndjson");
        assertThat(adopt("--conflicts", list.toString())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(Files.readAllLines(list))
                .singleElement()
                .asString()
                .contains("\"of\":\"file\"", "\"name\":\"/r/1\"", "other bytes", "21 bytes", "20 bytes");
        assertThat(prompt.out()).contains("1 conflicts: file other bytes", "Every conflict stands in");
        assertThat(adoption.files).containsKey("raw:/r/2");
    }

    @Test
    void aCopyWhoseFileIsNotInTheDumpIsAConflict() throws IOException {
        write(
                "replicas.jsonl",
                replica("mc", "/a", "SITE-A", "A"),
                replica("mc", "/m/1", "SITE-A", "A"),
                replica("raw", "/z", "SITE-A", "A"));
        assertThat(adopt("--json")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(summary().conflictsBy()).containsEntry("copy no file of this name in the dump", 2L);
        assertThat(summary().counts().copies().read()).isEqualTo(1);
    }

    @Test
    void onlyTheChosenScopeComesIn() {
        assertThat(adopt("--scope", "raw", "--json")).isEqualTo(ExitCode.OK);
        assertThat(adoption.files).containsOnlyKeys("raw:/r/1", "raw:/r/2");
        assertThat(summary().counts().rules().read()).isZero();
        assertThat(adopt("--scope", "nope")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("has no scope nope; its scopes are mc, raw");
    }

    @Test
    void aScopeThatIsManagedHereIsLeftOut() {
        adoption.managed = "mc";
        assertThat(adopt("--json")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(adoption.files).containsOnlyKeys("raw:/r/1", "raw:/r/2");
        assertThat(summary().conflictsBy()).containsEntry("scope it is managed and holds files", 1L);
    }

    @Test
    void aDryRunSendsNothing() {
        assertThat(adopt("--dry-run", "--json")).isEqualTo(ExitCode.OK);
        assertThat(summary().counts().files().read()).isEqualTo(3);
        assertThat(server.asked).containsOnly("GET /api/status");
    }

    @Test
    void aMalformedLineIsNamedWithFileLineAndRemedy() throws IOException {
        write("dids.jsonl", did("mc", "/m/1", "F", "\"bytes\":10,"), "{\"scope\":\"mc\",");
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err())
                .contains(
                        "dids.jsonl, line 2: this is no JSON", "take the dump again, as docs/reference/adopt-dump.md");
        write("dids.jsonl", did("mc", "/m/1", "F", ""));
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("dids.jsonl, line 1: 'bytes' is missing");
    }

    @Test
    void aFileOutOfOrderIsRefusedWithTheRemedy() throws IOException {
        write(
                "dids.jsonl",
                did("mc", "/m/1", "F", "\"bytes\":10,"),
                did("mc", "/b", "F", "\"bytes\":10,"),
                did("mc", "/c", "F", "\"bytes\":10,"));
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("dids.jsonl, line 2: mc:/b stands behind mc:/m/1", "collate \"C\"");
    }

    @Test
    void aFileThatWasCutOffIsRefused() throws IOException {
        Files.writeString(dump.resolve("rules.jsonl"), "{\"id\":\"b87f9f68172645afa2b69fb4c6246520\"");
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("rules.jsonl, line 1: the file breaks off within this line");
        assertThat(prompt.out()).contains("broken off", "run this again");
        write("rules.jsonl");
        write("counts.jsonl", "{\"file\":\"replicas.jsonl\",\"rows\":4}");
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("replicas.jsonl: it has 3 rows, and counts.jsonl says 4");
    }

    @Test
    void aFolderThatIsNoDumpIsNamed() throws IOException {
        Files.delete(dump.resolve("locks.jsonl"));
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("locks.jsonl is not there", "an empty file says");
        dump = work.resolve("nothing");
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("is no folder");
    }

    @Test
    void whatTheServerRefusesEndsItInItsWords() {
        server.refuse("POST /holdfast/v1/adoption/contents", 503, "UNKNOWN_OUTCOME", "nobody knows");
        assertThat(adopt()).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err()).contains("nobody knows");
        assertThat(prompt.out()).contains("broken off", "3 registered", "run this again");
    }
}
