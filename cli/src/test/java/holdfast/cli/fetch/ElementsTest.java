package holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holdfast.cli.wire.ByteAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Elements over TLS: who is believed, and who is shown the person's token. */
@Timeout(60)
class ElementsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path work;

    private static Path authority;
    private static HttpsServer door;
    private static HttpsServer pool;
    private static HttpServer open;
    private static final Queue<String> SHOWN = new ConcurrentLinkedQueue<>();

    private Elements elements;

    @BeforeAll
    static void begin() throws Exception {
        Path keys = work.resolve("keys.p12");
        tool("-genkeypair", "-keyalg", "EC", "-alias", "door", "-dname", "CN=localhost", "-ext", "SAN=IP:127.0.0.1");
        authority = work.resolve("authority.pem");
        tool("-exportcert", "-rfc", "-alias", "door", "-file", authority.toString());
        SSLContext tls = tls(keys);
        door = secure(tls);
        pool = secure(tls);
        open = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        open.createContext("/", ElementsTest::give);
        open.start();
        sendsOn("/to-pool", "https://127.0.0.1:" + pool.getAddress().getPort() + "/f");
        sendsOn("/to-open", "http://127.0.0.1:" + open.getAddress().getPort() + "/f");
        sendsOn("/round", "/round");
    }

    private static void tool(String... words) throws Exception {
        java.util.List<String> all = new java.util.ArrayList<>(java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        all.addAll(java.util.List.of(words));
        all.addAll(java.util.List.of(
                "-storepass", "changeit", "-keystore", work.resolve("keys.p12").toString()));
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static SSLContext tls(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static HttpsServer secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/f", ElementsTest::give);
        server.start();
        return server;
    }

    private static void give(HttpExchange exchange) throws IOException {
        try (exchange) {
            shown(exchange);
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void sendsOn(String from, String to) {
        door.createContext(from, exchange -> {
            try (exchange) {
                shown(exchange);
                exchange.getResponseHeaders().set("Location", to);
                exchange.sendResponseHeaders(302, -1);
            }
        });
    }

    private static void shown(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        SHOWN.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    @BeforeEach
    void start() throws IOException {
        SHOWN.clear();
        Path token = Files.writeString(work.resolve("token"), "very-secret\n");
        elements = new Elements(Optional.of(token), Optional.of(authority), Duration.ofSeconds(30));
    }

    @AfterEach
    void whatIsShownNeverHoldsMoreThanTheToken() {
        assertThat(SHOWN).allMatch(s -> s.equals("null") || s.equals("Bearer very-secret"));
    }

    @AfterAll
    static void end() {
        door.stop(0);
        pool.stop(0);
        open.stop(0);
    }

    private static Way.Web way(String path) {
        return new Way.Web(
                "ONE", URI.create("https://127.0.0.1:" + door.getAddress().getPort() + path));
    }

    private String read(String path) throws IOException {
        try (ByteAnswer answer = elements.open(way(path), 0, 5)) {
            return new String(answer.content().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void theTokenIsShownToTheHostThatTheServerNamed() throws IOException {
        assertThat(read("/f")).isEqualTo("bytes");
        assertThat(SHOWN).containsExactly("Bearer very-secret");
    }

    @Test
    void theHostThatWeAreSentOnToNeverSeesIt() throws IOException {
        assertThat(read("/to-pool")).isEqualTo("bytes");
        assertThat(SHOWN).containsExactly("Bearer very-secret", "null");
    }

    @Test
    void nobodySendsUsFromAClosedLineToAnOpenOne() {
        assertThatThrownBy(() -> read("/to-open")).hasMessageContaining("not followed");
        assertThat(SHOWN).hasSize(1);
    }

    @Test
    void whoSendsUsRoundIsLeft() {
        assertThatThrownBy(() -> read("/round")).hasMessageContaining("sends on more than 5 times");
    }

    @Test
    void whoIsNotBelievedIsNotRead() {
        Elements trusting = new Elements(Optional.empty(), Optional.empty(), Duration.ofSeconds(30));
        assertThatThrownBy(() -> trusting.open(way("/f"), 0, 5).close()).isInstanceOf(IOException.class);
        assertThat(SHOWN).isEmpty();
    }

    @Test
    void aHostThatNobodyReachesIsAskedOnce() throws IOException {
        Way.Web gone = new Way.Web("ONE", URI.create("https://127.0.0.1:1/f"));
        assertThat(elements.isInReach(gone)).isTrue();
        assertThatThrownBy(() -> elements.open(gone, 0, 5).close()).hasMessageContaining("does not reach it");
        assertThat(elements.isInReach(gone)).isFalse();
    }
}
