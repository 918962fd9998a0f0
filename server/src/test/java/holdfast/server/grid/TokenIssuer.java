package holdfast.server.grid;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holdfast.server.credentials.MintedTokens;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** An issuer of tokens as sites know one: its discovery document and its open key over TLS; its private key signs. */
public final class TokenIssuer implements AutoCloseable {
    private final HttpsServer server;
    private final Path keyFile;
    private final RSAKey key;

    private TokenIssuer(HttpsServer server, Path keyFile, RSAKey key) {
        this.server = server;
        this.keyFile = keyFile;
        this.key = key;
    }

    static TokenIssuer start(Path folder, TestAuthority authority) throws IOException {
        Files.createDirectories(folder);
        Path keyFile = folder.resolve("issuer.key");
        Command.mustRun(
                folder,
                "openssl",
                "genpkey",
                "-algorithm",
                "RSA",
                "-pkeyopt",
                "rsa_keygen_bits:2048",
                "-out",
                keyFile.toString());
        Path identity = folder.resolve("issuer.pem");
        Files.writeString(identity, Files.readString(authority.host()) + Files.readString(authority.hostKey()));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new Tls(Optional.empty(), Optional.of(identity)).context()));
        TokenIssuer issuer = new TokenIssuer(server, keyFile, MintedTokens.key(keyFile));
        issuer.serve("/.well-known/openid-configuration", """
                {"issuer": "%s", "jwks_uri": "%s/jwks"}""".formatted(issuer.url(), issuer.url()));
        issuer.serve("/jwks", new JWKSet(issuer.key.toPublicJWK()).toString());
        server.start();
        return issuer;
    }

    private void serve(String path, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    /** Without a slash at its end: readers put theirs behind it. */
    String url() {
        return "https://localhost:%d".formatted(server.getAddress().getPort());
    }

    /** Its private key, as the house keeps its own. */
    Path keyFile() {
        return keyFile;
    }

    /** Tokens as the house mints them. */
    MintedTokens tokens(String audience, Duration lasts, Clock clock) {
        return new MintedTokens(new MintedTokens.Issuer(url(), "holdfast", audience, "/data", lasts), key, clock);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
