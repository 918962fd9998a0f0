package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.FileRow;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold files, through Rucio's interface. */
class ArchivesTest {
    private static final AccountName ROOT = AccountName.ROOT;

    /** Of no class of the plan. */
    private static final String FREE = "free";

    private static final String RAW = "raw";

    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = RucioServer.generic(folder);
        server.house().scopes.add(Writer.whole(ROOT), new Scope(FREE), ROOT);
        server.house().scopes.add(Writer.whole(ROOT), Laboratory.RAW, ROOT);
        ok(server.call("POST", "/rses/XROOT", "{\"deterministic\":true}"));
        ok(
                server.call(
                        "POST",
                        "/rses/XROOT/protocols/root",
                        "{\"hostname\":\"se.example.org\",\"port\":1094,\"prefix\":\"//data/\",\"impl\":\"x\",\"domains\":{"
                                + "\"lan\":{\"read\":1,\"write\":1,\"delete\":1},\"wan\":{\"read\":1,\"write\":1,\"delete\":1}}}"));
    }

    @AfterAll
    static void close() throws Exception {
        server.house().attendant.step();
        var audit = server.house().auditor.audit();
        assertThat(audit.differences()).isEmpty();
        assertThat(audit.agrees()).isTrue();
        server.close();
    }

    @Test
    void anArchiveListsWhatWasPutIntoIt() {
        add("HOME-RAW", FREE, "/one/a.zip", 100);
        put(FREE, "/one/a.zip", file(FREE, "/one/x", 7), file(FREE, "/one/y", 8));
        put(FREE, "/one/a.zip", file(FREE, "/one/z", 9));
        assertThat(server.get("/archives/free/%2Fone%2Fa.zip/files").body().lines())
                .hasSize(3)
                .anyMatch(
                        "{\"scope\":\"free\",\"name\":\"/one/y\",\"bytes\":8,\"adler32\":\"00000001\",\"md5\":null}"
                                ::equals);
        assertThat(server.get("/dids/free/%2Fone%2Fx").body())
                .contains("\"type\":\"FILE\"")
                .contains("\"bytes\":7");
        assertThat(meta("/one/a.zip")).contains("\"is_archive\":true").contains("\"constituent\":null");
        assertThat(meta("/one/x")).contains("\"constituent\":true").contains("\"is_archive\":null");
        assertThat(server.laboratory().holding(id(FREE, "/one/x")).copies()).isEmpty();
    }

    @Test
    void aFileIsReachedThroughTheCopiesOfItsArchive() {
        add("HOME-RAW", FREE, "/via/a.tar.gz", 100);
        add("XROOT", FREE, "/via/a.tar.gz", 100);
        put(FREE, "/via/a.tar.gz", file(FREE, "/via/in-it", 7));
        String line = list(FREE, "/via/in-it", "");
        assertThat(line)
                .contains("\"bytes\":7")
                .contains("\"root://se.example.org:1094//data/free/")
                .contains("a.tar.gz?xrdcl.unzip=%2Fvia%2Fin-it\":{")
                .contains("\"domain\":\"zip\",\"priority\":1,\"client_extract\":false}")
                .contains("\"domain\":\"zip\",\"priority\":2,\"client_extract\":true}")
                .contains("\"states\":{\"HOME-RAW\":\"AVAILABLE\",\"XROOT\":\"AVAILABLE\"}");
        assertThat(list(FREE, "/via/in-it", ",\"resolve_archives\":false"))
                .contains("\"pfns\":{},\"rses\":{},\"states\":{}");
        assertThat(list(FREE, "/via/in-it", ",\"rse_expression\":\"HOME-RAW\""))
                .contains("\"states\":{\"HOME-RAW\":\"AVAILABLE\"}");
        // What lies at the archive's address is not the file.
        assertThat(server.get("/redirect/free/%2Fvia%2Fin-it").statusCode()).isEqualTo(404);
    }

    @Test
    void aFileOfADatasetIsReachedThroughItsArchiveTooAndAnElementIsNamedOnce() {
        add("HOME-RAW", FREE, "/set/a.zip", 100);
        add("HOME-RAW", FREE, "/set/own", 5);
        put(FREE, "/set/a.zip", file(FREE, "/set/own", 5), file(FREE, "/set/only", 6));
        ok(server.call("POST", "/dids/free/%2Fset%2Fds", "{\"type\":\"DATASET\"}"));
        put(FREE, "/set/ds", file(FREE, "/set/own", 5), file(FREE, "/set/only", 6));
        String lines = list(FREE, "/set/ds", "");
        assertThat(lines.lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"states\":{\"HOME-RAW\":\"AVAILABLE\"}"))
                .anyMatch(line -> line.contains("\"domain\":\"wan\",\"priority\":1")
                        && line.contains("\"domain\":\"zip\",\"priority\":2"));
    }

    @Test
    void aRuleOverAFileThatLiesInAnArchiveAloneHoldsTheArchive() {
        add("HOME-RAW", FREE, "/rule/a.zip", 100);
        put(FREE, "/rule/a.zip", file(FREE, "/rule/x", 7));
        ok(server.call(
                "POST",
                "/rules/",
                "{\"dids\":[{\"scope\":\"free\",\"name\":\"/rule/x\"}],\"copies\":1,\"rse_expression\":\"HOME-RAW\","
                        + "\"account\":\"root\",\"ignore_account_limit\":true}"));
        assertThat(server.get("/dids/free/%2Frule%2Fa.zip/rules").body()).contains("\"name\":\"/rule/a.zip\"");
        assertThat(server.get("/dids/free/%2Frule%2Fx/rules").body()).isEmpty();
    }

    @Test
    void whoeverAsksIsToldInWhichArchiveAFileLies() {
        add("HOME-RAW", FREE, "/why/a.zip", 100);
        put(FREE, "/why/a.zip", file(FREE, "/why/x", 7));
        assertThat(server.get("/explain/free/%2Fwhy%2Fx").body())
                .contains("\"in_archive\":\"free:/why/a.zip\"")
                .contains("\"next\":\"nothing is on order; its bytes lie in archive free:/why/a.zip");
        assertThat(server.get("/explain/free/%2Fwhy%2Fa.zip").body()).contains("\"in_archive\":null");
    }

    @Test
    void whatIsSaidOfAFileMustBeWhatIsKnownOfIt() {
        add("HOME-RAW", FREE, "/same/a.zip", 100);
        add("HOME-RAW", FREE, "/same/x", 7);
        refused(tryToPut(FREE, "/same/a.zip", file(FREE, "/same/x", 8)), 412, "FileConsistencyMismatch");
        put(FREE, "/same/a.zip", file(FREE, "/same/x", 7));
        refused(tryToPut(FREE, "/same/a.zip", file(FREE, "/same/x", 7)), 409, "FileAlreadyExists");
        refused(tryToPut(FREE, "/same/a.zip", file(FREE, "/same/a.zip", 100)), 409, "UnsupportedOperation");
        refused(tryToPut(FREE, "/same/x", file(FREE, "/same/y", 7)), 409, "UnsupportedOperation");
        refused(tryToPut(FREE, "/same/a.zip", "{\"scope\":\"free\",\"name\":\"/same/none\"}"), 400, "KeyError");
        refused(
                server.call(
                        "DELETE",
                        "/dids/free/%2Fsame%2Fa.zip/dids",
                        "{\"dids\":[%s]}".formatted(file(FREE, "/same/x", 7))),
                409,
                "UnsupportedOperation");
        ok(server.call("POST", "/dids/free/%2Fsame%2Fds", "{\"type\":\"DATASET\"}"));
        refused(tryToPut(FREE, "/same/a.zip", file(FREE, "/same/ds", 7)), 409, "UnsupportedOperation");
        assertThat(server.get("/archives/free/%2Fsame%2Fa.zip/files").body().lines())
                .hasSize(1);
    }

    @Test
    void noFileOfAClassHidesInAnArchiveOfAnother() {
        add("HOME-RAW", FREE, "/class/a.zip", 100);
        refused(tryToPut(FREE, "/class/a.zip", file(RAW, "/class/x", 7)), 409, "UnsupportedOperation");
        add("HOME-RAW", RAW, "/class/b.zip", 100);
        put(RAW, "/class/b.zip", file(RAW, "/class/x", 7));
        assertThat(fileRow(RAW, "/class/x").belongs()).isEmpty();
        // With a copy of its own it is a file of its class like any other.
        add("HOME-RAW", RAW, "/class/x", 7);
        assertThat(fileRow(RAW, "/class/x").belongs())
                .isEqualTo(fileRow(RAW, "/class/b.zip").belongs());
    }

    private static FileRow fileRow(String scope, String name) {
        return server.laboratory().holding(id(scope, name)).file().orElseThrow();
    }

    private static DataId id(String scope, String name) {
        return new DataId(new Scope(scope), name);
    }

    private static String file(String scope, String name, long bytes) {
        return "{\"scope\":\"%s\",\"name\":\"%s\",\"bytes\":%d,\"adler32\":\"00000001\"}".formatted(scope, name, bytes);
    }

    private static void add(String rse, String scope, String name, long bytes) {
        ok(server.call(
                "POST", "/replicas", "{\"rse\":\"%s\",\"files\":[%s]}".formatted(rse, file(scope, name, bytes))));
    }

    private static HttpResponse<String> tryToPut(String scope, String name, String... files) {
        return server.call(
                "POST",
                "/dids/%s/%s/dids".formatted(scope, name.replace("/", "%2F")),
                "{\"dids\":[%s]}".formatted(String.join(",", files)));
    }

    private static void put(String scope, String name, String... files) {
        ok(tryToPut(scope, name, files));
    }

    private static String list(String scope, String name, String more) {
        return server.call(
                        "POST",
                        "/replicas/list",
                        "{\"dids\":[{\"scope\":\"%s\",\"name\":\"%s\"}]%s}".formatted(scope, name, more))
                .body();
    }

    private static String meta(String name) {
        return server.get("/dids/free/%s/meta".formatted(name.replace("/", "%2F")))
                .body();
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static void refused(HttpResponse<String> answer, int status, String kind) {
        assertThat(Map.of(
                        answer.statusCode(),
                        answer.headers().firstValue("ExceptionClass").orElse("")))
                .as(answer.body())
                .isEqualTo(Map.of(status, kind));
    }
}
