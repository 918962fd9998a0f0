package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Taking over what another Rucio knows, over its own interface, against the whole house. */
class AdoptionTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DataId ONE = Laboratory.id("/lab/raw/one.dat");
    private static final String SCOPES = """
        {"source":"http://other","scopes":[{"name":"raw","owner":"keeper"}],
         "accounts":[{"name":"keeper","type":"SERVICE","email":"keeper@lab"}],
         "rses":[{"name":"HOME-RAW"},{"name":"OLD-DISK","deterministic":true,"type":"DISK",
           "availability":{"read":true,"write":false,"delete":false},
           "attributes":{"site":"old","lfn2pfn_algorithm":"no-such"},
           "protocols":[{"scheme":"root","hostname":"old.lab","port":1094,"prefix":"/data","impl":"x.Default",
             "domains":{"wan":{"read":1,"write":0,"delete":0}}}]}]}\
        """;
    private static final String FILES = """
        {"source":"http://other","files":[
          {"scope":"raw","name":"/lab/raw/one.dat","bytes":120,"adler32":"0a0b0c0d","account":"keeper",
           "created":"2024-05-01T10:00:00Z","guid":"00112233445566778899aabbccddeeff",
           "metadata":{"events":7,"color":"red"},
           "copies":[{"rse":"HOME-RAW","state":"AVAILABLE"},{"rse":"OLD-DISK","state":"A"},
                     {"rse":"NEAR-RAW","state":"COPYING"},{"rse":"NOWHERE","state":"AVAILABLE"}]},
          {"scope":"raw","name":"/lab/raw/two.dat","bytes":50,"md5":"00112233445566778899aabbccddeeff",
           "copies":[{"rse":"FAR-RAW","state":"BAD"}]}]}\
        """;

    @TempDir
    Path folder;

    private final RecordedDrivers drivers = new RecordedDrivers();
    private RucioServer server;
    private Laboratory lab;

    @BeforeEach
    void open() throws Exception {
        server = new RucioServer(folder, "lab-policy.yaml", drivers.ports());
        lab = server.laboratory();
    }

    @AfterEach
    void fold() throws Exception {
        try (RucioServer closing = server) {
            assertThat(closing.house().auditor.audit().differences()).isEmpty();
        }
    }

    @Test
    void whatTheOtherServerHasIsTakenOverOnceAndWhatCannotBeIsTold() {
        JsonNode opened = post("/scopes", SCOPES);
        assertThat(opened.at("/scopes").toString())
                .isEqualTo("[{\"name\":\"raw\",\"mode\":\"OBSERVED\",\"new\":true}]");
        assertThat(opened.at("/rses/0/known").stringValue()).isEqualTo("sites file");
        assertThat(opened.at("/rses/1/known").stringValue()).isEqualTo("added");
        assertThat(opened.at("/accounts/added").intValue()).isEqualTo(1);
        assertThat(opened.at("/refused").toString()).contains("rse attribute", "OLD-DISK/lfn2pfn_algorithm");

        JsonNode first = post("/files", FILES);
        assertThat(first.at("/files").toString()).isEqualTo("{\"registered\":2,\"known\":0}");
        assertThat(first.at("/copies").toString()).isEqualTo("{\"registered\":3,\"known\":0,\"left\":2}");
        assertThat(first.at("/conflicts").toString()).contains("\"rse\"", "NOWHERE");
        assertThat(lab.holding(ONE).copies())
                .hasSize(2)
                .allSatisfy(c -> assertThat(c.state()).isEqualTo(CopyState.CLAIMED));
        assertThat(lab.holding(ONE).file().orElseThrow().mention()).isEqualTo("2024-05-01T10:00:00Z");

        long entries = lab.count("select count(*) from journal_entry");
        JsonNode again = post("/scopes", SCOPES);
        assertThat(again.at("/scopes/0/new").booleanValue()).isFalse();
        assertThat(again.at("/rses/1/known").stringValue()).isEqualTo("here already");
        JsonNode second = post("/files", FILES);
        assertThat(second.at("/files").toString()).isEqualTo("{\"registered\":0,\"known\":2}");
        assertThat(second.at("/copies").toString()).isEqualTo("{\"registered\":0,\"known\":3,\"left\":2}");
        assertThat(lab.count("select count(*) from journal_entry")).isEqualTo(entries);
    }

    @Test
    void inAnObservedScopeNothingIsOrderedReleasedOrChanged() {
        post("/scopes", SCOPES);
        post("/files", FILES);
        lab.rest();
        drivers.forget();
        for (int i = 0; i < 3; i++) {
            lab.rest();
            lab.house.releases.step();
            lab.house.ruleKeeper.step();
        }
        assertThat(lab.count("select count(*) from demand")).isZero();
        assertThat(drivers.all()).isNotEmpty();
        assertThat(drivers.changing()).isEmpty();

        assertThat(lab.house.acts.obstacles(ONE, Laboratory.HOME).toString())
                .contains("scope raw is observed", "holdfast adopt manage raw");
        assertThat(server.get("/explain/raw//lab/raw/one.dat").body())
                .contains("\"observed\":true", "observed: nothing is ordered or deleted here");
        assertThat(lab.send(Laboratory.id("/lab/raw/new.dat"), Laboratory.bytes("new"))
                        .toString())
                .contains("scope raw is observed");
    }

    @Test
    void noClientChangesAnythingInAnObservedScope() {
        post("/scopes", SCOPES);
        post("/files", FILES);
        long entries = lab.count("select count(*) from journal_entry");
        refused("POST", "/replicas/", """
            {"rse":"NEAR-RAW","files":[{"scope":"raw","name":"/lab/raw/new.dat","bytes":3}]}\
            """);
        refused("POST", "/dids/raw//lab/sets/one", "{\"type\":\"DATASET\"}");
        refused("POST", "/dids/raw//lab/raw/one.dat/meta", "{\"meta\":{\"color\":\"blue\"}}");
        refused("POST", "/rules/", """
            {"dids":[{"scope":"raw","name":"/lab/raw/one.dat"}],"copies":1,"rse_expression":"HOME-RAW",
             "account":"root"}\
            """);
        refused("POST", "/replicas/bad/dids", """
            {"rse":"HOME-RAW","dids":[{"scope":"raw","name":"/lab/raw/one.dat"}],"reason":"no"}\
            """);
        refused("PUT", "/replicas/", """
            {"rse":"FAR-RAW","files":[{"scope":"raw","name":"/lab/raw/two.dat","state":"A"}]}\
            """);
        assertThat(lab.count("select count(*) from journal_entry")).isEqualTo(entries);
        assertThat(server.get("/replicas/raw//lab/raw/one.dat").body()).contains("HOME-RAW", "OLD-DISK");
    }

    private void refused(String method, String path, String body) {
        HttpResponse<String> answer = server.call(method, path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("UnsupportedOperation", "observed", "holdfast adopt manage raw");
    }

    @Test
    void otherBytesAndOtherKindsAreListedAndNothingOfThemIsStored() {
        post("/scopes", SCOPES);
        post("/files", FILES);
        long entries = lab.count("select count(*) from journal_entry");
        JsonNode answer = post("/files", """
            {"files":[{"scope":"raw","name":"/lab/raw/one.dat","bytes":121,"adler32":"ffffffff",
                       "copies":[{"rse":"FAR-RAW"}]},
                      {"scope":"raw","name":"/lab/raw/two.dat","bytes":50,"md5":"ff112233445566778899aabbccddeeff",
                       "copies":[{"rse":"HOME-RAW"}]},
                      {"scope":"raw","name":"no slash","bytes":1,"copies":[]},
                      {"scope":"raw","name":"/lab/raw/empty.dat","bytes":0,"copies":[{"rse":"HOME-RAW"}]}]}\
            """);
        assertThat(answer.at("/files").toString()).isEqualTo("{\"registered\":0,\"known\":0}");
        assertThat(answer.at("/copies/left").intValue()).isEqualTo(3);
        assertThat(answer.at("/conflicts").toString())
                .contains("\"what\":\"bytes\",\"here\":\"120\",\"there\":\"121\"")
                .contains("\"what\":\"adler32\"", "\"what\":\"md5\"", "\"what\":\"name\"", "without bytes");
        assertThat(lab.count("select count(*) from journal_entry")).isEqualTo(entries);
    }

    @Test
    void aScopeThatThisHouseManagesIsLeftAlone() {
        lab.send(ONE, Laboratory.bytes("one"));
        JsonNode opened = post("/scopes", SCOPES);
        assertThat(opened.at("/scopes/0/mode").stringValue()).isEqualTo("MANAGED");
        assertThat(opened.at("/refused").toString()).contains("this house manages it");
        HttpResponse<String> answer = call("POST", "/files", FILES);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("scope raw is not observed here");
    }

    private JsonNode post(String path, String body) {
        HttpResponse<String> answer = call("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return server.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/holdfast/v1/adoption" + path))
                        .header("Authorization", "Bearer " + server.secret())
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build());
    }
}
