package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Secret;
import holdfast.cli.wire.Server;
import holdfast.cli.wire.Trust;
import holdfast.server.HoldfastServer;
import holdfast.server.drivers.http.Tls;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.grid.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A server by TLS: the certificate of a file, which may be changed, and logins by certificates of clients. */
@Tag("alone")
class ListeningTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TestAuthority other;
    private static Path certificate;
    private static Laboratory laboratory;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void begin() throws Exception {
        authority = TestAuthority.in(folder.resolve("authority"));
        other = TestAuthority.in(folder.resolve("other"));
        certificate = folder.resolve("server.pem");
        show(authority);
        laboratory = new Laboratory(TestDatabase.migrated(), folder);
        Listening listening =
                new Listening("127.0.0.1", Optional.of(certificate), Optional.of(authority.authorities()));
        context = HoldfastServer.open(laboratory.house, 0, listening);
    }

    @AfterAll
    static void end() throws Exception {
        context.close();
        laboratory.close();
    }

    /** At once or not at all, as whoever renews a certificate does it. */
    private static void show(TestAuthority whose) throws IOException {
        Path next = folder.resolve("next.pem");
        Files.writeString(next, Files.readString(whose.host()) + Files.readString(whose.hostKey()));
        Files.move(
                next,
                certificate,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static HttpResponse<String> get(Tls tls, String path, String... headers) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(tls.context()).build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static Tls believing(TestAuthority whom) {
        return new Tls(Optional.of(whom.authorities()), Optional.empty());
    }

    private static Tls alice(TestAuthority whose) {
        return new Tls(Optional.of(authority.authorities()), Optional.of(whose.alice()));
    }

    @Test
    void aClientThatKnowsTheAuthorityIsAnswered() throws Exception {
        HttpResponse<String> answer = get(believing(authority), "/rucio/ping");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> get(believing(other), "/rucio/ping")).isInstanceOf(SSLException.class);
    }

    @Test
    void pagesAskBrowsersToComeByTlsOnly() throws Exception {
        assertThat(get(believing(authority), "/").headers().firstValue("Strict-Transport-Security"))
                .isPresent();
    }

    @Test
    void anotherCertificateIsShownWithoutARestart() throws Exception {
        show(other);
        try {
            untilShown(other);
        } finally {
            show(authority);
        }
        untilShown(authority);
    }

    private static void untilShown(TestAuthority whose) throws Exception {
        Instant end = Instant.now().plus(LONG_ENOUGH);
        while (!isShownBy(whose)) {
            assertThat(Instant.now()).as("the certificate was read again").isBefore(end);
        }
    }

    private static boolean isShownBy(TestAuthority whom) throws Exception {
        try {
            return get(believing(whom), "/rucio/ping").statusCode() == 200;
        } catch (SSLException notBelieved) {
            return false;
        }
    }

    private static HttpResponse<String> login(Tls tls) throws Exception {
        return get(tls, "/rucio/auth/x509", "X-Rucio-Account", "alice");
    }

    @Test
    void whoeverShowsACertificateThatIsMappedLogsIn() throws Exception {
        assertThat(login(alice(authority)).statusCode()).isEqualTo(401);
        String secret =
                Files.readString(laboratory.data().resolve("admin.secret")).strip();
        String token = get(
                        believing(authority),
                        "/rucio/auth/userpass",
                        "X-Rucio-Account",
                        "root",
                        "X-Rucio-Username",
                        "admin",
                        "X-Rucio-Password",
                        secret)
                .headers()
                .firstValue("X-Rucio-Auth-Token")
                .orElseThrow();
        post(token, "/rucio/accounts/alice", "{\"type\": \"USER\", \"email\": \"\"}");
        post(
                token,
                "/rucio/accounts/alice/identities",
                "{\"identity\": \"/DC=test/CN=Alice\", \"authtype\": \"X509\", \"email\": \"\"}");
        HttpResponse<String> in = login(alice(authority));
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        assertThat(in.headers().firstValue("X-Rucio-Auth-Account")).hasValue("alice");
        assertThat(login(believing(authority)).body()).contains("no certificate came with the call");
        // The same name by an authority that is not believed: the line itself refuses it.
        assertThatThrownBy(() -> login(alice(other))).isInstanceOf(IOException.class);
    }

    private static void post(String token, String path, String body) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .header("X-Rucio-Auth-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(believing(authority).context())
                .build()) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void theCommandLineKnowsTheServerByItsAuthority() {
        Secret secret = Secret.find(Optional.of(laboratory.data().resolve("admin.secret")), Map.of());
        String url = "https://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
        Server server = Server.at(url, secret, Optional.of(Trust.in(authority.authorities())));
        assertThat(server.get(Route.of("status"))).startsWith("{");
        Server unknown = Server.at(url, secret, Optional.of(Trust.in(other.authorities())));
        assertThatThrownBy(() -> unknown.get(Route.of("status")))
                .isInstanceOf(NoServer.class)
                .hasMessageContaining("--url-ca");
        assertThatThrownBy(() -> Server.at("http://192.0.2.1:8470", secret, Optional.empty()))
                .isInstanceOf(NoServer.class)
                .hasMessageContaining("over an open line");
    }

    private static void isRefused(String told, String... options) {
        assertThatThrownBy(() -> Options.parse(List.of(options)))
                .isInstanceOf(Options.BadOption.class)
                .hasMessageContaining(told);
    }

    @Test
    void nobodyIsReachableFromElsewhereOverAnOpenLine() {
        isRefused("needs --tls FILE", "--listen", "0.0.0.0");
        isRefused("needs --tls FILE", "--listen", "192.0.2.1");
        isRefused("no file that can be read", "--listen", "0.0.0.0", "--tls", folder + "/none.pem");
        isRefused("there are with --tls FILE only", "--tls-clients", certificate.toString());
        isRefused("an address of this machine", "--listen", "no such host");
        Listening listening = Options.parse(List.of("--listen", "0.0.0.0", "--tls", certificate.toString()))
                .listening();
        assertThat(listening.scheme()).isEqualTo("https");
        assertThat(Options.parse(List.of("--listen", "::1")).listening().scheme())
                .isEqualTo("http");
    }
}
