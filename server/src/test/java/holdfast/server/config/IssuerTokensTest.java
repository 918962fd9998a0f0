package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.identity.LocalIssuer;
import holdfast.vocabulary.DataId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer that the node believes, at Rucio's interface and for the bytes of files, on a real socket. */
@Tag("alone")
class IssuerTokensTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    static Path folder;

    private static LocalIssuer issuer;
    private static RucioServer server;
    private static DataId file;

    @BeforeAll
    static void begin() throws Exception {
        issuer = new LocalIssuer(Instant::now);
        Files.writeString(folder.resolve("issuers.yaml"), """
            holdfast-issuers: 1
            issuers:
              lab: { url: "%s", audiences: "%s" }
            """.formatted(issuer.url(), LocalIssuer.AUDIENCE));
        Laboratory laboratory = new Laboratory(TestDatabase.migrated(), folder);
        server = new RucioServer(laboratory);
        file = Laboratory.id("/runs/e1/file.root");
        laboratory.send(file, BYTES);
        laboratory.rest();
        person("anna");
        person("bob");
        maps("anna", "anna");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        issuer.close();
    }

    private static void person(String account) {
        HttpResponse<String> answer =
                server.call("POST", "/accounts/" + account, "{\"type\": \"USER\", \"email\": \"\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String identity(String subject) {
        return "{\"identity\": \"SUB=%s, ISS=%s\", \"authtype\": \"OIDC\", \"email\": \"\"}"
                .formatted(subject, issuer.url());
    }

    private static void maps(String account, String subject) {
        HttpResponse<String> answer = server.call("POST", "/accounts/" + account + "/identities", identity(subject));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String token(String subject, String scope) {
        Consumer<JWTClaimsSet.Builder> change =
                claims -> claims.subject(subject).claim("scope", scope);
        return issuer.token(change);
    }

    private static HttpResponse<String> whoami(String token, String... headers) {
        HttpRequest.Builder request = server.at("/accounts/whoami").header("X-Rucio-Auth-Token", token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.send(request.build());
    }

    private static HttpResponse<byte[]> bytes(DataId id, String token) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/holdfast/v1/files/%s/%s/bytes"
                                .formatted(server.port(), id.scope(), id.name().replace("/", "%2F"))))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void whoeverIsMappedActsForTheAccount() {
        HttpResponse<String> answer = whoami(token("anna", "openid profile"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(at -> assertThat(at).endsWith("anna"));
    }

    @Test
    void whoeverIsNotMappedIsToldWhoTheyAre() {
        HttpResponse<String> answer = whoami(token("stranger", "openid"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("SUB=stranger, ISS=" + issuer.url(), "an administrator maps it");
    }

    @Test
    void nobodyActsForTheAccountOfAnother() {
        HttpResponse<String> answer = whoami(token("anna", "openid"), "X-Rucio-Account", "root");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("may not act for account root");
    }

    @Test
    void ofSeveralAccountsOneIsAskedFor() {
        maps("anna", "carl");
        maps("bob", "carl");
        String token = token("carl", "openid");
        assertThat(whoami(token).body()).contains("X-Rucio-Account");
        assertThat(whoami(token, "X-Rucio-Account", "bob").headers().firstValue("Location"))
                .hasValueSatisfying(at -> assertThat(at).endsWith("bob"));
    }

    @Test
    void aTokenEndsWithItsMapping() {
        maps("bob", "leaver");
        String token = token("leaver", "openid");
        assertThat(whoami(token).statusCode()).isEqualTo(303);
        server.call("DELETE", "/accounts/bob/identities", identity("leaver"));
        assertThat(whoami(token).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenForStorageIsNoLogin() {
        HttpResponse<String> answer = whoami(token("anna", "storage.read:/"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("no login");
    }

    @Test
    void aTokenThatIsNotTakenSaysWhy() {
        HttpResponse<String> answer = whoami(issuer.token(claims -> claims.audience("https://other.example.org")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("the token is not taken: it is for another audience");
    }

    @Test
    void aTokenForAPathOpensTheFilesBelowItWhoeverBearsIt() throws Exception {
        assertThat(bytes(file, token("nobody", "storage.read:/runs/e1")).body()).isEqualTo(BYTES);
        assertThat(bytes(file, token("nobody", "storage.read:/")).statusCode()).isEqualTo(200);
    }

    @Test
    void whatATokenDoesNotNameIsForItAsIfItWereNotThere() throws Exception {
        DataId absent = Laboratory.id("/runs/e1/absent.root");
        for (String scope :
                new String[] {"storage.read:/runs/e", "storage.create:/", "storage.modify:/", "storage.stage:/"}) {
            HttpResponse<byte[]> there = bytes(file, token("anna", scope));
            HttpResponse<byte[]> notThere = bytes(absent, token("anna", scope));
            assertThat(there.statusCode()).as(scope).isEqualTo(404);
            assertThat(new String(there.body()).replace("file.root", "absent.root"))
                    .isEqualTo(new String(notThere.body()));
        }
    }

    @Test
    void anAccountReadsBytesOnlyWhereTheirLevelOrThePolicyLetsIt() throws Exception {
        assertThat(bytes(file, token("anna", "openid")).statusCode()).isEqualTo(200);
        HttpResponse<String> robot = server.call("POST", "/accounts/robot", "{\"type\": \"SERVICE\", \"email\": \"\"}");
        assertThat(robot.statusCode()).as(robot.body()).isEqualTo(201);
        maps("robot", "robot");
        assertThat(bytes(file, token("robot", "openid")).statusCode()).isEqualTo(403);
    }

    @Test
    void noTokenOfAnIssuerIsTheAdministrator() throws Exception {
        for (String path : new String[] {"/api/evidence", "/api/shift", "/api/acts"}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .header("Authorization", "Bearer " + token("anna", "openid"))
                    .build();
            assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }
}
