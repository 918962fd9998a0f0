package holdfast.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a server can be reached, and by what it is known there.
 *
 * @param address a host's name or address
 * @param tls PEM file with the server's certificate, its chain and its key; read anew when it changes. Empty for an open line,
 *     which there is on the loopback only
 * @param clients PEM file with the authorities whose certificates of clients are believed; empty where none is asked for
 * @param publicUrl what browsers reach it by, without a path; empty where nobody said it
 */
public record Listening(String address, Optional<Path> tls, Optional<Path> clients, Optional<String> publicUrl) {
    /** This machine alone, without TLS. */
    public static final Listening LOOPBACK = new Listening("127.0.0.1", Optional.empty(), Optional.empty());

    private static final Pattern PUBLIC =
            Pattern.compile("https://[^/?#@\\s]+|http://(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d+)?");

    /** Where nobody says what browsers reach it by. */
    public Listening(String address, Optional<Path> tls, Optional<Path> clients) {
        this(address, tls, clients, Optional.empty());
    }

    /** @throws Options.BadOption for an open line to elsewhere, and for files that are none */
    public Listening {
        if (tls.isEmpty() && !isLoopback(address)) {
            throw new Options.BadOption("--listen " + address
                    + " is reachable from elsewhere and needs --tls FILE, the certificate with its chain and"
                    + " its key in PEM");
        }
        if (clients.isPresent() && tls.isEmpty()) {
            throw new Options.BadOption("--tls-clients asks for certificates, which there are with --tls FILE only");
        }
        tls.ifPresent(file -> mustBe(file, "--tls"));
        clients.ifPresent(file -> mustBe(file, "--tls-clients"));
        publicUrl.ifPresent(url -> {
            if (!PUBLIC.matcher(url).matches()) {
                throw new Options.BadOption(
                        "--public-url takes an address like https://data.example.org, without a path"
                                + " and without a slash at its end, not " + url);
            }
        });
    }

    /**
     * Issuers send browsers back to an address that the house knows of itself: a request's own word for it is not believed.
     *
     * @throws Options.BadOption where the house is reachable from elsewhere and nobody said by what
     */
    void mustBeKnown() {
        if (publicUrl.isEmpty() && !isLoopback(address)) {
            throw new Options.BadOption(
                    "people log in at an issuer, who sends their browsers back here: say to where, such"
                            + " as --public-url https://data.example.org");
        }
    }

    /** Whether browsers come by TLS, and may be given cookies for that only. */
    private boolean isSafe() {
        return publicUrl.map(url -> url.startsWith("https:")).orElse(tls.isPresent());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new Options.BadOption("--listen takes an address of this machine, not " + address);
        }
    }

    private static void mustBe(Path file, String option) {
        if (!Files.isReadable(file)) {
            throw new Options.BadOption(option + " " + file + " is no file that can be read");
        }
    }

    /** What the address of a client begins with. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** Spring Boot's settings for it. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "server.address", address,
                "server.servlet.session.cookie.name", "holdfast-session",
                "server.servlet.session.cookie.http-only", "true",
                "server.servlet.session.cookie.secure", Boolean.toString(isSafe()),
                // Strict would drop it when an issuer sends the browser back.
                "server.servlet.session.cookie.same-site", "lax",
                "server.servlet.session.cookie.path", "/",
                "server.servlet.session.tracking-modes", "cookie",
                "server.servlet.session.timeout", "30m"));
        tls.ifPresent(file -> {
            String bundle = "spring.ssl.bundle.pem.line.";
            settings.put("server.ssl.bundle", "line");
            settings.put(bundle + "keystore.certificate", at(file));
            settings.put(bundle + "keystore.private-key", at(file));
            settings.put(bundle + "options.enabled-protocols", "TLSv1.3,TLSv1.2");
            settings.put(bundle + "reload-on-update", "true");
            settings.put("spring.ssl.bundle.watch.file.quiet-period", "1s");
            clients.ifPresent(authorities -> {
                settings.put(bundle + "truststore.certificate", at(authorities));
                settings.put("server.ssl.client-auth", "want");
                // It warns of certificates that are asked for later than at the beginning, which none is here.
                settings.put("logging.level.org.apache.tomcat.util.net.SSLUtilBase", "error");
            });
        });
        return Map.copyOf(settings);
    }

    private static String at(Path file) {
        return file.toUri().toString();
    }
}
