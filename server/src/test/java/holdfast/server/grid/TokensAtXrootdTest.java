package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Bearer.Want;
import holdfast.server.credentials.MintedTokens;
import holdfast.server.credentials.Right;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real XRootD lets the tokens do that the house mints: the cases of the WLCG Common JWT Profile, at the other end. */
@Tag("grid")
class TokensAtXrootdTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Clock NOW = Clock.systemUTC();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String BYTES = "as it was";
    private static final int NO_ANSWER = 0;

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TokenIssuer issuer;
    private static Xrootd server;
    private static SSLContext trust;

    @BeforeAll
    static void begin() throws Exception {
        Loopback.require("xrootd", "xrootd-server");
        authority = TestAuthority.in(folder.resolve("authority"));
        issuer = TokenIssuer.start(folder.resolve("issuer"), authority);
        server = Xrootd.start(folder.resolve("server"), authority, Xrootd.Kind.PLAIN.guarded(issuer));
        trust = new Tls(Optional.of(authority.authorities()), Optional.empty()).context();
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
            issuer.close();
        }
    }

    @BeforeEach
    void plant() throws IOException {
        for (String place : List.of("foo", "foobar")) {
            Files.createDirectories(server.files().resolve(place));
            Files.writeString(server.files().resolve(place + "/f"), BYTES);
            Command.mustRun(folder, "chown", "-R", "xrootd", server.files().toString());
        }
    }

    private static String audience() {
        return server.root().resolve("/").toString().replaceAll("/$", "");
    }

    private static String token(Bearer from, Right right, String path) throws IOException {
        return from.token(List.of(new Want(right, path))).orElseThrow().reveal();
    }

    private static String may(Right right, String path) throws IOException {
        return token(issuer.tokens(audience(), FIVE_MINUTES, NOW), right, path);
    }

    /**
     * Each on a connection of its own, as the house sends its changes (decision 0020). This server answers some writings that it
     * refuses by breaking the connection off, or not at all.
     */
    private static int send(String method, String path, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(audience() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .expectContinue(!body.isEmpty())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust)
                .build()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException brokenOff) {
            if (body.isEmpty()) {
                throw brokenOff;
            }
            return NO_ANSWER;
        }
    }

    private static int get(String path, String token) throws Exception {
        return send("GET", path, token, "");
    }

    private static void requireAsItWas() throws IOException {
        assertThat(server.files().resolve("foo/f")).hasContent(BYTES);
        assertThat(server.files().resolve("foobar/f")).hasContent(BYTES);
    }

    @Test
    void aPathIsNotAnotherOne() throws Exception {
        // /data/foobar would not do: XRootD before 5.9.3 compares letters and not components (SECURITY.md).
        assertThat(get("/data/foo/f", may(Right.READ, "/data/foo"))).isEqualTo(200);
        assertThat(get("/data/foo/f", may(Right.READ, "/data/foobar"))).isEqualTo(403);
        assertThat(get("/data/foobar/f", may(Right.READ, "/data/foo/f"))).isEqualTo(403);
    }

    /** The profile asks for components (section 2.2.1); this server compares letters before its version 5.9.3. */
    @Test
    void lettersInThePlaceOfComponentsAreWhatThisServerCompares() throws Exception {
        assertThat(get("/data/foobar/f", may(Right.READ, "/data/foo"))).isEqualTo(200);
        // The tokens of the house name one file each: what begins otherwise stays shut.
        assertThat(get("/data/foobar/f", may(Right.READ, "/data/foo/f"))).isEqualTo(403);
    }

    @Test
    void toReadIsNotToWrite() throws Exception {
        String token = may(Right.READ, "/data/foo");
        assertThat(send("PUT", "/data/foo/other", token, "x")).isIn(403, NO_ANSWER);
        assertThat(send("PUT", "/data/foo/f", token, "x")).isIn(403, NO_ANSWER);
        assertThat(server.files().resolve("foo/other")).doesNotExist();
        assertThat(send("DELETE", "/data/foo/f", token, "")).isEqualTo(403);
        requireAsItWas();
    }

    @Test
    void toCreateIsNotToOverwriteOrDeleteOrRead() throws Exception {
        String token = may(Right.CREATE, "/data/foo");
        assertThat(send("PUT", "/data/foo/new", token, "new")).isIn(200, 201);
        assertThat(send("PUT", "/data/foo/f", token, "x")).isNotIn(200, 201, 204);
        assertThat(send("DELETE", "/data/foo/f", token, "")).isEqualTo(403);
        assertThat(get("/data/foo/f", token)).isEqualTo(403);
        requireAsItWas();
    }

    @Test
    void toModifyIsNotToRead() throws Exception {
        String token = may(Right.MODIFY, "/data/foo");
        assertThat(get("/data/foo/f", token)).isEqualTo(403);
        assertThat(send("DELETE", "/data/foobar/f", token, "")).isEqualTo(403);
        requireAsItWas();
        assertThat(send("PUT", "/data/foo/more", token, "more")).isIn(200, 201);
    }

    @Test
    void aTokenOfAnotherTimeIsRefused() throws Exception {
        for (Duration away : List.of(Duration.ofDays(-1), Duration.ofDays(1))) {
            MintedTokens then = issuer.tokens(audience(), FIVE_MINUTES, Clock.offset(NOW, away));
            assertThat(get("/data/foo/f", token(then, Right.READ, "/data/foo")))
                    .as("%s", away)
                    .isEqualTo(403);
        }
    }

    @Test
    void aTokenForAnotherServerIsRefused() throws Exception {
        for (String other : List.of("https://other.example.org", audience() + "0")) {
            MintedTokens there = issuer.tokens(other, FIVE_MINUTES, NOW);
            assertThat(get("/data/foo/f", token(there, Right.READ, "/data/foo")))
                    .as(other)
                    .isEqualTo(403);
        }
    }

    @Test
    void aTokenSignedByAnotherKeyIsRefused() throws Exception {
        Path key = folder.resolve("other.key");
        Command.mustRun(folder, "openssl", "genrsa", "-out", key.toString(), "2048");
        MintedTokens forged = new MintedTokens(
                new MintedTokens.Issuer(issuer.url(), "holdfast", audience(), "/data", FIVE_MINUTES),
                MintedTokens.key(key),
                NOW);
        assertThat(get("/data/foo/f", token(forged, Right.READ, "/data/foo"))).isEqualTo(403);
    }

    @Test
    void aTokenThatWasChangedIsRefused() throws Exception {
        String[] narrow = may(Right.READ, "/data/foo").split("\\.");
        String[] wide = may(Right.READ, "/data/foobar").split("\\.");
        assertThat(get("/data/foobar/f", narrow[0] + "." + wide[1] + "." + narrow[2]))
                .isEqualTo(403);
    }

    @Test
    void aTokenOfNoAlgorithmOrOfAWrongOneIsRefused() throws Exception {
        String[] wide = may(Right.READ, "/data/foobar").split("\\.");
        assertThat(get("/data/foobar/f", header("none") + "." + wide[1] + ".")).isEqualTo(403);
        assertThat(get("/data/foobar/f", header("ES256") + "." + wide[1] + "." + wide[2]))
                .isEqualTo(403);
        // The open key as the secret of an HMAC, in both forms in which somebody finds it.
        byte[] der = MintedTokens.key(issuer.keyFile()).toPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.US_ASCII))) {
            String text = header("HS256") + "." + wide[1];
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String signature = BASE64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
            assertThat(get("/data/foobar/f", text + "." + signature)).isEqualTo(403);
        }
        assertThat(get("/data/foobar/f", String.join(".", wide))).as("unspoilt").isEqualTo(200);
    }

    private static String header(String algorithm) throws Exception {
        String text = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}"
                .formatted(algorithm, MintedTokens.key(issuer.keyFile()).getKeyID());
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
