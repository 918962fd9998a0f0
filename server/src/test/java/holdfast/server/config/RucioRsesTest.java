package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.sql.StoredTable.Sum;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RSEs as Rucio's clients see and change them; expected texts come from a live server's answers. */
class RucioRsesTest {
    private static final String ROOT_PROTOCOL =
            "{\"scheme\":\"root\",\"hostname\":\"se1.example.org\",\"port\":1094,\"prefix\":\"//data/rucio/\","
                    + "\"impl\":\"rucio.rse.protocols.xrootd.Default\",\"domains\":{\"lan\":{\"read\":1,\"write\":1,"
                    + "\"delete\":1},\"wan\":{\"read\":1,\"write\":1,\"delete\":1,\"third_party_copy_read\":1,"
                    + "\"third_party_copy_write\":1}}}";

    @TempDir
    private static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = new RucioServer(folder);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    private static void add(String rse) {
        expect("POST", "/rses/" + rse, "{\"availability\":7}", 201, "Created");
        expect("POST", "/rses/" + rse + "/attr/lfn2pfn_algorithm", "{\"value\":\"hash\"}", 201, "Created");
        expect("POST", "/rses/" + rse + "/protocols/root", ROOT_PROTOCOL, 201, "Created");
    }

    private static HttpResponse<String> expect(String method, String path, String body, int status, String within) {
        HttpResponse<String> answer = server.call(method, path, body);
        assertThat(answer.body())
                .as(method + " " + path + " " + answer.statusCode())
                .contains(within);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    @Test
    void anAddedRseIsShownWithItsSettingsAttributesAndProtocols() {
        add("SHOWN_A");
        expect("POST", "/rses/SHOWN_A/attr/tier", "{\"value\":2}", 201, "Created");
        expect("POST", "/rses/SHOWN_A/attr/fast", "{\"value\":\"True\"}", 201, "Created");
        assertThat(server.get("/rses/SHOWN_A/attr/").body())
                .isEqualTo("{\"SHOWN_A\":true,\"fast\":true,\"lfn2pfn_algorithm\":\"hash\",\"tier\":\"2\"}");
        String settings = server.get("/rses/SHOWN_A").body();
        assertThat(settings)
                .contains("\"domain\":[\"lan\",\"wan\"]")
                .contains("\"lfn2pfn_algorithm\":\"hash\"")
                .contains(
                        "\"hostname\":\"se1.example.org\",\"scheme\":\"root\",\"port\":1094,\"prefix\":\"//data/rucio/\"")
                .contains("\"verify_checksum\":true")
                .contains("\"availability\":7");
        expect("GET", "/rses/?expression=tier%3D2%26SHOWN_A", "", 200, "{\"rse\":\"SHOWN_A\"}\n");
        expect("GET", "/rses/?expression=fast", "", 200, "{\"rse\":\"SHOWN_A\"}\n");
        expect("GET", "/rses/", "", 200, "\"rse\":\"HOME-RAW\"");
        expect(
                "GET",
                "/rses/SHOWN_A/lfns2pfns?lfn=g80d470:f1&operation=read",
                "",
                200,
                "{\"g80d470:f1\":\"root://se1.example.org:1094//data/rucio/g80d470/0d/55/f1\"}");
        expect("GET", "/rses/SHOWN_A/protocols/root", "", 200, "\"protocols\":[{");
        expect("GET", "/rses/SHOWN_A/limits", "", 200, "{}");
        expect("GET", "/rses/SHOWN_A/usage", "", 200, "\"source\":\"rucio\"");
    }

    @Test
    void errorsAreTheOnesThatClientsKnow() {
        add("ERRING_A");
        expect("GET", "/rses/NOPE", "", 404, "RSE 'NOPE' cannot be found in vo 'def'");
        expect("GET", "/rses/?expression=tier%3D99", "", 400, "RSE Expression resulted in an empty set.");
        expect("GET", "/rses/?expression=%28%28", "", 400, "Problem with parentheses.");
        expect("POST", "/rses/ERRING_A", "{}", 409, "\"Duplicate\"");
        expect("POST", "/rses/bad%20name", "{}", 400, "InvalidObject");
        expect("POST", "/rses/HOME-RAW", "{}", 409, "\"Duplicate\"");
        expect("PUT", "/rses/ERRING_A", "{\"colour\":1}", 400, "The key 'colour' does not exist for RSE properties.");
        expect("POST", "/rses/TWICE", "{\"availability\":7,\"availability_read\":true}", 422, "InputValidationError");
        expect("POST", "/rses/ERRING_A/protocols/root", ROOT_PROTOCOL, 409, "\"Duplicate\"");
        expect(
                "POST",
                "/rses/ERRING_A/protocols/davs",
                "{\"impl\":\"a.b.Default\",\"domains\":{\"moon\":{\"read\":1}}}",
                404,
                "RSEProtocolDomainNotSupported");
        expect(
                "POST",
                "/rses/ERRING_A/protocols/davs",
                "{\"impl\":\"a.b.Default\",\"domains\":{\"wan\":{\"read\":-1}}}",
                409,
                "RSEProtocolPriorityError");
        expect("DELETE", "/rses/ERRING_A/attr/none", "", 404, "RSEAttributeNotFound");
        expect("DELETE", "/rses/ERRING_A/protocols/srm", "", 404, "RSEProtocolNotSupported");
        expect("POST", "/rses/ERRING_A/attr/lfn2pfn_algorithm", "{\"value\":\"magic\"}", 400, "hash, identity or name");
        expect("GET", "/rses/ERRING_A/lfns2pfns?lfn=nocolon", "", 400, "InvalidPath");
        expect("GET", "/rses/ERRING_A/lfns2pfns?lfn=a:b&scheme=srm", "", 404, "RSEProtocolNotSupported");
        expect("GET", "/rses/FAR-RAW/lfns2pfns?lfn=raw:/a/b&operation=delete", "", 404, "RSEProtocolNotSupported");
    }

    @Test
    void anElementOfTheSitesFileCanBeSaidMoreOfButNotOtherwise() {
        expect("POST", "/rses/NEAR-RAW/attr/tier", "{\"value\":\"7\"}", 201, "Created");
        expect("GET", "/rses/?expression=tier%3D7", "", 200, "{\"rse\":\"NEAR-RAW\"}\n");
        expect("POST", "/rses/NEAR-RAW/attr/site", "{\"value\":\"moon\"}", 409, "stands in the sites file");
        expect("PUT", "/rses/NEAR-RAW", "{\"availability_write\":false,\"city\":\"Pisa\"}", 201, "Created");
        expect("GET", "/rses/NEAR-RAW", "", 200, "\"availability\":5");
        expect("GET", "/rses/NEAR-RAW", "", 200, "\"lfn2pfn_algorithm\":\"name\"");
        expect("PUT", "/rses/NEAR-RAW", "{\"deterministic\":false}", 409, "follows from the sites file");
        expect("DELETE", "/rses/NEAR-RAW", "", 404, "RSEOperationNotSupported");
        expect("DELETE", "/rses/NEAR-RAW/protocols/file", "", 409, "sites file");
        expect("GET", "/rses/NEAR-RAW/lfns2pfns?lfn=raw:/a/b", "", 200, "elements/NEAR-RAW/a/b");
    }

    @Test
    void protocolsLimitsPoliciesAndDistancesChangeAndGo() {
        add("CHANGED_A");
        add("CHANGED_B");
        String door = "/rses/CHANGED_A/protocols/root/se1.example.org/1094";
        expect("PUT", door, "{\"prefix\":\"/other\",\"domains\":{\"wan\":{\"read\":0,\"write\":3}}}", 200, "");
        expect("GET", "/rses/CHANGED_A/protocols", "", 200, "\"wan\":{\"read\":0,\"write\":3,\"delete\":1");
        expect("GET", "/rses/CHANGED_A/lfns2pfns?lfn=a:b&operation=read", "", 404, "RSEProtocolNotSupported");
        expect("GET", "/rses/CHANGED_A/lfns2pfns?lfn=a:b", "", 200, "root://se1.example.org:1094/other/a/");
        expect("DELETE", door, "", 200, "");
        expect("GET", "/rses/CHANGED_A/protocols", "", 404, "No protocols found for this RSE");

        expect("PUT", "/rses/CHANGED_A/limits", "{\"name\":\"MinFreeSpace\",\"value\":20000}", 200, "");
        expect("GET", "/rses/CHANGED_A/limits", "", 200, "{\"MinFreeSpace\":20000}");
        expect("DELETE", "/rses/CHANGED_A/limits", "{\"name\":\"MinFreeSpace\"}", 200, "");
        expect("GET", "/rses/CHANGED_A/limits", "", 200, "{}");

        expect("POST", "/rses/CHANGED_A/qos_policy/SOMETHING", "", 201, "Created");
        expect("GET", "/rses/CHANGED_A/qos_policy", "", 200, "[\"SOMETHING\"]");
        expect("DELETE", "/rses/CHANGED_A/qos_policy/SOMETHING", "", 200, "");
        expect("GET", "/rses/CHANGED_A/qos_policy", "", 200, "[]");

        String way = "/rses/CHANGED_A/distances/CHANGED_B";
        expect("GET", way, "", 200, "[]");
        expect("PUT", way, "{\"distance\":2}", 404, "NoDistance");
        expect("POST", way, "{\"ranking\":2,\"bidirectional\":true}", 201, "Created");
        expect("POST", way, "{\"distance\":2}", 409, "\"Duplicate\"");
        expect("PUT", way, "{\"distance\":5}", 200, "");
        expect("GET", way, "", 200, "\"distance\":5,\"ranking\":5");
        expect("GET", "/rses/CHANGED_B/distances/CHANGED_A", "", 200, "\"distance\":2");
        expect("DELETE", way, "", 200, "Deleted");
        expect("GET", way, "", 200, "[]");

        expect("DELETE", "/rses/CHANGED_A", "", 200, "");
        expect("GET", "/rses/CHANGED_A", "", 404, "RSENotFound");
    }

    @Test
    void useIsAddedUpFromTheRowsAndStatedByPrograms() {
        long before = server.house()
                .rseUsage
                .catalogue()
                .getOrDefault(Laboratory.HOME, Sum.NOTHING)
                .bytes();
        server.laboratory().send(Laboratory.id("/use/one"), Laboratory.bytes("one"));
        String bytes = (before + Laboratory.bytes("one").length) + ",";
        expect("GET", "/rses/HOME-RAW/usage?source=rucio", "", 200, "\"used\":" + bytes);
        server.laboratory().rest();
        expect("GET", "/rses/HOME-RAW/usage?source=rucio", "", 200, "\"used\":" + bytes);
        expect("GET", "/rses/NEAR-RAW/usage", "", 200, "\"files\":");
        expect("PUT", "/rses/HOME-RAW/usage", "{\"source\":\"storage\",\"used\":10,\"free\":20}", 200, "");
        expect("PUT", "/rses/HOME-RAW/usage", "{\"source\":\"storage\",\"used\":15,\"free\":15}", 200, "");
        expect(
                "PUT",
                "/rses/HOME-RAW/usage",
                "{\"source\":\"rucio\",\"used\":10,\"free\":20}",
                409,
                "UnsupportedOperation");
        HttpResponse<String> storage =
                expect("GET", "/rses/HOME-RAW/usage?source=storage", "", 200, "\"used\":15,\"free\":15,\"total\":30");
        assertThat(storage.body().lines()).hasSize(1);
        assertThat(server.get("/rses/HOME-RAW/usage/history?source=storage")
                        .body()
                        .lines())
                .hasSize(2);
    }

    @Test
    void aLimitOfTransfersHoldsBackWhatArrivesAndWhatItCannotKeepIsRefused() {
        String far = "{\"rse_expression\":\"FAR-RAW\",\"max_transfers\":3,\"direction\":\"D\"}";
        expect("PUT", "/requests/transfer_limits", far, 201, "");
        expect("GET", "/requests/transfer_limits", "", 200, "\"rse_expression\":\"FAR-RAW\"");
        assertThat(server.house().transferLimits.most(Laboratory.FAR, 200)).isEqualTo(3);
        assertThat(server.house().transferLimits.most(Laboratory.NEAR, 200)).isEqualTo(200);
        expect("PUT", "/requests/transfer_limits", far.replace("\"D\"", "\"S\""), 409, "UnsupportedOperation");
        expect("PUT", "/requests/transfer_limits", "{\"rse_expression\":\"FAR-RAW\"}", 400, "KeyError");
        expect("PUT", "/requests/transfer_limits", far.replace("FAR-RAW", "NOPE"), 400, "InvalidRSEExpression");
        expect("DELETE", "/requests/transfer_limits", far, 200, "");
        assertThat(server.get("/requests/transfer_limits").body()).isEmpty();
    }

    @Test
    void whoeverAsksForAFileIsSentToWhereItCanBeFetched() {
        expect("POST", "/rses/WEB_A", "{}", 201, "Created");
        expect(
                "POST",
                "/rses/WEB_A/protocols/davs",
                ROOT_PROTOCOL.replace("\"root\"", "\"davs\"").replace("xrootd", "webdav"),
                201,
                "Created");
        expect(
                "POST",
                "/replicas",
                "{\"rse\":\"WEB_A\",\"files\":[{\"scope\":\"raw\",\"name\":\"/web/f\",\"bytes\":3,\"adler32\":\"00000001\"}]}",
                201,
                "Created");
        HttpResponse<String> sent =
                server.send(server.at("/redirect/raw/%2Fweb%2Ff").build());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        assertThat(sent.headers().firstValue("Location")).hasValue("https://se1.example.org:1094//data/rucio/web/f");
        assertThat(sent.headers().firstValue("Link").orElseThrow()).contains("/redirect/raw/%2Fweb%2Ff/metalink");
        expect("GET", "/redirect/raw/%2Fweb%2Ff?rse=NEAR-RAW", "", 404, "ReplicaNotFound");
        expect("GET", "/redirect/raw/%2Fno%2Fsuch", "", 404, "DataIdentifierNotFound");
        HttpResponse<String> metalink =
                server.send(server.at("/redirect/raw/%2Fweb%2Ff/metalink").build());
        assertThat(metalink.body()).contains("<url location=\"WEB_A\"").contains("<size>3</size>");
        expect("DELETE", "/rses/WEB_A", "", 404, "RSE 'WEB_A' is not empty");
    }

    @Test
    void useIsSharedOutAmongTheAccountsWhoseRulesLockIt() {
        server.laboratory().send(Laboratory.id("/shared/one"), Laboratory.bytes("one"));
        expect(
                "POST",
                "/rules/",
                "{\"dids\":[{\"scope\":\"raw\",\"name\":\"/shared/one\"}],\"account\":\"root\",\"copies\":1,"
                        + "\"rse_expression\":\"HOME-RAW\",\"grouping\":\"NONE\"}",
                201,
                "[");
        String bytes = String.valueOf(Laboratory.bytes("one").length);
        expect(
                "GET",
                "/rses/HOME-RAW/accounts/usage",
                "",
                200,
                "\"account\":\"root\",\"used_files\":1,\"used_bytes\":" + bytes);
        expect("GET", "/rses/HOME-RAW/usage?per_account=True", "", 200, "\"account_usages\":[{\"account\":\"root\"");
    }

    @Test
    void whatIsAddedUpIsWhatTheRowsSayWhileHomesAreDueAndAfterwards() throws Exception {
        for (int i = 0; i < 5; i++) {
            for (int file = 0; file < 7; file++) {
                String name = "/sums/" + (file % 3) + "/f" + i + "-" + file;
                server.laboratory().send(Laboratory.id(name), Laboratory.bytes(name.repeat(i + 1)));
            }
            assertThat(server.house().rseUsage.catalogue().toString()).isEqualTo(byTheRows());
            if (i % 2 == 0) {
                server.laboratory().rest();
                assertThat(server.house().rseUsage.catalogue().toString()).isEqualTo(byTheRows());
            }
        }
    }

    private static String byTheRows() throws Exception {
        List<String> sums = server.laboratory()
                .rows("select w.text || '=Sum[files=' || count(*) || ', bytes=' || sum(f.bytes) || ']' from copy c"
                        + " join file f using (home, leaf) join word w on w.id = c.storage_id where c.state <> 'G'"
                        + " group by w.text order by w.text collate \"C\"");
        return "{" + String.join(", ", sums) + "}";
    }
}
