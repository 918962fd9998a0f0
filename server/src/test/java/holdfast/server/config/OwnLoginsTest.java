package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.identity.LocalIssuer;
import holdfast.server.identity.StandingLogins.Login;
import holdfast.vocabulary.AccountName;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One's own logins, tokens and browsers, listed and ended: through the interface, on the page and by the command line. */
@Tag("alone")
class OwnLoginsTest {
    private static final String PASSWORD = "a-long-one-of-anna";
    private static final AccountName ANNA = new AccountName("anna");
    private static final Pattern HIDDEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir
    static Path folder;

    private static LocalIssuer issuer;
    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        issuer = new LocalIssuer(Instant::now);
        Files.writeString(folder.resolve("issuers.yaml"), """
            holdfast-issuers: 1
            issuers:
              lab: { url: "%s", audiences: "%s", client: { id: house } }
            """.formatted(issuer.url(), LocalIssuer.AUDIENCE));
        server = new RucioServer(new Laboratory(TestDatabase.migrated(), folder));
        issuer.logins().sendsBackTo(at("/login/oauth2/code/lab").toString());
        for (String name : List.of("anna", "bob")) {
            made("/accounts/" + name, "{\"type\": \"USER\", \"email\": \"\"}");
            made(
                    "/accounts/" + name + "/identities",
                    "{\"identity\": \"%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                            .formatted(name, name));
        }
        made(
                "/accounts/anna/identities",
                "{\"identity\": \"SUB=anna, ISS=%s\", \"authtype\": \"OIDC\", \"email\": \"\"}"
                        .formatted(issuer.url()));
    }

    private static void made(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        issuer.close();
    }

    @BeforeEach
    void nobodyIsLoggedIn() {
        server.house().entrance.standing.endAll(ANNA, Optional.empty());
        issuer.logins().comes("anna");
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpResponse<String> ask(String method, String path, String token) {
        return send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(at(path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.noBody()));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String logIn() {
        return server.token("anna", "anna", PASSWORD);
    }

    private static boolean opens(String token) {
        return ask("GET", "/api/whoami", token).statusCode() == 200;
    }

    private static List<Login> standing() {
        return server.house().entrance.standing.of(ANNA);
    }

    /** A browser that anna logged in with; follows what it is led to. */
    private static HttpClient browser() {
        HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        page(client, "/oauth2/authorization/lab");
        return client;
    }

    private static HttpResponse<String> page(HttpClient browser, String path) {
        return send(browser, HttpRequest.newBuilder(at(path)).header("Accept", "text/html"));
    }

    private static HttpResponse<String> form(HttpClient browser, String path, String fields) {
        Matcher hidden = HIDDEN.matcher(page(browser, "/logins").body());
        assertThat(hidden.find()).isTrue();
        String token = "_csrf=" + URLEncoder.encode(hidden.group(1), StandardCharsets.UTF_8);
        return posted(browser, path, token + fields);
    }

    private static HttpResponse<String> posted(HttpClient browser, String path, String body) {
        return send(
                browser,
                HttpRequest.newBuilder(at(path))
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void theListSaysHowAndSinceWhenAndFromWhereAndNoSecret() {
        String token = logIn();
        browser();
        HttpResponse<String> said = ask("GET", "/api/logins/mine", token);
        assertThat(said.body())
                .contains("\"account\":\"anna\"", "\"way\":\"password\"", "\"way\":\"browser\"")
                .contains("\"network\":\"127.0.0.1\"", "SUB=anna, ISS=" + issuer.url())
                .containsOnlyOnce("\"here\":true")
                .doesNotContain(token)
                .doesNotContain(token.substring(token.length() - 32));
        assertThat(standing()).hasSize(2);
    }

    @Test
    void aLoginThatIsEndedOpensNothingMore() {
        String mine = logIn();
        String stolen = logIn();
        UUID id = server.house().entrance.standing.idOf(stolen).orElseThrow();
        assertThat(opens(stolen)).isTrue();
        assertThat(ask("POST", "/api/logins/mine/" + id + "/end", mine).body()).contains("\"ended\":1");
        assertThat(opens(stolen)).isFalse();
        assertThat(opens(mine)).isTrue();
        assertThat(ask("POST", "/api/logins/mine/" + id + "/end", mine).statusCode())
                .isEqualTo(404);
    }

    @Test
    void allOthersEndAndTheOneThatAsksStays() {
        String mine = logIn();
        String other = logIn();
        HttpClient browser = browser();
        assertThat(page(browser, "/").body()).contains("Signed in: anna");
        assertThat(ask("POST", "/api/logins/mine/end-others", mine).body()).contains("\"ended\":2");
        assertThat(opens(mine)).isTrue();
        assertThat(opens(other)).isFalse();
        assertThat(page(browser, "/").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void anothersLoginIsAsOneThatIsNotThere() {
        String bobs = server.token("bob", "bob", "a-long-one-of-bob");
        UUID id = server.house().entrance.standing.idOf(bobs).orElseThrow();
        String annas = logIn();
        HttpResponse<String> theirs = ask("POST", "/api/logins/mine/" + id + "/end", annas);
        UUID none = UUID.randomUUID();
        HttpResponse<String> absent = ask("POST", "/api/logins/mine/" + none + "/end", annas);
        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.body()).isEqualTo(absent.body().replace(none.toString(), id.toString()));
        assertThat(opens(bobs)).isTrue();
        assertThat(ask("GET", "/api/logins/of/bob", annas).statusCode()).isEqualTo(403);
        assertThat(ask("POST", "/api/logins/of/bob/end", annas).statusCode()).isEqualTo(403);
        assertThat(ask("GET", "/api/logins/mine", annas).body()).doesNotContain(id.toString());
    }

    @Test
    void anAdministratorEndsAllOfAnAccount() {
        String token = logIn();
        HttpClient browser = browser();
        assertThat(ask("GET", "/api/logins/of/anna", server.secret()).body()).contains("\"way\":\"browser\"");
        assertThat(ask("POST", "/api/logins/of/anna/end", server.secret()).body())
                .contains("\"ended\":2");
        assertThat(opens(token)).isFalse();
        assertThat(page(browser, "/").uri().getPath()).isEqualTo("/login");
        assertThat(opens(logIn())).as("logging in anew").isTrue();
    }

    @Test
    void thePageEndsOneAndAllOthersByAFormOfThisHouse() {
        HttpClient mine = browser();
        HttpClient theirs = browser();
        String token = logIn();
        assertThat(page(mine, "/logins").body()).contains("Your logins", "this one", "End all others");
        UUID id = server.house().entrance.standing.idOf(token).orElseThrow();
        assertThat(posted(mine, "/logins/end", "id=" + id).statusCode()).isEqualTo(403);
        assertThat(opens(token)).isTrue();
        assertThat(form(mine, "/logins/end", "&id=" + id).body()).doesNotContain(id.toString());
        assertThat(opens(token)).isFalse();
        assertThat(page(theirs, "/").statusCode()).isEqualTo(200);
        assertThat(posted(mine, "/logins/end-others", "").statusCode()).isEqualTo(403);
        assertThat(form(mine, "/logins/end-others", "").body()).doesNotContain("End all others");
        assertThat(page(theirs, "/").uri().getPath()).isEqualTo("/login");
        assertThat(page(mine, "/").body()).contains("Signed in: anna");
    }

    @Test
    void aLogoutIsNoLoginThatStands() {
        HttpClient browser = browser();
        assertThat(standing()).hasSize(1);
        Matcher hidden = HIDDEN.matcher(page(browser, "/logout").body());
        assertThat(hidden.find()).isTrue();
        posted(browser, "/logout", "_csrf=" + URLEncoder.encode(hidden.group(1), StandardCharsets.UTF_8));
        assertThat(standing()).isEmpty();
    }

    @Test
    void whoLogsInOverALoginLeavesThatOne() {
        page(browser(), "/oauth2/authorization/lab");
        assertThat(standing()).hasSize(1);
    }

    @Test
    void theCommandLineListsAndEnds() throws Exception {
        logIn();
        CommandLine line = new CommandLine(server, folder.resolve("line"));
        assertThat(line.run("sessions", "list", "--account", "anna").out())
                .contains("password of anna", "from 127.0.0.1");
        assertThat(line.run("sessions", "end", "--account", "anna").out()).contains("ended: 1 login");
        assertThat(line.run("sessions", "list", "--account", "anna").out()).contains("No login of anna stands.");
        assertThat(line.run("sessions", "end").code()).isEqualTo(2);
        assertThat(line.run("sessions", "end", UUID.randomUUID().toString()).err())
                .contains("root has no login");
        assertThat(line.run("sessions", "list").out()).contains("password of admin");
    }
}
