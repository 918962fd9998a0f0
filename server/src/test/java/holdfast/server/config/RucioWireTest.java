package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official client relies on, letter by letter, on a real socket. */
class RucioWireTest {
    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new RucioServer(folder);
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    private static String kind(HttpResponse<String> answer) {
        return answer.headers().firstValue("ExceptionClass").orElse("");
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void pingAnswersWithoutATokenAndWithoutACharset() {
        HttpResponse<String> answer = server.send(server.at("/ping").build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("{\"version\":\"41.0.0\"}");
    }

    @Test
    void theAdministratorSecretIsRootsPassword() {
        HttpResponse<String> answer = server.send(server.at("/auth/userpass")
                .header("X-Rucio-Account", "root")
                .header("X-Rucio-Username", "admin")
                .header("X-Rucio-Password", server.secret())
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(type(answer)).isEqualTo("application/octet-stream");
        assertThat(answer.headers().firstValue("X-Rucio-Auth-Token").orElseThrow())
                .matches("root-admin-unknown-[0-9a-f]{32}");
        assertThat(answer.headers().firstValue("X-Rucio-Auth-Token-Expires").orElseThrow())
                .matches("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d UTC");
        assertThat(answer.headers().firstValue("X-Rucio-Auth-Account")).hasValue("root");
    }

    @Test
    void aWrongPasswordIsRefusedAndSaysForWhichAccount() {
        HttpResponse<String> answer = server.send(server.at("/auth/userpass")
                .header("X-Rucio-Account", "root")
                .header("X-Rucio-Username", "admin")
                .header("X-Rucio-Password", "guess")
                .build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(kind(answer)).isEqualTo("CannotAuthenticate");
        assertThat(answer.headers().firstValue("X-Rucio-Auth-Token")).isEmpty();
    }

    @Test
    void aTokenIsValidatedAsPythonWritesIt() {
        assertThat(server.get("/auth/validate").body())
                .matches("\\{'account': 'root', 'identity': 'admin', 'lifetime': datetime.datetime\\([0-9, ]+\\),"
                        + " 'audience': None, 'authz_scope': None, 'vo': 'def'}");
    }

    @Test
    void aCertificateInAHeaderIsWorthNothingUnlessAFrontEndIsTrusted() {
        for (String header : List.of("SSL_CLIENT_S_DN", "X-SSL-Client-S-DN", "X-Rucio-Identity")) {
            HttpResponse<String> answer = server.send(server.at("/auth/x509")
                    .header("X-Rucio-Account", "root")
                    .header(header, "/DC=org/CN=anybody")
                    .build());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("no front end is trusted");
        }
        assertThat(server.send(server.at("/auth/oidc").build()).body()).contains("UnsupportedOperation");
    }

    @Test
    void aSignatureOfNobodysOpensNothing() {
        HttpResponse<String> asked = server.send(server.at("/auth/ssh_challenge_token")
                .header("X-Rucio-Account", "root")
                .build());
        assertThat(asked.headers().firstValue("X-Rucio-SSH-Challenge-Token").orElseThrow())
                .matches("challenge-[0-9a-f]{32}");
        HttpResponse<String> answer = server.send(server.at("/auth/ssh")
                .header("X-Rucio-Account", "root")
                .header("X-Rucio-SSH-Signature", "AAAA")
                .build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(kind(answer)).isEqualTo("CannotAuthenticate");
    }

    @Test
    void whoamiLeadsToTheAccount() {
        HttpResponse<String> answer = server.get("/accounts/whoami");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("root");
    }

    @Test
    void aCallWithoutATokenOrWithABadOneIsRefusedAsTheClientExpects() {
        HttpResponse<String> none = server.send(server.at("/accounts/").build());
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body())
                .isEqualTo("{\"ExceptionClass\":\"ValueError\",\"ExceptionMessage\":\"Token must be set.\"}");
        assertThat(type(none)).isEqualTo("application/octet-stream");
        HttpResponse<String> bad = server.send(server.at("/accounts/")
                .header("X-Rucio-Auth-Token", "root-admin-x-00")
                .build());
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(kind(bad)).isEqualTo("CannotAuthenticate");
    }

    @Test
    void anUnknownAddressAndAnotherMethodAnswerAsPages() {
        assertThat(server.get("/nosuchpath").statusCode()).isEqualTo(404);
        assertThat(type(server.get("/nosuchpath"))).isEqualToIgnoringCase("text/html;charset=utf-8");
        HttpResponse<String> other = server.call("DELETE", "/ping", "");
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(other.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }

    @Test
    void headAndOptionsAreAnswered() {
        HttpResponse<String> head = server.call("HEAD", "/ping", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> options = server.call("OPTIONS", "/rses/X", "");
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow")).hasValue("GET, POST, PUT, DELETE, HEAD, OPTIONS");
    }

    @Test
    void anAcceptHeaderThatCannotBeServedIsTold() {
        HttpResponse<String> answer =
                server.send(server.at("/ping").header("Accept", "text/plain").build());
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body())
                .contains("The requested content type text/plain is not supported. Use ['application/json'].");
    }

    /** The names reach the router and not a guard in front of it: it says what it refuses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dids/mc/%2Fa%2Fb/follow",
                "/dids/mc//a/b/follow",
                "/dids/mc/a;b=c/follow",
                "/dids/mc/a%3Bb/follow",
                "/dids/mc/a\\b/follow",
                "/dids/mc/a%5Cb/follow",
                "/dids/mc/a%25b/follow",
                "/dids/mc/a%0Ab/follow",
                "/dids/mc/a[b]{c}|d\"e/follow",
                "/dids/mc/%E6%97%A5/follow",
                "/dids/mc/a%2E%2E/follow",
                "/dids/mc/%2E/follow",
                "/dids/mc/..%2Fx/follow",
            })
    void everyNameReachesTheRouter(String path) throws Exception {
        String answer = raw("GET /rucio" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Rucio-Auth-Token: "
                + server.token() + "\r\n\r\n");
        assertThat(answer).contains("GET /dids/{scope}/{name}/follow is not supported");
    }

    @Test
    void otherInterfacesStayBehindTheirOwnDoor() throws Exception {
        for (String path : Stream.of(
                        "/rucio/../api/status",
                        "/api/status",
                        "/rucio/..%2Fapi/status",
                        "/rucio;x/../plan",
                        "/api//status")
                .toList()) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(path).matches("(?s)HTTP/1.1 4\\d\\d.*");
        }
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
