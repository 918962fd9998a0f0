package holdfast.server.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import holdfast.server.credentials.Bearer.Want;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that an issuer gives for the house's own secret. */
class ExchangedTokensTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Want READ_F = new Want(Right.READ, "/data/f");

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private HttpServer issuer;
    private volatile int status = 200;
    private volatile String answer = "{\"access_token\": \"NUMBER\", \"expires_in\": 600}";
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void begin() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/token", exchange -> {
            asked.add(URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8));
            shown.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] said = answer.replace("NUMBER", "token-" + asked.size()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        issuer.start();
        Files.writeString(folder.resolve("client"), "house\nsecret:of it\n");
    }

    @AfterEach
    void end() {
        issuer.stop(0);
    }

    /** Time passes only by hand. */
    private final class ByHand extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private ExchangedTokens tokens() {
        URI endpoint = URI.create(
                "http://localhost:%d/token".formatted(issuer.getAddress().getPort()));
        Door door = new Door(
                new Door.Settings(Endpoint.of(endpoint), Set.of(), Tls.PLAIN.context(), PATIENCE, PATIENCE, 5, true));
        return new ExchangedTokens(
                new ExchangedTokens.Client(endpoint, folder.resolve("client"), "https://se.example", "/data"),
                door,
                new ByHand());
    }

    private static String one(ExchangedTokens tokens, Want... wants) throws IOException {
        return tokens.token(List.of(wants)).orElseThrow().reveal();
    }

    @Test
    void anIssuerIsAskedForWhatARequestNeedsAndForNoMore() throws IOException {
        try (ExchangedTokens tokens = tokens()) {
            assertThat(one(tokens, new Want(Right.MODIFY, "/data/a"), READ_F)).isEqualTo("token-1");
        }
        assertThat(asked)
                .containsExactly("grant_type=client_credentials&scope=storage.modify:/a storage.read:/f"
                        + "&audience=https://se.example");
        assertThat(shown)
                .containsExactly("Basic "
                        + Base64.getEncoder().encodeToString("house:secret:of it".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void oneTokenServesTheSameRightsUntilAMinuteBeforeItsEnd() throws IOException {
        try (ExchangedTokens tokens = tokens()) {
            assertThat(one(tokens, READ_F)).isEqualTo("token-1");
            now = now.plusSeconds(539);
            assertThat(one(tokens, READ_F)).isEqualTo("token-1");
            assertThat(one(tokens, new Want(Right.READ, "/data/g"))).isEqualTo("token-2");
            now = now.plusSeconds(1);
            assertThat(one(tokens, READ_F)).isEqualTo("token-3");
        }
    }

    @Test
    void aTokenWhoseEndIsNotSaidServesOnce() throws IOException {
        answer = "{\"access_token\": \"NUMBER\"}";
        try (ExchangedTokens tokens = tokens()) {
            assertThat(one(tokens, READ_F)).isEqualTo("token-1");
            assertThat(one(tokens, READ_F)).isEqualTo("token-2");
        }
    }

    @Test
    void aRefusalIsToldWithoutTheSecret() throws IOException {
        status = 401;
        answer = "{\"error\": \"invalid_client\"}";
        try (ExchangedTokens tokens = tokens()) {
            assertThatThrownBy(() -> one(tokens, READ_F))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gave no token for 'storage.read:/f'")
                    .hasMessageContaining("invalid_client")
                    .hasMessageNotContaining("secret:of it");
            status = 200;
            answer = "{\"access_token\": \"NUMBER\", \"expires_in\": 600}";
            assertThat(one(tokens, READ_F)).as("it is asked again").isEqualTo("token-2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "{}", "{\"access_token\": \"\"}", "[]", ""})
    void anAnswerWithoutATokenIsNone(String said) throws IOException {
        answer = said;
        try (ExchangedTokens tokens = tokens()) {
            assertThatThrownBy(() -> one(tokens, READ_F))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/token answered with no");
        }
    }

    @Test
    void aFileWithoutASecretIsToldAndNobodyIsAsked() throws IOException {
        Files.writeString(folder.resolve("client"), "house\n");
        try (ExchangedTokens tokens = tokens()) {
            assertThatThrownBy(() -> one(tokens, READ_F)).hasMessageContaining("needs two lines");
            Files.delete(folder.resolve("client"));
            assertThatThrownBy(() -> one(tokens, READ_F)).isInstanceOf(IOException.class);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aPathIsSaidBelowWhatTheIssuersRootStandsFor() {
        Want want = new Want(Right.READ, "/data/lab/f");
        assertThat(want.scope("/data")).isEqualTo("storage.read:/lab/f");
        assertThat(want.scope("/data/")).isEqualTo("storage.read:/lab/f");
        assertThat(want.scope("")).isEqualTo("storage.read:/data/lab/f");
        assertThat(want.scope("/dat")).as("no part of a name").isEqualTo("storage.read:/data/lab/f");
        assertThat(new Want(Right.READ, "/data").scope("/data")).isEqualTo("storage.read:/");
    }
}
