package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CollectionRow.Kind;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Attaching.Duplicates;
import holdfast.server.catalog.Attachment;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.NewCollection;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets and containers as a client of Rucio's makes, fills and lists them. */
class DidsTest {
    private static final String SET = "/dids/raw/%2Flab%2Fsets%2Fone";
    private static final String ALL = "/dids/raw/%2Flab%2Fsets%2Fall";

    private static final String A = "/dids/raw/%2Flab%2Fraw%2Frun1%2Fa.dat";

    @TempDir
    Path folder;

    private RucioServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new RucioServer(folder);
        for (String name : new String[] {"a.dat", "b.dat", "c.dat"}) {
            var id = Laboratory.id("/lab/raw/run1/" + name);
            server.laboratory().send(id, Laboratory.bytes(id.name()));
        }
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @Test
    void aDatasetIsMadeFilledAndListed() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\"}"));
        created(server.call("POST", SET + "/dids", files("a.dat", "b.dat")));
        created(server.call("POST", ALL, "{\"type\": \"CONTAINER\", \"dids\": [" + did("/lab/sets/one") + "]}"));

        assertThat(server.get(SET).body())
                .isEqualTo("{\"scope\":\"raw\",\"name\":\"/lab/sets/one\",\"type\":\"DATASET\",\"account\":\"root\","
                        + "\"open\":true,\"monotonic\":false,\"expired_at\":null,\"length\":null,\"bytes\":null}");
        assertThat(server.get(SET + "?dynamic_depth=FILE").body()).contains("\"length\":2");
        assertThat(server.get(SET + "/dids").body().lines()).hasSize(2).allMatch(l -> l.contains("\"type\":\"FILE\""));
        assertThat(server.get(ALL + "/files?long").body().lines())
                .hasSize(2)
                .allMatch(l -> l.contains("\"lumiblocknr\":null"));
        assertThat(server.get(ALL + "/dids").body()).contains("\"type\":\"DATASET\"");
        assertThat(server.get(SET + "/parents").body()).contains("/lab/sets/all");
        assertThat(server.get("/dids/raw/%2Flab%2Fraw%2Frun1%2Fa.dat/parents").body())
                .contains("/lab/sets/one");
        assertThat(server.call("DELETE", SET + "/dids", files("a.dat")).statusCode())
                .isEqualTo(200);
        assertThat(server.get(ALL + "/files").body().lines()).hasSize(1);
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsDone() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\"}"));
        created(server.call("POST", ALL, "{\"type\": \"CONTAINER\"}"));
        created(server.call("POST", SET + "/dids", files("a.dat")));

        refused(server.call("POST", SET, "{\"type\": \"DATASET\"}"), 409, "DataIdentifierAlreadyExists");
        refused(server.call("POST", SET + "/dids", files("a.dat", "b.dat")), 409, "FileAlreadyExists");
        refused(server.call("POST", SET + "/dids", files("nofile")), 404, "DataIdentifierNotFound");
        refused(server.call("POST", ALL + "/dids", files("a.dat")), 409, "UnsupportedOperation");
        refused(
                server.call("POST", ALL + "/dids", "{\"dids\": [" + did("/lab/sets/all") + "]}"),
                409,
                "UnsupportedOperation");
        refused(server.call("DELETE", SET + "/dids", files("b.dat")), 404, "DataIdentifierNotFound");
        refused(server.get("/dids/raw/nope"), 404, "DataIdentifierNotFound");
        refused(server.call("POST", "/dids/raw/bad%20name!", "{\"type\": \"DATASET\"}"), 400, "InvalidObject");
        refused(
                server.call(
                        "POST",
                        SET + "/dids",
                        "{\"dids\":[{\"scope\":\"raw\",\"name\":\"/lab/raw/run1/b.dat\",\"bytes\":1}]}"),
                412,
                "FileConsistencyMismatch");
        assertThat(server.get(SET + "/files").body().lines()).hasSize(1);
    }

    @Test
    void whatIsSaidOfNamesIsKeptByKindAndShown() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\", \"meta\": {\"project\": \"p\"}}"));
        created(server.call("POST", SET + "/dids", files("a.dat", "b.dat")));
        created(server.call("POST", SET + "/meta/run_number", "{\"value\": \"7\"}"));
        created(server.call("POST", SET + "/meta/mykey", "{\"value\": {\"a\": 1}}"));
        created(server.call(
                "POST", SET + "/meta", "{\"meta\": {\"k1\": \"v;=%\", \"campaign\": \"c\"}, \"recursive\": true}"));
        created(server.call("POST", A + "/meta/guid", "{\"value\": \"CC7D93F3-F365-4AF4-A7B1-3E262F521166\"}"));
        created(server.call("POST", A + "/meta/events", "{\"value\": 3}"));
        created(server.call("POST", A + "/meta/deep", "{\"value\": [1, null]}"));

        assertThat(server.get(SET + "/meta").body())
                .contains("\"run_number\":7", "\"project\":\"p\"", "\"campaign\":\"c\"", "\"is_open\":true");
        assertThat(server.get(SET + "/meta?plugin=JSON").body()).isEqualTo("{\"k1\":\"v;=%\",\"mykey\":{\"a\":1}}");
        assertThat(server.get(A + "/meta?plugin=JSON").body()).isEqualTo("{\"deep\":[1,null],\"k1\":\"v;=%\"}");
        assertThat(server.get(SET + "/files").body())
                .contains("\"guid\":\"CC7D93F3F3654AF4A7B13E262F521166\",\"events\":3");
        assertThat(server.get("/dids/CC7D93F3F3654AF4A7B13E262F521166/guid").body())
                .contains("/lab/sets/one");
        assertThat(server.call("DELETE", SET + "/meta?key=mykey", "").statusCode())
                .isEqualTo(200);
        assertThat(server.call(
                                "POST",
                                "/dids/bulkmeta",
                                "{\"plugin\": \"JSON\", \"dids\": [" + did("/lab/sets/one") + "]}")
                        .body())
                .isEqualTo("{\"scope\":\"raw\",\"name\":\"/lab/sets/one\",\"k1\":\"v;=%\"}\n");
        refused(server.call("DELETE", SET + "/meta?key=mykey", ""), 404, "KeyNotFound");
        refused(server.call("POST", SET + "/meta/run_number", "{\"value\": \"x\"}"), 400, "InvalidMetadata");
        refused(server.call("POST", SET + "/meta/bytes", "{\"value\": 1}"), 409, "UnsupportedOperation");
        refused(server.call("POST", A + "/meta/lifetime", "{\"value\": 1}"), 409, "UnsupportedOperation");
        refused(server.get(SET + "/meta?plugin=NO"), 400, "UnsupportedMetadataPlugin");
        agrees();
    }

    @Test
    void aClosedCollectionStaysAsItIsUntilItIsOpenedAgain() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\", \"statuses\": {\"monotonic\": true}}"));
        created(server.call("POST", SET + "/dids", files("a.dat", "b.dat")));
        refused(server.call("DELETE", SET + "/dids", files("a.dat")), 409, "UnsupportedOperation");
        assertThat(server.call("PUT", SET + "/status", "{\"open\": false}").statusCode())
                .isEqualTo(200);
        refused(server.call("PUT", SET + "/status", "{\"open\": false}"), 409, "UnsupportedOperation");
        refused(server.call("PUT", SET + "/status", "{\"bogus\": 1}"), 409, "UnsupportedStatus");
        assertThat(server.get(SET).body()).contains("\"open\":false", "\"length\":2");
        refused(server.call("POST", SET + "/dids", files("c.dat")), 409, "UnsupportedOperation");
        assertThat(server.call("PUT", SET + "/status", "{\"open\": true}").statusCode())
                .isEqualTo(200);
        created(server.call("POST", SET + "/dids", files("c.dat")));
        agrees();
    }

    @Test
    void namesAreFoundByWhatIsKnownOfThem() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\", \"meta\": {\"run_number\": 7, \"mood\": \"good\"}}"));
        created(server.call("POST", SET + "/dids", files("a.dat", "b.dat")));
        created(server.call("POST", ALL, "{\"type\": \"CONTAINER\", \"dids\": [" + did("/lab/sets/one") + "]}"));

        assertThat(found("all", "[{'name': '*'}]")).hasSize(5);
        assertThat(found("collection", "[{'name': '/lab/sets/o*'}]")).containsExactly("\"/lab/sets/one\"");
        assertThat(found("file", "[{'name': '/lab/raw/run1/a*'}]")).containsExactly("\"/lab/raw/run1/a.dat\"");
        assertThat(found("file", "[{'name': '/lab/r*', 'bytes.gt': 1}]")).hasSize(3);
        assertThat(found("file", "[{'name': '*/b.*'}]")).containsExactly("\"/lab/raw/run1/b.dat\"");
        assertThat(found("dataset", "[{'run_number.gte': 7}]")).hasSize(1);
        assertThat(found("dataset", "[{'run_number.gt': 7}]")).isEmpty();
        assertThat(found("dataset", "[{'mood': 'go*', 'run_number': 7}, {'name': 'none'}]"))
                .hasSize(1);
        assertThat(found("dataset", "[{'bogus': '1'}]")).isEmpty();
        assertThat(found("container&recursive=True", "[{'name': '/lab/sets/all'}]"))
                .hasSize(1);
        assertThat(found("all&recursive=True&limit=3", "[{'name': '/lab/sets/all'}]"))
                .hasSize(3);
        assertThat(found("collection&long=True", "[{'name': '/lab/sets/one'}]").getFirst())
                .isEqualTo(
                        "{\"scope\":\"raw\",\"name\":\"/lab/sets/one\",\"did_type\":\"DATASET\",\"bytes\":null,\"length\":null}");
        refused(server.get(search("bogus", "[{'name':'*'}]")), 409, "UnsupportedOperation");
        refused(server.get(search("all", "[{'name'}]")), 400, "DIDFilterSyntaxError");

        assertThat(server.get("/dids/raw/").body().lines()).hasSize(2);
        assertThat(server.get("/dids/raw/?name=/lab/sets/all&recursive=true")
                        .body()
                        .lines())
                .hasSize(3)
                .first()
                .isEqualTo("{\"scope\":\"raw\",\"name\":\"/lab/sets/one\",\"type\":\"DATASET\",\"parent\":"
                        + "{\"scope\":\"raw\",\"name\":\"/lab/sets/all\"},\"level\":1}");
        created(
                server.call(
                        "POST",
                        "/dids/sample",
                        "{\"input_scope\":\"raw\",\"input_name\":\"/lab/sets/all\",\"output_scope\":\"raw\",\"output_name\":\"/lab/sets/some\",\"nbfiles\":1}"));
        assertThat(server.get("/dids/raw/%2Flab%2Fsets%2Fsome/files").body().lines())
                .hasSize(1);
        assertThat(server.call("POST", "/dids/bulkfiles", "{\"dids\": [" + did("/lab/sets/one") + "]}")
                        .body()
                        .lines())
                .hasSize(2)
                .allMatch(l -> l.endsWith("\"parent_scope\":\"raw\",\"parent_name\":\"/lab/sets/one\"}"));
    }

    @Test
    void whatHasAnEndGoesAndItsNameIsNeverGivenAgain() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\"}"));
        created(server.call("POST", SET + "/dids", files("a.dat", "b.dat")));
        created(server.call("POST", ALL, "{\"type\": \"CONTAINER\", \"dids\": [" + did("/lab/sets/one") + "]}"));
        assertThat(server.call(
                                "POST",
                                "/rules/",
                                "{\"dids\": [" + did("/lab/sets/one")
                                        + "], \"copies\": 1, \"rse_expression\": \"FAR-RAW\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.house().expiry.step()).isZero();
        created(server.call("POST", SET + "/meta/lifetime", "{\"value\": -1}"));
        assertThat(server.get(SET + "/meta").body()).doesNotContain("\"expired_at\":null");

        assertThat(server.house().expiry.step()).isEqualTo(1);

        refused(server.get(SET), 404, "DataIdentifierNotFound");
        assertThat(server.get(ALL + "/dids").body()).isEmpty();
        assertThat(server.get(ALL + "/dids/history").body()).contains("/lab/sets/one");
        assertThat(server.get(A + "/parents").body()).isEmpty();
        assertThat(server.laboratory().count("select count(*) from rule where not removed"))
                .isZero();
        refused(server.call("POST", SET, "{\"type\": \"DATASET\"}"), 409, "DataIdentifierAlreadyExists");
        refused(
                server.call("POST", ALL + "/dids", "{\"dids\": [" + did("/lab/sets/one") + "]}"),
                404,
                "DataIdentifierNotFound");
        agrees();

        created(server.call("POST", "/dids/resurrect", "[" + did("/lab/sets/one") + "]"));
        refused(
                server.call("POST", "/dids/resurrect", "[" + did("/lab/sets/one") + "]"),
                404,
                "DataIdentifierNotFound");
        assertThat(server.get(SET + "?dynamic_depth=FILE").body()).contains("\"length\":0", "\"open\":true");
        assertThat(server.house().expiry.step()).isZero();
        agrees();
    }

    @Test
    void twoCallsNeverCloseACircleTogether() throws Exception {
        Collections collections = server.house().collections;
        for (int i = 0; i < 20; i++) {
            DataId one = Laboratory.id("/lab/circle/one" + i);
            DataId other = Laboratory.id("/lab/circle/other" + i);
            collections.make(
                    List.of(
                            NewCollection.of(one, Kind.CONTAINER, AccountName.ROOT),
                            NewCollection.of(other, Kind.CONTAINER, AccountName.ROOT)),
                    Writer.whole(AccountName.ROOT));
            try (var both = Executors.newFixedThreadPool(2)) {
                var first = both.submit(() -> holds(collections, one, other));
                var second = both.submit(() -> holds(collections, other, one));
                assertThat(first.get() ^ second.get()).isTrue();
            }
        }
        agrees();
    }

    private static boolean holds(Collections collections, DataId parent, DataId child) {
        try {
            collections.attach(
                    List.of(Attachment.of(parent, List.of(child))), Duplicates.REFUSED, Writer.whole(AccountName.ROOT));
            return true;
        } catch (RucioError circle) {
            assertThat(circle.kind()).isEqualTo("UnsupportedOperation");
            return false;
        }
    }

    @Test
    void aCallBringsFilesAndRulesAlong() {
        String file =
                "{\"scope\": \"raw\", \"name\": \"/lab/raw/run2/n.dat\", \"bytes\": 7, \"adler32\": \"0a0b0c0d\"}";
        created(server.call(
                "POST",
                SET,
                "{\"type\": \"DATASET\", \"rse\": \"HOME-RAW\", \"dids\": [" + file + "], \"rules\":"
                        + " [{\"copies\": 1, \"rse_expression\": \"FAR-RAW\"}]}"));
        assertThat(server.get(SET + "/files").body()).contains("\"bytes\":7,\"adler32\":\"0a0b0c0d\"");
        assertThat(server.laboratory().count("select count(*) from rule_lock")).isEqualTo(1);
        refused(
                server.call(
                        "POST",
                        ALL,
                        "{\"type\": \"DATASET\", \"rules\": [{\"copies\": 0, \"rse_expression\": \"FAR-RAW\"}]}"),
                409,
                "InvalidReplicationRule");
        refused(server.get(ALL), 404, "DataIdentifierNotFound");
        refused(
                server.call("POST", SET + "/dids", "{\"rse\": \"NOPE\", \"dids\": [" + file + "]}"),
                404,
                "RSENotFound");
        agrees();
    }

    private List<String> found(String type, String filters) {
        return server.get(search(type, filters)).body().lines().toList();
    }

    private static String search(String type, String filters) {
        return "/dids/raw/dids/search?type=" + type + "&filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8);
    }

    private void agrees() {
        var audit = server.house().auditor.audit();
        assertThat(audit.differences()).isEmpty();
        assertThat(audit.agrees()).isTrue();
    }

    private static String did(String name) {
        return "{\"scope\": \"raw\", \"name\": \"" + name + "\"}";
    }

    private static String files(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() ? "" : ", ").append(did("/lab/raw/run1/" + name));
        }
        return "{\"dids\": [" + text + "]}";
    }

    private static void created(HttpResponse<String> answer) {
        assertThat(answer.body()).isEqualTo("Created");
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private static void refused(HttpResponse<String> answer, int status, String kind) {
        assertThat(answer.body()).contains("\"ExceptionClass\":\"" + kind);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
