package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyState;
import holdfast.retention.Act;
import holdfast.retention.SignedAct;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(lab.house
                        .releaseList
                        .list("keeper", lab.house.attendant.surroundings())
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.keep().orElseThrow()).contains("scope raw is observed"));
        assertThat(lab.house.rehearsal.changes(lab.house.adoption.get()).copiesToOrder())
                .isZero();
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

    @Test
    void aThousandFilesAreOneTransactionAndComeBackInOrder() {
        post("/scopes", SCOPES);
        StringBuilder body = new StringBuilder("{\"files\":[");
        for (int i = 0; i < 1_000; i++) {
            body.append(i == 0 ? "" : ",")
                    .append(
                            "{\"scope\":\"raw\",\"name\":\"/lab/raw/run%d/f%04d.dat\",\"bytes\":%d,\"adler32\":\"%08x\","
                                    .formatted(i / 100, i, i + 1, i))
                    .append("\"copies\":[{\"rse\":\"HOME-RAW\"},{\"rse\":\"OLD-DISK\"}]}");
        }
        body.append("]}");
        long entries = lab.count("select count(*) from journal_entry");
        assertThat(post("/files", body.toString()).at("/copies/registered").intValue())
                .isEqualTo(2_000);
        assertThat(lab.count("select count(*) from journal_entry")).isEqualTo(entries + 1);
        List<String> names = call("GET", "/scopes/raw/files", "").body().lines().toList();
        assertThat(names).hasSize(1_000).isSorted();
        HttpResponse<String> more = call(
                "POST",
                "/files",
                body.toString().replace("]}]}", "]},{\"scope\":\"raw\",\"name\":\"/lab/raw/more.dat\"}]}"));
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(more.body()).contains("at most 1,000");
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

    private static final String COLLECTIONS = """
        {"collections":[
          {"scope":"raw","name":"/lab/sets/one","type":"DATASET","account":"keeper","open":false,"monotonic":true,
           "created":"2024-06-01T00:00:00Z","length":2,"bytes":170,"metadata":{"project":"data"}},
          {"scope":"raw","name":"/lab/sets/all","type":"CONTAINER","account":"keeper","open":true},
          {"scope":"raw","name":"/lab/raw/one.dat","type":"DATASET"}]}\
        """;
    private static final String CONTENTS = """
        {"contents":[
          {"scope":"raw","name":"/lab/sets/one","children":[{"scope":"raw","name":"/lab/raw/one.dat"},
            {"scope":"raw","name":"/lab/raw/two.dat"},{"scope":"raw","name":"/lab/raw/gone.dat"}]},
          {"scope":"raw","name":"/lab/sets/all","children":[{"scope":"raw","name":"/lab/sets/one"}]}]}\
        """;
    private static final String RULES = """
        {"rules":[
          {"id":"00112233445566778899aabbccddeeff","account":"keeper","scope":"raw","name":"/lab/sets/one",
           "copies":1,"rse_expression":"FAR-RAW|NEAR-RAW","grouping":"DATASET","locked":false,
           "created":"2024-06-02T00:00:00Z","expires":"2025-01-01T00:00:00Z","activity":"Custody","comments":"why"},
          {"id":"ffeeddccbbaa99887766554433221100","account":"keeper","scope":"raw","name":"/lab/raw/one.dat",
           "copies":1,"rse_expression":"NEAR-RAW","grouping":"NONE"},
          {"id":"ffeeddccbbaa99887766554433221103","account":"keeper","scope":"raw","name":"/lab/raw/two.dat",
           "copies":1,"rse_expression":"HOME-RAW","grouping":"NONE","ignore_account_limit":true},
          {"id":"ffeeddccbbaa99887766554433221101","account":"keeper","scope":"raw","name":"/lab/raw/none.dat",
           "copies":1,"rse_expression":"NEAR-RAW"}]}\
        """;
    private static final String LOCKS = """
        {"locks":[
          {"rule":"00112233445566778899aabbccddeeff","scope":"raw","name":"/lab/raw/one.dat","rse":"FAR-RAW"},
          {"rule":"00112233445566778899aabbccddeeff","scope":"raw","name":"/lab/raw/two.dat","rse":"FAR-RAW"},
          {"rule":"ffeeddccbbaa99887766554433221100","scope":"raw","name":"/lab/raw/one.dat","rse":"NEAR-RAW"},
          {"rule":"ffeeddccbbaa99887766554433221102","scope":"raw","name":"/lab/raw/one.dat","rse":"NEAR-RAW"}]}\
        """;

    private void all() {
        post("/scopes", SCOPES);
        post("/files", FILES);
        post("/collections", COLLECTIONS);
        post("/contents", CONTENTS);
        post("/rules", RULES);
        post("/locks", LOCKS);
    }

    @Test
    void collectionsRulesAndLocksAreTakenOverOnce() {
        post("/scopes", SCOPES);
        post("/files", FILES);
        assertThat(post("/collections", COLLECTIONS).toString())
                .contains("{\"registered\":2,\"known\":0}", "\"here\":\"FILE\",\"there\":\"DATASET\"");
        assertThat(post("/contents", CONTENTS).toString())
                .contains("{\"attached\":3,\"known\":0}", "raw:/lab/raw/gone.dat is not here");
        assertThat(post("/rules", RULES).toString())
                .contains("{\"registered\":3,\"known\":0}", "what it is about is not here");
        assertThat(post("/locks", LOCKS).toString()).contains("{\"registered\":2,\"known\":1}", "the rule is not here");
        long entries = lab.count("select count(*) from journal_entry");
        assertThat(post("/collections", COLLECTIONS).toString()).contains("{\"registered\":0,\"known\":2}");
        assertThat(post("/contents", CONTENTS).toString()).contains("{\"attached\":0,\"known\":3}");
        assertThat(post("/rules", RULES).toString()).contains("{\"registered\":0,\"known\":3}");
        assertThat(post("/locks", LOCKS).toString()).contains("{\"registered\":0,\"known\":3}");
        assertThat(lab.count("select count(*) from journal_entry")).isEqualTo(entries);

        assertThat(server.get("/dids/raw//lab/sets/one").body()).contains("\"open\":false", "\"length\":2");
        assertThat(server.get("/rules/00112233445566778899aabbccddeeff").body())
                .contains(
                        "\"account\":\"keeper\"", "Sun, 02 Jun 2024", "Wed, 01 Jan 2025", "\"locks_replicating_cnt\":");
    }

    @Test
    void rulesOfAnObservedScopeStandAsTheyWereTakenOver() {
        all();
        for (int i = 0; i < 2; i++) {
            lab.house.ruleKeeper.step();
            lab.house.ruleKeeper.retry();
            lab.house.expiry.step();
            lab.rest();
        }
        assertThat(lab.count("select count(*) from rule where not removed")).isEqualTo(3);
        assertThat(lab.count("select count(*) from rule_lock")).isEqualTo(2);
        assertThat(lab.count("select count(*) from demand")).isZero();
    }

    @Test
    void onceTwoSignedTheHouseOrdersWhatPlanAndRulesWant() throws Exception {
        all();
        lab.rest();
        assertThat(lab.count("select count(*) from demand")).isZero();
        Signatures signatures = new Signatures();
        Actor keeper = new Actor("keeper");
        signatures.name(lab.house.acts, keeper);
        Digest digest = Digest.sha256("comparison".getBytes(StandardCharsets.UTF_8));
        Act wrong = new Act.ManageScope(Laboratory.RAW, new Act.Compared(digest, 3, 0, 0, 0));
        assertThatThrownBy(() -> lab.house.acts.propose(wrong, "day one", keeper))
                .hasMessageContaining("the comparison saw 3 files of scope raw here, and there are 2");

        Act manage = new Act.ManageScope(Laboratory.RAW, new Act.Compared(digest, 1, 5, 0, 1));
        assertThat(manage.text()).contains("equal 1 only-there 5 only-here 0 different 1".replace(' ', '\t'));
        SignedAct done = signatures.signedByBoth(lab.house.acts, manage, keeper);
        assertThat(done.state()).isEqualTo(SignedAct.State.DONE);
        lab.house.attendant.step();
        assertThat(lab.rows("select distinct reason from demand").toString()).contains("P-22", "P-26");
        lab.house.ruleKeeper.step();
        assertThat(lab.rows("select id::text from rule where removed"))
                .as("its own end had come")
                .containsExactly("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(lab.rows("select id::text from rule where paused = 'STUCK'"))
                .as("it holds nothing anywhere")
                .containsExactly("ffeeddcc-bbaa-9988-7766-554433221103");
        lab.house.ruleKeeper.retry();
        assertThat(lab.count("select count(*) from rule where paused is not null"))
                .isZero();
        assertThat(call("POST", "/files", FILES).statusCode()).isEqualTo(409);
        JsonNode status = JSON.readTree(call("GET", "/scopes", "").body()).at("/scopes/0");
        assertThat(status.at("/mode").stringValue()).isEqualTo("MANAGED");
        assertThat(status.at("/act/onlyThere").intValue()).isEqualTo(5);
    }

    @Test
    void statusCountsWhatIsStillClaimedAndTheListingIsInTheOrderOfNames() {
        all();
        JsonNode status = JSON.readTree(call("GET", "/scopes", "").body()).at("/scopes/0");
        assertThat(status.at("/mode").stringValue()).isEqualTo("OBSERVED");
        assertThat(status.at("/source").stringValue()).isEqualTo("http://other");
        assertThat(status.at("/copies").toString()).isEqualTo("{\"all\":3,\"claimed\":3,\"proved\":0,\"other\":0}");
        assertThat(call("GET", "/scopes/raw/files", "").body()).isEqualTo("""
            {"name":"/lab/raw/one.dat","bytes":120,"adler32":"0a0b0c0d","md5":null,"copies":["HOME-RAW","OLD-DISK"]}
            {"name":"/lab/raw/two.dat","bytes":50,"adler32":null,"md5":"00112233445566778899aabbccddeeff","copies":["FAR-RAW"]}
            """);
        assertThat(server.send(HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + server.port() + "/holdfast/v1/adoption/scopes"))
                                .build())
                        .statusCode())
                .isEqualTo(401);
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
