package holdfast.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An issuer of tokens on this machine: its discovery document, its open keys, and tokens of every kind, bad ones too. */
public final class LocalIssuer implements AutoCloseable {
    /** Whom its tokens are for. */
    public static final String AUDIENCE = "https://house.example.org";

    private final HttpServer server;
    private final List<JWK> open = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Supplier<Instant> now;
    private final LocalLogins logins;
    private RSAKey rsa = rsa("first");
    private final ECKey curve = curve();

    /** @param now when its tokens are made */
    public LocalIssuer(Supplier<Instant> now) throws IOException {
        this.now = now;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answers("/.well-known/openid-configuration", this::discovery);
        answers("/keys", () -> {
            asked.incrementAndGet();
            return new JWKSet(List.copyOf(open)).toString();
        });
        open.add(rsa.toPublicJWK());
        open.add(curve.toPublicJWK());
        logins = new LocalLogins(this, server);
        server.start();
    }

    /** Its clients, and what becomes of their logins. */
    public LocalLogins logins() {
        return logins;
    }

    Instant now() {
        return now.get();
    }

    private String discovery() {
        return ("{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\", \"authorization_endpoint\": \"%1$s/authorize\","
                        + " \"token_endpoint\": \"%1$s/token\", \"device_authorization_endpoint\": \"%1$s/device\","
                        + " \"revocation_endpoint\": \"%1$s/revoke\", \"code_challenge_methods_supported\": [\"S256\"],"
                        + " \"scopes_supported\": [\"openid\", \"offline_access\"]}")
                .formatted(url());
    }

    void answers(String path, Supplier<String> text) {
        server.createContext(path, exchange -> {
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    /** As its tokens have it in {@code iss}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often its keys were asked for. */
    int asked() {
        return asked.get();
    }

    RSAKey rsa() {
        return rsa;
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey curve() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It signs with another key from now on, and shows it too. */
    void turnsToAnotherKey(String id) {
        rsa = rsa(id);
        open.add(rsa.toPublicJWK());
    }

    /** The claims of a good token of the WLCG profile for an hour. */
    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("anna")
                .audience(AUDIENCE)
                .issueTime(Date.from(now.get()))
                .notBeforeTime(Date.from(now.get()))
                .expirationTime(Date.from(now.get().plus(Duration.ofHours(1))))
                .jwtID("1")
                .claim("wlcg.ver", "1.0");
    }

    /** A good token, with its claims changed. */
    public String token(Consumer<JWTClaimsSet.Builder> change) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID()), change, rsa);
    }

    /** A good token on a curve. */
    String onACurve() {
        return signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(curve.getKeyID()), _ -> {}, curve);
    }

    /** A token with this header, signed by this key. */
    String signed(JWSHeader.Builder header, Consumer<JWTClaimsSet.Builder> change, JWK by) {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        SignedJWT token = new SignedJWT(header.build(), claims.build());
        try {
            token.sign(by instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) by));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
