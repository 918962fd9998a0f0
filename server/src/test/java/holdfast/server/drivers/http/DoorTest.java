package holdfast.server.drivers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out of the house: where it leads, what is shown there, and which requests share a connection. */
class DoorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PlainServer own;
    private PlainServer pool;
    private PlainServer stranger;

    @BeforeEach
    void open() throws IOException {
        own = PlainServer.onAnyPort();
        pool = PlainServer.onAnyPort();
        stranger = PlainServer.onAnyPort();
    }

    @AfterEach
    void end() {
        own.close();
        pool.close();
        stranger.close();
    }

    private Door door() {
        return door(true);
    }

    private Door door(boolean privateAddresses) {
        return new Door(new Door.Settings(
                Endpoint.of(own.at("/")),
                Set.of(Endpoint.of(pool.at("/"))),
                Tls.PLAIN.context(),
                PATIENCE,
                PATIENCE,
                20,
                privateAddresses));
    }

    private static HttpUriRequestBase request(String method, URI at) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, at);
        request.setHeader("Authorization", "Bearer ours");
        return request;
    }

    private static int ask(Door door, String method, URI at) throws IOException {
        HttpUriRequestBase request = request(method, at);
        if (method.equals("PUT")) {
            request.setEntity(new ByteArrayEntity(new byte[] {1, 2, 3}, ContentType.APPLICATION_OCTET_STREAM));
        }
        try (Answer answer = door.ask(request)) {
            return answer.status();
        }
    }

    @Test
    void readsShareAConnection() throws IOException {
        try (Door door = door()) {
            for (String method : List.of("GET", "PROPFIND", "OPTIONS", "GET")) {
                ask(door, method, own.at("/f"));
            }
        }
        assertThat(own.asked()).extracting(PlainServer.Asked::connection).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "MOVE", "DELETE", "MKCOL", "COPY", "POST", "HEAD"})
    void aChangeAndADigestHaveAConnectionThatCarriesNothingElse(String method) throws IOException {
        try (Door door = door()) {
            for (String one : List.of("GET", method, "GET", method, "PROPFIND")) {
                ask(door, one, own.at("/f"));
            }
        }
        assertThat(own.asked()).extracting(PlainServer.Asked::connection).containsExactly(1, 2, 1, 3, 1);
        assertThat(own.asked())
                .filteredOn(asked -> asked.head().startsWith(method))
                .allMatch(asked -> asked.head().contains("Connection: close"));
    }

    /** More than one connection is kept, so that to ask a second time over the next dead one would not do. */
    @Test
    void afterARestartWhatIsReadIsAskedOverANewConnection() throws Exception {
        try (Door door = door()) {
            own.holdUntil(4);
            List<Callable<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(() -> ask(door, "GET", own.at("/f")));
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Integer> reader : threads.invokeAll(readers)) {
                    assertThat(reader.get()).isEqualTo(200);
                }
            }
            own.restart();
            assertThat(ask(door, "GET", own.at("/f"))).isEqualTo(200);
        }
    }

    /** XRootD before 5.5.4 mixes up connections that are reset while it ends them. */
    @Test
    void aConnectionThatTheServerSaidItEndsIsEndedByTheServer() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Door door = new Door(new Door.Settings(
                        Endpoint.of(URI.create("http://localhost:" + listening.getLocalPort())),
                        Set.of(),
                        Tls.PLAIN.context(),
                        PATIENCE,
                        PATIENCE,
                        5,
                        true))) {
            CompletableFuture<Socket> answered = CompletableFuture.supplyAsync(() -> nothingThere(listening));
            assertThat(ask(door, "PROPFIND", URI.create("http://localhost:%d/f".formatted(listening.getLocalPort()))))
                    .isEqualTo(404);
            try (Socket socket = answered.get()) {
                socket.setSoTimeout(300);
                assertThatThrownBy(() -> socket.getInputStream().read())
                        .as("neither reset nor closed by us")
                        .isInstanceOf(SocketTimeoutException.class);
                socket.shutdownOutput();
                socket.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(socket.getInputStream().read())
                        .as("we end it after them")
                        .isEqualTo(-1);
            }
        }
    }

    private static Socket nothingThere(ServerSocket listening) {
        try {
            Socket socket = listening.accept();
            PlainServer.head(socket.getInputStream());
            socket.getOutputStream()
                    .write("HTTP/1.1 404 Not Found\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theElementMaySendUsToTheEndpointsThatAreNamedAndOurTokenStaysBehind() throws IOException {
        own.sendsTo(pool.at("/pool/f"));
        try (Door door = door()) {
            assertThat(ask(door, "GET", own.at("/f"))).isEqualTo(200);
            assertThat(ask(door, "PUT", own.at("/f"))).isEqualTo(200);
        }
        assertThat(own.asked()).allMatch(asked -> asked.head().contains("Bearer ours"));
        assertThat(pool.asked()).hasSize(2).noneMatch(asked -> asked.head().contains("Authorization"));
        assertThat(pool.asked().getLast().body()).containsExactly(1, 2, 3);
    }

    @Test
    void withinItsOwnEndpointItMaySendUsOnWithOurToken() throws IOException {
        own.sendsTo(URI.create("/elsewhere"));
        try (Door door = door()) {
            assertThat(ask(door, "GET", own.at("/f"))).isEqualTo(200);
        }
        assertThat(own.asked()).hasSize(2).allMatch(asked -> asked.head().contains("Bearer ours"));
        assertThat(own.asked().getLast().head()).startsWith("GET /elsewhere ");
    }

    @Test
    void nobodyElseIsAskedWhereverItSendsUs() throws IOException {
        own.sendsTo(stranger.at("/there"));
        try (Door door = door()) {
            assertThatThrownBy(() -> ask(door, "GET", own.at("/f")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no endpoint of this element")
                    .hasMessageContaining("also-at");
            assertThatThrownBy(() -> ask(door, "PUT", own.at("/f"))).hasMessageContaining("also-at");
            assertThatThrownBy(() -> ask(door, "GET", stranger.at("/f"))).hasMessageContaining("also-at");
        }
        assertThat(stranger.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://localhost/x", "mailto:a@b", "https:relative"})
    void anAddressOfAnotherKindIsNotFollowed(String where) throws IOException {
        own.sendsTo(URI.create(where));
        try (Door door = door()) {
            assertThatThrownBy(() -> ask(door, "GET", own.at("/f")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another kind");
        }
    }

    @Test
    void anEndpointOfAnotherSchemeIsAnotherEndpoint() throws IOException {
        own.sendsTo(URI.create(own.at("/there").toString().replace("http:", "https:")));
        try (Door door = door()) {
            assertThatThrownBy(() -> ask(door, "GET", own.at("/f"))).hasMessageContaining("also-at");
        }
    }

    @Test
    void whoSendsUsOnForEverIsLeft() throws IOException {
        own.sendsTo(own.at("/f"));
        own.sendsAlways();
        try (Door door = door()) {
            assertThatThrownBy(() -> ask(door, "GET", own.at("/f"))).hasMessageContaining("more than 5 times");
        }
        assertThat(own.asked()).hasSize(6);
    }

    @Test
    void addressesOfPrivateNetworksAreRefusedUnlessTheServerWasToldOtherwise() throws IOException {
        try (Door door = door(false)) {
            assertThatThrownBy(() -> ask(door, "GET", own.at("/f")))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("--private-storage");
            assertThatThrownBy(() -> ask(door, "PUT", own.at("/f"))).isInstanceOf(UnknownHostException.class);
        }
        assertThat(own.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "0.0.0.0",
                "224.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "::ffff:10.0.0.1"
            })
    void allKindsOfPrivateAddressesAreKnown(String address) throws UnknownHostException {
        assertThat(PinnedAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "2001:db8::1",
                "fbff::1"
            })
    void addressesOutOnTheNetAreNotPrivate(String address) throws UnknownHostException {
        assertThat(PinnedAddresses.isPrivate(InetAddress.getByName(address))).isFalse();
    }
}
