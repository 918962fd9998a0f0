package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.sql.AccessTable;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports and imports, exceptions from lifetimes, open data and traces, as a client of Rucio's sees them. */
class RucioSettingsTest {
    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        // Its scope is open to everybody: what is not, is no open data.
        Laboratory.plan(folder, "levels.yaml");
        server = new RucioServer(folder);
        server.call("POST", "/accounts/root/scopes/keep", "");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @Test
    void whatIsExportedIsTakenInAgain() {
        String near = Laboratory.NEAR.name();
        String added = "{\"rses\": {\"OUT-1\": {\"rse_type\": \"DISK\", \"deterministic\": true, \"availability\": 7,"
                + " \"attributes\": {\"tier\": \"2\", \"OUT-1\": true}, \"MinFreeSpace\": 10,"
                + " \"protocols\": [{\"scheme\": \"root\", \"hostname\": \"se1.example.org\", \"port\": 1094,"
                + " \"prefix\": \"/data/\", \"impl\": \"rucio.rse.protocols.xrootd.Default\","
                + " \"domains\": {\"wan\": {\"read\": 1, \"write\": 1}}}]}},"
                + " \"distances\": {\"" + near + "\": {\"OUT-1\": {\"distance\": 3}}}}";
        assertThat(server.call("POST", "/import/", added).body()).isEqualTo("Created");
        String exported = server.get("/export/").body();
        assertThat(exported)
                .contains("\"OUT-1\":{", "\"se1.example.org\"", "\"tier\":\"2\"", "\"MinFreeSpace\":10")
                .contains("\"distances\":{\"" + near + "\":{\"OUT-1\":{\"distance\":3");
        HttpResponse<String> again = server.call("POST", "/import/", exported);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(server.get("/export/").body().replaceAll("\"updated_at\":\"[^\"]*\"", ""))
                .isEqualTo(exported.replaceAll("\"updated_at\":\"[^\"]*\"", ""));
        assertThat(server.get("/export/?distance=False").body()).doesNotContain("distances");
        says(server.call("POST", "/import/", "{\"accounts\": []}"), 409, "UnsupportedOperation");
    }

    @Test
    void anExceptionThatIsApprovedMovesTheEnd() {
        dataset("/ends/a", ", \"lifetime\": 3600");
        dataset("/stays/a", "");
        String asked = "{\"dids\": [%s, %s, %s], \"comments\": \"needed\", \"expires_at\": \"2099-01-01T00:00:00\"}"
                .formatted(did("/ends/a"), did("/stays/a"), did("/nowhere"));
        HttpResponse<String> made = server.call("POST", "/lifetime_exceptions/", asked);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body())
                .contains("\"unknown\":[" + "{\"scope\":\"keep\",\"name\":\"/nowhere\",\"did_type\":\"DATASET\"}]")
                .contains("\"not_affected\":[{\"scope\":\"keep\",\"name\":\"/stays/a\",\"did_type\":\"DATASET\"}]");
        Matcher id = Pattern.compile("[0-9a-f]{32}").matcher(made.body());
        assertThat(id.find()).isTrue();
        says(server.call("POST", "/lifetime_exceptions/", asked), 409, "LifetimeExceptionDuplicate");
        assertThat(server.get("/lifetime_exceptions/" + id.group()).body())
                .contains("\"name\":\"/ends/a\"", "\"state\":\"WAITING\"", "\"comments\":\"needed\"");
        says(
                server.call("PUT", "/lifetime_exceptions/" + id.group(), "{\"state\": \"X\"}"),
                400,
                "UnsupportedOperation");
        assertThat(server.call("PUT", "/lifetime_exceptions/" + id.group(), "{\"state\": \"A\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.get("/lifetime_exceptions/").body()).contains("\"state\":\"APPROVED\"");
        assertThat(server.get("/dids/keep//ends/a/meta").body()).contains("01 Jan 2099 00:00:00 UTC");
        says(server.get("/lifetime_exceptions/nosuch"), 404, "LifetimeExceptionNotFound");
    }

    @Test
    void openDataIsADraftThenPublicThenAtMostSuspended() {
        dataset("/open/a", "");
        String path = "/opendata/dids/keep//open/a";
        assertThat(server.call("POST", path, "").statusCode()).isEqualTo(201);
        says(server.call("POST", path, ""), 409, "OpenDataDataIdentifierAlreadyExists");
        says(server.call("POST", "/opendata/dids/keep//open/none", ""), 404, "DataIdentifierNotFound");
        assertThat(server.get("/opendata/dids?state=DRAFT").body()).contains("\"name\":\"/open/a\"");
        says(open("/opendata/public/dids/keep//open/a"), 404, "OpenDataDataIdentifierNotFound");
        says(server.call("PUT", path, "{\"state\": \"PUBLIC\"}"), 400, "OpenDataInvalidStateUpdate");
        server.call("PUT", "/dids/keep//open/a/status", "{\"open\": false}");
        HttpResponse<String> changed = server.call(
                "PUT", path, "{\"state\": \"PUBLIC\", \"doi\": \"10.1234/abc\", \"meta\": {\"title\": \"t\"}}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(open("/opendata/public/dids/keep//open/a?meta=1&files=1").body())
                .contains("\"doi\":\"10.1234/abc\"", "\"meta\":{\"title\":\"t\"}", "\"files\":[]");
        assertThat(open("/opendata/public/dids").body()).contains("\"state\":\"PUBLIC\"");
        says(server.call("PUT", path, "{\"state\": \"DRAFT\"}"), 400, "OpenDataInvalidStateUpdate");
        says(server.call("DELETE", path, ""), 400, "OpenDataInvalidState");
        assertThat(server.call("PUT", path, "{\"state\": \"SUSPENDED\"}").statusCode())
                .isEqualTo(200);
        says(open("/opendata/public/dids/keep//open/a"), 404, "OpenDataDataIdentifierNotFound");
        dataset("/open/b", "");
        assertThat(server.call("POST", "/opendata/dids/keep//open/b", "").statusCode())
                .isEqualTo(201);
        assertThat(server.call("DELETE", "/opendata/dids/keep//open/b", "").statusCode())
                .isEqualTo(204);
        says(server.get("/opendata/dids/keep//open/b"), 404, "OpenDataDataIdentifierNotFound");
    }

    @Test
    void aTraceMovesTheDateOfTheLastAccessAndNothingElse() {
        dataset("/touched", "");
        String trace = "{\"eventType\": \"touch\", \"datasetScope\": \"keep\", \"dataset\": \"/touched\","
                + " \"scope\": \"keep\", \"filename\": \"/never/there\"}";
        HttpResponse<String> answer = server.send(
                server.at("/traces/").POST(BodyPublishers.ofString(trace)).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(last("/touched")).isTrue();
        assertThat(last("/never/there")).isFalse();
        assertThat(server.get("/dids/keep/%2Ftouched/meta").body())
                .doesNotContain("\"accessed_at\":null")
                .containsPattern("\"accessed_at\":\"[A-Z][a-z]{2}, ");
        HttpResponse<String> bad = server.send(
                server.at("/traces/").POST(BodyPublishers.ofString("{")).build());
        says(bad, 400, "ValueError");
    }

    @Test
    void aConventionHoldsWhereverMetadataAreSetOnNamesOfItsType() {
        created("POST", "/meta_conventions/datatype", "{\"key_type\": \"DATASET\"}");
        created("POST", "/meta_conventions/datatype/", "{\"value\": \"mdst\"}");
        created("POST", "/meta_conventions/campaign", "{\"key_type\": \"FILE\", \"value_regexp\": \"c[0-9]\"}");
        String wrong = "{\"type\": \"DATASET\", \"meta\": {\"datatype\": \"x\"}}";
        says(server.call("POST", "/dids/keep/%2Fagreed", wrong), 400, "InvalidValueForKey");
        created("POST", "/dids/keep/%2Fagreed", wrong.replace("\"x\"", "\"mdst\""));
        says(
                server.call("POST", "/dids/keep/%2Fagreed/meta/datatype", "{\"value\": \"x\"}"),
                400,
                "InvalidValueForKey");
        created("POST", "/dids/keep/%2Fagreed/meta/campaign", "{\"value\": \"anything\"}");
        created("POST", "/dids/keep/%2Fagreedc", wrong.replace("DATASET", "CONTAINER"));
        created("POST", "/accounts/root/scopes/raw", "");
        String file = "{\"rse\": \"HOME-RAW\", \"files\": [{\"scope\": \"raw\", \"name\": \"/agreed/f\","
                + " \"bytes\": 1, \"meta\": {\"datatype\": \"x\", \"campaign\": \"anything\"}}]}";
        says(server.call("POST", "/replicas", file), 400, "InvalidValueForKey");
        created("POST", "/replicas", file.replace("anything", "c1"));
    }

    private static void created(String method, String path, String body) {
        HttpResponse<String> answer = server.call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static boolean last(String name) {
        DataId id = new DataId(new Scope("keep"), name);
        return server.house()
                .database
                .read(connection -> new AccessTable().last(connection, List.of(id)))
                .containsKey(id);
    }

    private static HttpResponse<String> open(String path) {
        return server.send(server.at(path).GET().build());
    }

    private static String did(String name) {
        return "{\"scope\": \"keep\", \"name\": \"%s\"}".formatted(name);
    }

    private static void dataset(String name, String more) {
        HttpResponse<String> answer = server.call("POST", "/dids/keep/" + name, "{\"type\": \"DATASET\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static void says(HttpResponse<String> answer, int status, String kind) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("ExceptionClass")).contains(kind);
    }
}
