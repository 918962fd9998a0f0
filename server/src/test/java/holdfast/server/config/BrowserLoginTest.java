package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.identity.LocalIssuer;
import holdfast.server.identity.LocalLogins;
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
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins of browsers at a strict issuer, the whole way over HTTP, with a jar of cookies and every redirect looked at. */
@Tag("alone")
class BrowserLoginTest {
    private static final String COOKIE = "holdfast-session";
    private static final Pattern HIDDEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir
    static Path folder;

    private static LocalIssuer issuer;
    private static RucioServer server;

    private Browser browser;

    @BeforeAll
    static void begin() throws Exception {
        issuer = new LocalIssuer(Instant::now);
        Files.writeString(folder.resolve("issuers.yaml"), """
            holdfast-issuers: 1
            issuers:
              lab: { url: "%s", audiences: "%s", client: { id: house } }
              gone: { url: "http://127.0.0.1:9/", audiences: holdfast, client: { id: house } }
            """.formatted(issuer.url(), LocalIssuer.AUDIENCE));
        server = new RucioServer(new Laboratory(TestDatabase.migrated(), folder));
        issuer.logins().sendsBackTo(at("/login/oauth2/code/lab").toString());
        account("anna", "USER");
        account("bob", "USER");
        account("team", "USER");
        account("robot", "SERVICE");
        maps("robot", "robot");
        maps("anna", "anna");
        maps("bob", "bob");
        maps("bob", "carl");
        maps("team", "carl");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        issuer.close();
    }

    @BeforeEach
    void anna() {
        issuer.logins().comes("anna");
        browser = new Browser();
    }

    private static void account(String name, String type) {
        HttpResponse<String> made =
                server.call("POST", "/accounts/" + name, "{\"type\": \"%s\", \"email\": \"\"}".formatted(type));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private static String identity(String subject) {
        return "{\"identity\": \"SUB=%s, ISS=%s\", \"authtype\": \"OIDC\", \"email\": \"\"}"
                .formatted(subject, issuer.url());
    }

    private static void maps(String account, String subject) {
        assertThat(server.call("POST", "/accounts/" + account + "/identities", identity(subject))
                        .statusCode())
                .isEqualTo(201);
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Somebody's browser: it has cookies and follows no redirect by itself. */
    private static final class Browser {
        private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        private final HttpClient client =
                HttpClient.newBuilder().cookieHandler(jar).build();

        HttpResponse<String> go(URI to) {
            return send(HttpRequest.newBuilder(to));
        }

        HttpResponse<String> go(String path) {
            return go(at(path));
        }

        HttpResponse<String> post(String path, String form) {
            return send(HttpRequest.newBuilder(at(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
        }

        HttpResponse<String> send(HttpRequest.Builder request) {
            try {
                return client.send(request.header("Accept", "text/html").build(), BodyHandlers.ofString());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** The address at the issuer that a login begins with. */
        URI begin() {
            return next(go("/oauth2/authorization/lab"));
        }

        /** Begins, lets the issuer say who it is, and stops before the return. */
        URI untilTheReturn() {
            return next(go(begin()));
        }

        HttpResponse<String> logIn() {
            return go(untilTheReturn());
        }

        String session() {
            return jar.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals(COOKIE))
                    .map(java.net.HttpCookie::getValue)
                    .findFirst()
                    .orElse("");
        }
    }

    private static URI next(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private static String token(HttpResponse<String> page) {
        Matcher hidden = HIDDEN.matcher(page.body());
        assertThat(hidden.find()).as(page.body()).isTrue();
        return "_csrf=" + URLEncoder.encode(hidden.group(1), StandardCharsets.UTF_8);
    }

    @Test
    void whoIsNotLoggedInIsLedToThePageOfLogins() {
        assertThat(next(browser.go("/plan/P-2")).getPath()).isEqualTo("/login");
        HttpResponse<String> page = browser.go("/login");
        assertThat(page.body())
                .contains("/oauth2/authorization/lab", "Log in at lab")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "form-action 'self'"));
        assertThat(browser.session()).as("no session for looking at a page").isEmpty();
    }

    @Test
    void aFormThatNobodyWasGivenBeginsNoSession() {
        assertThat(browser.post("/plan", "x=1").statusCode()).isEqualTo(403);
        assertThat(browser.session()).isEmpty();
    }

    @Test
    void anIssuerThatIsSilentOrUnknownIsSaidToBe() {
        for (String name : new String[] {"gone", "never-named"}) {
            HttpResponse<String> answer = browser.go("/oauth2/authorization/" + name);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("does not answer");
        }
    }

    @Test
    void aLoginAtTheIssuerOpensThePagesAsTheMappedAccount() {
        assertThat(next(browser.logIn()).getPath()).isEqualTo("/");
        HttpResponse<String> page = browser.go("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Signed in: anna");
    }

    @Test
    void pkceStateAndNonceAreAskedForEachTimeAnew() {
        String first = browser.begin().getQuery();
        String second = browser.begin().getQuery();
        assertThat(first).contains("code_challenge_method=S256", "code_challenge=", "nonce=", "state=", "scope=openid");
        assertThat(value(first, "code_challenge")).isNotEqualTo(value(second, "code_challenge"));
        assertThat(value(first, "state")).isNotEqualTo(value(second, "state"));
        assertThat(value(first, "nonce")).isNotEqualTo(value(second, "nonce"));
    }

    private static String value(String query, String name) {
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void theSessionCookieIsForThisSiteAndForNoScript() {
        HttpResponse<String> answer = browser.go("/oauth2/authorization/lab");
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .startsWith(COOKIE + "=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
        Listening behind = new Listening(
                "127.0.0.1",
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.of("https://data.example.org"));
        assertThat(behind.settings()).containsEntry("server.servlet.session.cookie.secure", "true");
    }

    @Test
    void aSessionThatOnlyBeganALoginEndsSooner() throws Exception {
        browser.begin();
        assertThat(server.silence(browser.session())).isEqualTo(600);
        browser.logIn();
        assertThat(server.silence(browser.session())).isEqualTo(1800);
        browser.begin();
        assertThat(server.silence(browser.session()))
                .as("logged in, begun anew")
                .isEqualTo(1800);
    }

    @Test
    void theSessionGetsANewIdAtTheLogin() {
        browser.begin();
        String before = browser.session();
        browser.logIn();
        assertThat(browser.session()).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void aReturnThatThisBrowserDidNotBeginLogsNobodyIn() {
        URI stolen = new Browser().untilTheReturn();
        HttpResponse<String> answer = browser.go(stolen);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("You are not logged in");
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
    }

    @Test
    void anotherStateLogsNobodyIn() {
        URI back = browser.untilTheReturn();
        HttpResponse<String> answer =
                browser.go(URI.create(back.toString().replaceAll("state=[^&]*", "state=another")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
    }

    @Test
    void aCodeIsGoodOnce() {
        URI back = browser.untilTheReturn();
        assertThat(next(browser.go(back)).getPath()).isEqualTo("/");
        Browser other = new Browser();
        URI begun = other.untilTheReturn();
        String usedUp = value(back.getRawQuery(), "code");
        HttpResponse<String> answer = other.go(URI.create(begun.toString().replaceAll("code=[^&]*", "code=" + usedUp)));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_grant");
    }

    @Test
    void aCodeOfAnotherBrowsersLoginHasAnotherVerifier() {
        URI others = new Browser().untilTheReturn();
        URI mine = browser.untilTheReturn();
        HttpResponse<String> answer = browser.go(URI.create(
                mine.toString().replaceAll("code=[^&]*", "code=" + value(others.getRawQuery(), "code"))));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_grant");
    }

    @Test
    void anIdTokenThatIsNotMeantForThisLoginLogsNobodyIn() {
        issuer.logins().lies(claims -> claims.claim("nonce", "another"));
        assertThat(browser.logIn().body()).contains("invalid_nonce");
        issuer.logins().lies(claims -> claims.audience("another-client"));
        assertThat(browser.logIn().statusCode()).isEqualTo(401);
        issuer.logins().lies(claims -> claims.issuer("https://iam.example.org/"));
        assertThat(browser.logIn().statusCode()).isEqualTo(401);
        issuer.logins()
                .lies(claims ->
                        claims.expirationTime(java.util.Date.from(Instant.now().minusSeconds(600))));
        assertThat(browser.logIn().statusCode()).isEqualTo(401);
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
    }

    @Test
    void whoIsNotMappedIsToldWhoTheyAreAndHasNoSession() {
        issuer.logins().comes("stranger");
        HttpResponse<String> answer = browser.logIn();
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("SUB=stranger, ISS=" + issuer.url(), "may not act for any account; an administrator maps it");
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
    }

    @Test
    void whatEndsEndsWithTheNextRequest() {
        issuer.logins().comes("leaver");
        maps("bob", "leaver");
        browser.logIn();
        assertThat(browser.go("/").statusCode()).isEqualTo(200);
        server.call("DELETE", "/accounts/bob/identities", identity("leaver"));
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
        maps("bob", "leaver");
        assertThat(next(browser.go("/")).getPath())
                .as("what was ended stays so")
                .isEqualTo("/login");
        browser.logIn();
        assertThat(browser.go("/").statusCode()).isEqualTo(200);
        assertThat(server.call("PUT", "/accounts/bob", "{\"status\": \"SUSPENDED\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
        assertThat(server.call("PUT", "/accounts/bob", "{\"status\": \"ACTIVE\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ofSeveralAccountsOneIsChosenAndNoOther() {
        issuer.logins().comes("carl");
        assertThat(next(browser.logIn()).getPath()).isEqualTo("/login");
        HttpResponse<String> page = browser.go("/login");
        assertThat(page.body()).contains("value=\"bob\"", "value=\"team\"");
        assertThat(next(browser.post("/login/account", token(page) + "&account=anna"))
                        .getPath())
                .isEqualTo("/login");
        assertThat(next(browser.post("/login/account", token(page) + "&account=team"))
                        .getPath())
                .isEqualTo("/");
        assertThat(browser.go("/").body()).contains("Signed in: team");
    }

    @Test
    void aLogoutEndsTheSessionAndNeedsAFormOfThisHouse() {
        browser.logIn();
        HttpResponse<String> page = browser.go("/logout");
        assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);
        assertThat(browser.post("/logout", "_csrf=guessed").body()).contains("Nothing was done");
        assertThat(browser.go("/").statusCode()).as("still logged in").isEqualTo(200);
        String kept = browser.session();
        assertThat(next(browser.post("/logout", token(page))).getPath()).isEqualTo("/login");
        assertThat(next(browser.go("/")).getPath()).isEqualTo("/login");
        HttpResponse<String> again =
                new Browser().send(HttpRequest.newBuilder(at("/")).header("Cookie", COOKIE + "=" + kept));
        assertThat(next(again).getPath()).isEqualTo("/login");
    }

    @Test
    void aSessionOpensNothingBelowApi() {
        browser.logIn();
        assertThat(browser.go("/api/status").statusCode()).isEqualTo(401);
        assertThat(browser.go("/api/whoami").statusCode()).isEqualTo(401);
    }

    @Test
    void theAdministratorSecretStillOpensThePages() {
        HttpResponse<String> asked = browser.go("/administrator");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Holdfast\"");
        String secret = Base64.getEncoder()
                .encodeToString(("administrator:" + server.secret()).getBytes(StandardCharsets.UTF_8));
        assertThat(browser.send(HttpRequest.newBuilder(at("/")).header("Authorization", "Basic " + secret))
                        .body())
                .contains("Signed in: administrator");
        assertThat(browser.send(HttpRequest.newBuilder(at("/")).header("Authorization", "Basic eDp5"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aBearerBelowApiIsWhoTheMappingSaysAndNoCustodian() {
        String token = issuer.token(claims -> claims.subject("anna"));
        HttpResponse<String> who = asProgram("/api/whoami", token);
        assertThat(who.body()).contains("\"account\":\"anna\"", "SUB=anna, ISS=" + issuer.url());
        assertThat(who.body()).contains("\"standing\":\"member\"");
        assertThat(asProgram("/api/acts", token).statusCode()).isEqualTo(403);
        String stranger = issuer.token(claims -> claims.subject("stranger"));
        HttpResponse<String> refused = asProgram("/api/whoami", stranger);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("SUB=stranger", "an administrator maps it");
    }

    private static HttpResponse<String> asProgram(String path, String bearer) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(at(path))
                                    .header("Authorization", "Bearer " + bearer)
                                    .build(),
                            BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoIsNoMemberIsToldSoWhateverTheyAskFor() {
        issuer.logins().comes("robot");
        browser.logIn();
        HttpResponse<String> there = browser.go("/plan/P-22");
        assertThat(there.statusCode()).isEqualTo(403);
        assertThat(there.body()).contains("You are logged in as robot, who is no member now");
        assertThat(browser.go("/plan/P-99").body()).isEqualTo(there.body());
        assertThat(browser.go("/login").statusCode()).isEqualTo(200);
    }

    @Test
    void theServerTellsTheCommandLineWhereToLogIn() {
        assertThat(asProgram("/api/logins", "none").body())
                .contains("\"name\":\"lab\"", issuer.url(), "\"client\":\"" + LocalLogins.CLIENT + "\"");
    }
}
