package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, identities, scopes, attributes and settings, as a client of Rucio's sees them. */
class RucioAccountsTest {
    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = new RucioServer(folder);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    @Test
    void rootIsThereFromTheFirstStart() {
        assertThat(server.get("/accounts/root").body())
                .contains("\"account\":\"root\"", "\"account_type\":\"SERVICE\"", "\"status\":\"ACTIVE\"")
                .contains("\"email\":null", "\"suspended_at\":null", "\"deleted_at\":null")
                .containsPattern("\"created_at\":\"[0-9-]{10}T[0-9:]{8}\"");
        says(server.call("DELETE", "/accounts/root", ""), 409, "UnsupportedOperation");
    }

    @Test
    void anAccountIsAddedChangedAndDeleted() {
        created("POST", "/accounts/alice", "{\"type\": \"USER\", \"email\": \"a@b.c\"}");
        HttpResponse<String> again = server.call("POST", "/accounts/alice", "{\"type\": \"USER\", \"email\": \"\"}");
        says(again, 409, "Duplicate");
        assertThat(again.body()).contains("Account ID 'alice' already exists!");
        done("PUT", "/accounts/alice", "{\"email\": \"x@y.z\"}");
        assertThat(server.get("/accounts/").body())
                .contains("{\"account\":\"alice\",\"type\":\"USER\",\"email\":\"x@y.z\"}\n");
        assertThat(server.get("/accounts/?account_type=SERVICE").body()).doesNotContain("alice");
        assertThat(server.get("/accounts/?account=al*").body().lines()).hasSize(1);
        says(server.call("PUT", "/accounts/alice", "{\"colour\": \"x\"}"), 400, "ValueError");
        done("DELETE", "/accounts/alice", "");
        assertThat(server.get("/accounts/alice").body()).contains("\"status\":\"DELETED\"", "\"email\":null");
        assertThat(server.get("/accounts/").body()).doesNotContain("alice");
        HttpResponse<String> none = server.get("/accounts/nosuch");
        says(none, 404, "AccountNotFound");
        assertThat(none.body()).contains("Account with ID 'nosuch' cannot be found");
        says(server.get("/accounts/alice/attr/"), 404, "AccountNotFound");
        says(server.call("POST", "/accounts/alice", "{\"type\": \"USER\", \"email\": \"\"}"), 409, "Duplicate");
    }

    @Test
    void whatIsNoAccountIsRefusedWithItsClass() {
        says(server.call("POST", "/accounts/x1", "{\"type\": \"HERO\", \"email\": \"\"}"), 400, "InvalidAccountType");
        says(server.call("POST", "/accounts/x1", "{\"email\": \"\"}"), 400, "KeyError");
        says(server.call("POST", "/accounts/X%20Y", "{\"type\": \"USER\", \"email\": \"\"}"), 400, "InvalidObject");
        says(server.get("/accounts/a%20b"), 404, "AccountNotFound");
    }

    @Test
    void aPasswordThatIsNoneIsRefused() {
        created("POST", "/accounts/passwords", "{\"type\": \"USER\", \"email\": \"\"}");
        String body =
                "{\"identity\": \"a-long-name\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"%s\"}";
        for (String none :
                List.of("seven-7", "A-LONG-NAME", "Passwords", "Football", "aaaaaaaaaaaa", "x".repeat(1_025))) {
            HttpResponse<String> answer = server.call("POST", "/accounts/passwords/identities", body.formatted(none));
            says(answer, 400, "IdentityError");
            assertThat(answer.body()).contains("password").doesNotContain(none);
        }
        assertThat(server.get("/accounts/passwords/identities").body()).isEmpty();
        String longest = "x".repeat(1_023) + "y";
        created("POST", "/accounts/passwords/identities", body.formatted(longest));
        assertThat(server.token("passwords", "a-long-name", longest)).isNotEmpty();
    }

    @Test
    void aPersonLogsInAndIsKeptOut() {
        created("POST", "/accounts/bob", "{\"type\": \"USER\", \"email\": \"b@b\"}");
        created(
                "POST",
                "/accounts/bob/identities",
                "{\"identity\": \"ub\", \"authtype\": \"USERPASS\", \"email\": \"b@b\", \"password\": \"a secret of bob\"}");
        assertThat(server.get("/accounts/bob/identities").body())
                .isEqualTo("{\"type\":\"USERPASS\",\"identity\":\"ub\",\"email\":\"b@b\"}\n");
        assertThat(server.get("/identities/accounts?identity_key=ub&type=userpass")
                        .body())
                .isEqualTo("[\"bob\"]");
        String token = server.token("bob", "ub", "a secret of bob");
        HttpResponse<String> denied = as(token, "POST", "/accounts/carol", "{\"type\": \"USER\", \"email\": \"\"}");
        says(denied, 401, "AccessDenied");
        assertThat(denied.body())
                .contains("account bob may not call POST /accounts/{account}; it is for administrators");
        assertThat(as(token, "GET", "/accounts/", "").statusCode()).isEqualTo(200);
        created("POST", "/accounts/bob/attr/admin", "{\"key\": \"admin\", \"value\": true}");
        assertThat(server.get("/accounts/bob/attr/").body()).isEqualTo("[{\"key\":\"admin\",\"value\":true}]");
        assertThat(as(token, "POST", "/accounts/carol", "{\"type\": \"USER\", \"email\": \"\"}")
                        .statusCode())
                .isEqualTo(201);
        says(server.call("POST", "/accounts/bob/attr/admin", "{\"value\": true}"), 409, "Duplicate");
        done("DELETE", "/accounts/bob/attr/admin", "");
        says(as(token, "DELETE", "/accounts/carol", ""), 401, "AccessDenied");
        done("PUT", "/accounts/bob", "{\"status\": \"SUSPENDED\"}");
        says(as(token, "GET", "/accounts/", ""), 401, "CannotAuthenticate");
        done("PUT", "/accounts/bob", "{\"status\": \"ACTIVE\"}");
        done("DELETE", "/accounts/bob/identities", "{\"identity\": \"ub\", \"authtype\": \"USERPASS\"}");
        says(
                server.call("DELETE", "/accounts/bob/identities", "{\"identity\": \"ub\", \"authtype\": \"USERPASS\"}"),
                404,
                "IdentityError");
    }

    @Test
    void aScopeHasOneOwner() {
        created("POST", "/accounts/dora", "{\"type\": \"USER\", \"email\": \"\"}");
        says(server.get("/accounts/dora/scopes/"), 404, "ScopeNotFound");
        created("POST", "/accounts/dora/scopes/user.dora", "");
        says(server.call("POST", "/accounts/root/scopes/user.dora", ""), 409, "Duplicate");
        assertThat(server.get("/accounts/dora/scopes/").body()).isEqualTo("[\"user.dora\"]");
        assertThat(server.get("/scopes/").body()).contains("\"user.dora\"");
        created("PUT", "/scopes/root/user.dora", "");
        assertThat(server.get("/scopes/owner/").body()).contains("{\"account\":\"root\",\"scope\":\"user.dora\"}");
        says(server.call("POST", "/accounts/nosuch/scopes/s2", ""), 404, "AccountNotFound");
        says(server.call("POST", "/accounts/root/scopes/" + "s".repeat(26), ""), 400, "InvalidObject");
    }

    @Test
    void limitsStandByElementAndByExpression() {
        created("POST", "/accounts/emil", "{\"type\": \"USER\", \"email\": \"\"}");
        String near = Laboratory.NEAR.name();
        created("POST", "/accounts/emil/limits/local/" + near, "{\"bytes\": 1000000}");
        assertThat(server.get("/accounts/emil/limits/local").body()).isEqualTo("{\"" + near + "\":1000000}");
        assertThat(server.get("/accounts/emil/limits/local/" + near).body()).isEqualTo("{\"" + near + "\":1000000}");
        created("POST", "/accounts/emil/limits/global/" + near, "{\"bytes\": -1}");
        assertThat(server.get("/accounts/emil/limits/global").body())
                .startsWith("{\"" + near + "\":{\"resolved_rses\":[\"" + near + "\"],\"resolved_rse_ids\":[\"")
                .endsWith("\"limit\":-1}}");
        says(server.call("POST", "/accounts/emil/limits/local/NOPE", "{\"bytes\": 1}"), 404, "RSENotFound");
        says(server.call("POST", "/accounts/nope/limits/local/" + near, "{\"bytes\": 1}"), 404, "AccountNotFound");
        says(server.call("POST", "/accounts/emil/limits/global/a=b", "{\"bytes\": 1}"), 400, "InvalidRSEExpression");
        assertThat(server.get("/accounts/emil/usage/history/" + near).body())
                .startsWith("[{\"bytes\":0,\"files\":0,\"updated_at\":\"");
        done("DELETE", "/accounts/emil/limits/local/" + near, "");
        done("DELETE", "/accounts/emil/limits/global/" + near, "");
        assertThat(server.get("/accounts/emil/limits/local").body()).isEqualTo("{}");
    }

    @Test
    void settingsAreKeptBySectionAndOption() {
        assertThat(server.get("/config").body()).isEqualTo("{}");
        created("POST", "/config", "{\"gsec\": {\"opt\": \"1\", \"on\": true, \"half\": 0.5, \"text\": \"a b\"}}");
        assertThat(server.get("/config/gsec").body())
                .isEqualTo("{\"half\":0.5,\"on\":true,\"opt\":1,\"text\":\"a b\"}");
        created("PUT", "/config/gsec/opt/2", "");
        assertThat(server.get("/config/gsec/opt").body()).isEqualTo("2");
        HttpResponse<String> none = server.get("/config/gsec/none");
        says(none, 404, "ConfigNotFound");
        assertThat(none.body()).contains("No configuration found for section 'gsec' option 'none'");
        done("DELETE", "/config/gsec/opt", "");
        done("DELETE", "/config/gsec", "");
        says(server.get("/config/gsec"), 404, "ConfigNotFound");
    }

    @Test
    void conventionsNameKeysAndTheirValues() {
        created("POST", "/meta_conventions/project", "{\"key_type\": \"ALL\", \"value_regexp\": \"[a-z]+\"}");
        says(server.call("POST", "/meta_conventions/project", "{\"key_type\": \"ALL\"}"), 409, "Duplicate");
        created("POST", "/meta_conventions/project/", "{\"value\": \"raw\"}");
        says(server.call("POST", "/meta_conventions/project/", "{\"value\": \"1\"}"), 400, "InvalidValueForKey");
        says(server.call("POST", "/meta_conventions/nokey/", "{\"value\": \"1\"}"), 404, "KeyNotFound");
        says(server.call("POST", "/meta_conventions/k2", "{\"key_type\": \"X\"}"), 400, "UnsupportedKeyType");
        assertThat(server.get("/meta_conventions/").body()).isEqualTo("[\"project\"]");
        assertThat(server.get("/meta_conventions/project/").body()).isEqualTo("[\"raw\"]");
        assertThat(server.get("/heartbeats").body()).isEqualTo("[]");
    }

    private static HttpResponse<String> as(String token, String method, String path, String body) {
        return server.send(server.at(path)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("X-Rucio-Auth-Token", token)
                .header("Accept", "*/*")
                .build());
    }

    private static void created(String method, String path, String body) {
        HttpResponse<String> answer = server.call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("Created");
    }

    private static void done(String method, String path, String body) {
        HttpResponse<String> answer = server.call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private static void says(HttpResponse<String> answer, int status, String kind) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("ExceptionClass")).contains(kind);
    }
}
