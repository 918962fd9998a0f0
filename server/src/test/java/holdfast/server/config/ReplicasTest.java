package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CatalogFact.CollectionsChanged;
import holdfast.catalog.CatalogFact.ContentChanged;
import holdfast.catalog.CollectionRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and their copies, said and listed through Rucio's interface. */
class ReplicasTest {
    private static final AccountName ROOT = AccountName.ROOT;

    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new RucioServer(folder);
        server.house().scopes.add(Writer.whole(ROOT), Laboratory.RAW, ROOT);
    }

    @AfterAll
    static void close() throws Exception {
        assertThat(server.house().auditor.audit().differences()).isEmpty();
        server.close();
    }

    @Test
    void whatIsSaidIsListed() {
        add("HOME-RAW", file("/t/one/a", 10, "00000001"), file("/t/one/b", 11, "00000002"));
        add("FAR-RAW", file("/t/one/a", 10, "00000001"));
        HttpResponse<String> answer = list("{\"dids\":[%s]}".formatted(did("/t/one/a")));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-json-stream");
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(answer.body())
                .startsWith(
                        "{\"scope\":\"raw\",\"name\":\"/t/one/a\",\"bytes\":10,\"md5\":null,\"adler32\":\"00000001\",\"pfns\":{")
                .contains("\"states\":{")
                .contains("\"FAR-RAW\":\"AVAILABLE\"")
                .contains("\"HOME-RAW\":\"AVAILABLE\"")
                .contains("\"priority\":1,\"client_extract\":false}")
                .contains("\"priority\":2,");
        assertThat(copy("/t/one/a").state()).isEqualTo(CopyState.CLAIMED);
    }

    @Test
    void theSameCallAgainChangesNothing() {
        add("HOME-RAW", file("/t/again/a", 10, "00000001"));
        long entries = server.laboratory().count("select count(*) from journal_entry");
        add("HOME-RAW", file("/t/again/a", 10, "00000001"));
        assertThat(server.laboratory().count("select count(*) from journal_entry"))
                .isEqualTo(entries);
    }

    @Test
    void aNameKeepsItsBytes() {
        add("HOME-RAW", file("/t/bytes/a", 10, "00000001"));
        HttpResponse<String> size =
                send("FAR-RAW", file("/t/bytes/b", 1, "00000001"), file("/t/bytes/a", 11, "00000001"));
        assertThat(size.statusCode()).isEqualTo(412);
        assertThat(kind(size)).isEqualTo("FileConsistencyMismatch");
        assertThat(size.body()).contains("/t/bytes/a");
        HttpResponse<String> digest = send("FAR-RAW", file("/t/bytes/a", 10, "00000002"));
        assertThat(digest.statusCode()).isEqualTo(412);
        // All of a call or nothing.
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/bytes/b"))).body()).isEmpty();
        HttpResponse<String> twice =
                send("FAR-RAW", file("/t/bytes/c", 1, "00000001"), file("/t/bytes/c", 2, "00000001"));
        assertThat(twice.statusCode()).isEqualTo(409);
    }

    @Test
    void anUploadUnderWayHasNoCopyYet() {
        send("HOME-RAW", "{\"scope\":\"raw\",\"name\":\"/t/up/a\",\"bytes\":5,\"state\":\"C\"}");
        String asked = "{\"dids\":[%s]%s}";
        assertThat(list(asked.formatted(did("/t/up/a"), "")).body()).contains("\"states\":{}");
        assertThat(list(asked.formatted(did("/t/up/a"), ",\"all_states\":true")).body())
                .contains("\"states\":{\"HOME-RAW\":\"COPYING\"}");
        assertThat(server.laboratory().holding(id("/t/up/a")).copies()).isEmpty();
        add("HOME-RAW", "{\"scope\":\"raw\",\"name\":\"/t/up/a\",\"bytes\":5}");
        assertThat(list(asked.formatted(did("/t/up/a"), "")).body()).contains("\"HOME-RAW\":\"AVAILABLE\"");
    }

    @Test
    void aDatasetIsListedWithAllItsFilesAndAContainerWithThoseBelow() {
        add(
                "HOME-RAW",
                file("/t/set/a", 1, "00000001"),
                file("/t/set/b", 2, "00000002"),
                file("/t/other/c", 3, "00000003"));
        collection("/t/ds", CollectionRow.Kind.DATASET);
        collection("/t/cont", CollectionRow.Kind.CONTAINER);
        append(new ContentChanged(
                ContentChanged.Change.ATTACHED, id("/t/ds"), List.of(id("/t/set/a"), id("/t/other/c"))));
        append(new ContentChanged(ContentChanged.Change.ATTACHED, id("/t/cont"), List.of(id("/t/ds"))));
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/ds"))).body().lines())
                .hasSize(2);
        String deep = list("{\"dids\":[%s],\"resolve_parents\":true}".formatted(did("/t/cont")))
                .body();
        assertThat(deep.lines()).hasSize(2);
        assertThat(deep.lines())
                .allMatch(line -> line.contains("\"parents\":[\"raw:/t/ds\",\"raw:/t/cont\"]"))
                .noneMatch(line -> line.contains("/t/set/b"));
        assertThat(list("{\"dids\":[%s],\"nrandom\":1}".formatted(did("/t/cont")))
                        .body()
                        .lines())
                .hasSize(1);
        assertThat(list("{\"dids\":[%s],\"rse_expression\":\"FAR-RAW\"}".formatted(did("/t/cont")))
                        .body())
                .isEmpty();
    }

    @Test
    void everyCollectionAboveAFileIsNamedOnceHoweverManyWaysLeadThere() {
        add("HOME-RAW", file("/t/tree/a", 1, "00000001"), file("/t/tree/b", 2, "00000002"));
        for (String dataset : List.of("/t/tree-d1", "/t/tree-d2")) {
            collection(dataset, CollectionRow.Kind.DATASET);
        }
        for (String container : List.of("/t/tree-c1", "/t/tree-c2", "/t/tree-top")) {
            collection(container, CollectionRow.Kind.CONTAINER);
        }
        holds("/t/tree-d1", "/t/tree/a", "/t/tree/b");
        holds("/t/tree-d2", "/t/tree/a");
        holds("/t/tree-c1", "/t/tree-d1", "/t/tree-d2");
        holds("/t/tree-c2", "/t/tree-d2");
        holds("/t/tree-top", "/t/tree-c1", "/t/tree-c2");
        for (String asked : List.of("/t/tree/a", "/t/tree-top")) {
            List<String> lines = list("{\"dids\":[%s],\"resolve_parents\":true}".formatted(did(asked)))
                    .body()
                    .lines()
                    .toList();
            assertThat(parents(lines, "/t/tree/a"))
                    .containsExactlyInAnyOrder(
                            "raw:/t/tree-d1", "raw:/t/tree-d2", "raw:/t/tree-c1", "raw:/t/tree-c2", "raw:/t/tree-top");
            if (asked.equals("/t/tree-top")) {
                assertThat(parents(lines, "/t/tree/b"))
                        .containsExactlyInAnyOrder("raw:/t/tree-d1", "raw:/t/tree-c1", "raw:/t/tree-top");
            }
        }
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/tree/a"))).body()).doesNotContain("parents");
    }

    private static List<String> parents(List<String> lines, String name) {
        String line = lines.stream()
                .filter(l -> l.contains("\"name\":\"" + name + "\""))
                .findFirst()
                .orElseThrow();
        String named = line.substring(line.indexOf("\"parents\":[") + 11, line.length() - 2);
        return Arrays.stream(named.split(","))
                .map(text -> text.replace("\"", ""))
                .toList();
    }

    private static void holds(String parent, String... children) {
        append(new ContentChanged(
                ContentChanged.Change.ATTACHED,
                id(parent),
                Arrays.stream(children).map(ReplicasTest::id).toList()));
    }

    @Test
    void aSmallDatasetOfAHugeDirectoryIsReadFileByFile() {
        add(
                "HOME-RAW",
                file("/t/huge/a", 1, "00000001"),
                file("/t/huge/b", 2, "00000002"),
                file("/t/huge/c", 3, "00000003"));
        add("FAR-RAW", file("/t/huge/b", 2, "00000002"));
        collection("/t/small", CollectionRow.Kind.DATASET);
        append(new ContentChanged(
                ContentChanged.Change.ATTACHED, id("/t/small"), List.of(id("/t/huge/a"), id("/t/huge/b"))));
        String asked = "{\"dids\":[%s],\"all_states\":true,\"resolve_parents\":true}".formatted(did("/t/small"));
        String whole = list(asked).body();
        server.house().database.write(connection -> {
            try (var update = connection.prepareStatement("update directory set slice_bits = 2 where home = ?")) {
                update.setLong(1, id("/t/huge/a").key().home());
                return update.executeUpdate();
            }
        });
        assertThat(list(asked).body()).isEqualTo(whole);
        assertThat(whole.lines()).hasSize(2);
        assertThat(whole).contains("FAR-RAW");
    }

    @Test
    void anUploadThatEndedHasACopy() {
        send("HOME-RAW", "{\"scope\":\"raw\",\"name\":\"/t/done/a\",\"bytes\":5,\"state\":\"C\"}");
        HttpResponse<String> answer = server.call(
                "PUT",
                "/replicas",
                "{\"rse\":\"HOME-RAW\",\"files\":[{\"scope\":\"raw\",\"name\":\"/t/done/a\",\"state\":\"A\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/done/a"))).body()).contains("\"HOME-RAW\":\"AVAILABLE\"");
        assertThat(copy("/t/done/a").path().path()).isEqualTo("t/done/a");
        HttpResponse<String> nothing = server.call(
                "PUT",
                "/replicas",
                "{\"rse\":\"FAR-RAW\",\"files\":[{\"scope\":\"raw\",\"name\":\"/t/done/a\",\"state\":\"A\"}]}");
        assertThat(kind(nothing)).isEqualTo("ReplicaNotFound");
    }

    @Test
    void aCopyDeclaredBadIsShownSoUntilItWasReadAndNothingIsDeleted() {
        add("HOME-RAW", file("/t/bad/a", 5, "00000001"), file("/t/bad/b", 6, "00000002"));
        String declared =
                "{\"reason\":\"lost\",\"replicas\":[{\"scope\":\"raw\",\"name\":\"/t/bad/a\",\"rse\":\"HOME-RAW\"},"
                        + "{\"scope\":\"raw\",\"name\":\"/t/bad/none\",\"rse\":\"HOME-RAW\"}]}";
        HttpResponse<String> answer = server.call("POST", "/replicas/bad", declared);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"HOME-RAW\":[\"raw:/t/bad/none Unknown replica\"]}");
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/bad/a"))).body()).contains("\"states\":{}");
        assertThat(list("{\"dids\":[%s],\"all_states\":true}".formatted(did("/t/bad/a")))
                        .body())
                .contains("\"HOME-RAW\":\"BAD\"");
        assertThat(server.get("/replicas/bad/states").body())
                .contains("/t/bad/a")
                .contains("\"state\":\"BAD\"");
        assertThat(server.get("/replicas/bad/summary").body())
                .contains("\"BAD\":")
                .contains("\"reason\":\"lost\"");
        assertThat(copy("/t/bad/a").state()).isEqualTo(CopyState.CLAIMED);
        String files = "{\"rse\":\"HOME-RAW\",\"files\":[%s]}".formatted(did("/t/bad/b"));
        assertThat(kind(server.call("DELETE", "/replicas", files))).isEqualTo("AccessDenied");
        assertThat(kind(server.call(
                        "POST",
                        "/replicas/tombstone",
                        "{\"replicas\":[{\"scope\":\"raw\",\"name\":\"/t/bad/b\",\"rse\":\"HOME-RAW\"}]}")))
                .isEqualTo("UnsupportedOperation");
    }

    @Test
    void aReadingAnswersADeclaration() {
        server.laboratory().send(id("/t/read/a"), Laboratory.bytes("/t/read/a"));
        server.laboratory().rest();
        String declared = "{\"replicas\":[{\"scope\":\"raw\",\"name\":\"/t/read/a\",\"rse\":\"HOME-RAW\"}]}";
        assertThat(server.call("POST", "/replicas/bad", declared).body()).isEqualTo("{}");
        assertThat(copy("/t/read/a").state()).isEqualTo(CopyState.CLAIMED);
        assertThat(server.get("/replicas/bad/states").body()).contains("/t/read/a");
        server.laboratory().rest();
        assertThat(copy("/t/read/a").state()).isEqualTo(CopyState.PROVED);
        assertThat(server.get("/replicas/bad/states").body()).doesNotContain("/t/read/a");
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/read/a"))).body()).contains("\"HOME-RAW\":\"AVAILABLE\"");
    }

    @Test
    void anAddressNamesItsFileAndCanBeSuspected() {
        add("HOME-RAW", file("/t/pfn/a", 5, "00000001"));
        String line = list("{\"dids\":[%s]}".formatted(did("/t/pfn/a"))).body();
        String pfn = line.substring(line.indexOf("\"pfns\":{\"") + 9, line.indexOf("\":{\"rse_id\""));
        assertThat(server.call(
                                "POST",
                                "/replicas/dids",
                                "{\"rse\":\"HOME-RAW\",\"pfns\":[\"%s\",\"%s-not\"]}".formatted(pfn, pfn))
                        .body())
                .isEqualTo("{\"%s\":{\"scope\":\"raw\",\"name\":\"/t/pfn/a\"}}\n".formatted(pfn));
        HttpResponse<String> answer = server.call(
                "POST",
                "/replicas/suspicious",
                "{\"pfns\":[\"%s\",\"%s-not\"],\"reason\":\"slow\"}".formatted(pfn, pfn));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("Unknown replica");
        assertThat(server.get("/replicas/suspicious").body()).contains("/t/pfn/a");
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/pfn/a"))).body()).contains("AVAILABLE");
        String bad = "{\"pfns\":[\"%s\"],\"state\":\"TEMPORARY_UNAVAILABLE\",\"expires_at\":\"%s\"}";
        assertThat(server.call("POST", "/replicas/bad/pfns", bad.formatted(pfn, "2099-01-01T00:00:00"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(list("{\"dids\":[%s],\"all_states\":true}".formatted(did("/t/pfn/a")))
                        .body())
                .contains("TEMPORARY_UNAVAILABLE");
    }

    @Test
    void datasetReplicasAreNeverStale() {
        add("HOME-RAW", file("/t/dsr/a", 1, "00000001"), file("/t/dsr/b", 2, "00000002"));
        add("FAR-RAW", file("/t/dsr/a", 1, "00000001"));
        collection("/t/dsr-set", CollectionRow.Kind.DATASET);
        append(new ContentChanged(
                ContentChanged.Change.ATTACHED, id("/t/dsr-set"), List.of(id("/t/dsr/a"), id("/t/dsr/b"))));
        String path = "/replicas/raw/%2Ft%2Fdsr-set/datasets";
        List<String> before = server.get(path).body().lines().toList();
        assertThat(before).hasSize(2);
        assertThat(before)
                .anyMatch(l -> l.contains("HOME-RAW")
                        && l.contains("\"available_length\":2")
                        && l.contains("\"available_bytes\":3.0")
                        && l.contains("\"state\":\"AVAILABLE\""));
        assertThat(before)
                .anyMatch(l -> l.contains("FAR-RAW")
                        && l.contains("\"available_length\":1")
                        && l.contains("\"length\":2")
                        && l.contains("\"state\":\"UNAVAILABLE\""));
        assertThat(server.get("/replicas/rse/FAR-RAW").body()).contains("/t/dsr-set");
        server.house().attendant.step();
        assertThat(server.get(path).body().lines().toList()).isEqualTo(before);
        assertThat(server.call("POST", "/replicas/datasets_bulk", "{\"dids\":[%s]}".formatted(did("/t/dsr-set")))
                        .body()
                        .lines())
                .hasSize(2);
    }

    @Test
    void filesBringTheirFolders() {
        String file =
                "{\"lfn\":\"%s\",\"rse\":\"%s\",\"bytes\":7,\"adler32\":\"00000007\",\"guid\":\"01234567-89AB-cdef-0123-456789abcdef\"}";
        String first = "{\"lfns\":[%s,%s]}"
                .formatted(file.formatted("/p/camp/set/a", "HOME-RAW"), file.formatted("/p/camp/set/b", "HOME-RAW"));
        HttpResponse<String> answer = server.call("POST", "/dirac/addfiles", first);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(server.call("POST", "/dirac/addfiles", first).statusCode()).isEqualTo(201);
        assertThat(list("{\"dids\":[%s]}".formatted(did("/p"))).body().lines()).hasSize(2);
        assertThat(server.get("/dids/raw/%2Fp%2Fcamp%2Fset").body()).contains("DATASET");
        assertThat(server.get("/dids/raw/%2Fp%2Fcamp").body()).contains("CONTAINER");
        // One rule of the dataset, and one of each file where it lies.
        assertThat(server.laboratory().count("select count(*) from rule where not removed"))
                .isEqualTo(3);
        assertThat(server.laboratory()
                        .holding(id("/p/camp/set/a"))
                        .file()
                        .orElseThrow()
                        .attributes()
                        .values())
                .containsEntry("guid", "0123456789abcdef0123456789abcdef");
        HttpResponse<String> wrong = server.call(
                "POST", "/dirac/addfiles", "{\"lfns\":[%s]}".formatted(file.formatted("/p/camp/c", "HOME-RAW")));
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(kind(wrong)).isEqualTo("UnsupportedOperation");
        assertThat(list("{\"dids\":[%s]}".formatted(did("/p/camp/c"))).body()).isEmpty();
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        assertThat(send("NOPE", file("/t/x", 1, "00000001")).statusCode()).isEqualTo(404);
        assertThat(kind(send("HOME-RAW", file("no slash", 1, "00000001")))).isEqualTo("InvalidObject");
        assertThat(kind(server.call("POST", "/replicas", "{\"files\":[]}"))).isEqualTo("KeyError");
        assertThat(kind(server.call("POST", "/replicas", ""))).isEqualTo("ValueError");
        assertThat(kind(server.call("POST", "/replicas", "[]"))).isEqualTo("TypeError");
        assertThat(kind(send("HOME-RAW", "{\"scope\":\"none\",\"name\":\"/t/x\",\"bytes\":5}")))
                .isEqualTo("ScopeNotFound");
        assertThat(kind(list("{\"dids\":[],\"sort\":\"best\"}"))).isEqualTo("SortingAlgorithmNotSupported");
        assertThat(list("{\"dids\":[%s]}".formatted(did("/t/unknown"))).body()).isEmpty();
        assertThat(server.get("/replicas/raw/%2Ft%2Funknown").statusCode()).isEqualTo(404);
    }

    @Test
    void metalinkNamesTheFileAndItsCopies() {
        add("HOME-RAW", file("/t/meta/a", 10, "00000001"));
        HttpResponse<String> answer = server.send(server.at("/replicas/list")
                .method(
                        "POST",
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"dids\":[%s]}".formatted(did("/t/meta/a"))))
                .header("X-Rucio-Auth-Token", server.token())
                .header("Accept", "application/metalink4+xml")
                .build());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/metalink4+xml");
        assertThat(answer.body())
                .contains("<identity>raw:/t/meta/a</identity>")
                .contains("<hash type=\"adler32\">00000001</hash>")
                .contains("<size>10</size>")
                .contains("<url location=\"HOME-RAW\" domain=\"wan\" priority=\"1\"")
                .endsWith("</metalink>\n");
    }

    static String file(String name, long bytes, String adler32) {
        return "{\"scope\":\"raw\",\"name\":\"%s\",\"bytes\":%d,\"adler32\":\"%s\",\"meta\":{\"events\":3}}"
                .formatted(name, bytes, adler32);
    }

    private static String did(String name) {
        return "{\"scope\":\"raw\",\"name\":\"%s\"}".formatted(name);
    }

    private static DataId id(String name) {
        return Laboratory.id(name);
    }

    private static holdfast.catalog.CopyRow copy(String name) {
        return server.laboratory().copy(id(name), Laboratory.HOME).orElseThrow();
    }

    private static void add(String rse, String... files) {
        HttpResponse<String> answer = send(rse, files);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> send(String rse, String... files) {
        return server.call(
                "POST",
                "/replicas",
                "{\"rse\":\"%s\",\"files\":[%s]}".formatted(rse, String.join(",", Arrays.asList(files))));
    }

    private static HttpResponse<String> list(String body) {
        return server.call("POST", "/replicas/list", body);
    }

    private static String kind(HttpResponse<String> answer) {
        return answer.headers().firstValue("ExceptionClass").orElse(answer.statusCode() + " " + answer.body());
    }

    private static void collection(String name, CollectionRow.Kind kind) {
        append(new CollectionsChanged(List.of(CollectionRow.begin(
                id(name), kind, ROOT, "{}", server.house().clock.now()))));
    }

    private static void append(Fact fact) {
        assertThat(server.house().journal.append(fact, new Actor("root"))).isInstanceOf(Appended.Done.class);
    }
}
