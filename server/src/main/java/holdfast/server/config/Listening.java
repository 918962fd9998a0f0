package holdfast.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server can be reached, and by what it is known there.
 *
 * @param address a host's name or address
 * @param tls PEM file with the server's certificate, its chain and its key; read anew when it changes. Empty for an open line,
 *     which there is on the loopback only
 * @param clients PEM file with the authorities whose certificates of clients are believed; empty where none is asked for
 */
public record Listening(String address, Optional<Path> tls, Optional<Path> clients) {
    /** This machine alone, without TLS. */
    public static final Listening LOOPBACK = new Listening("127.0.0.1", Optional.empty(), Optional.empty());

    /** @throws Options.BadOption for an open line to elsewhere, and for files that are none */
    public Listening {
        if (tls.isEmpty() && !isLoopback(address)) {
            throw new Options.BadOption(
                    "--listen " + address
                            + " is reachable from elsewhere and needs --tls FILE, the certificate with its chain and its key in PEM");
        }
        if (clients.isPresent() && tls.isEmpty()) {
            throw new Options.BadOption("--tls-clients asks for certificates, which there are with --tls FILE only");
        }
        tls.ifPresent(file -> mustBe(file, "--tls"));
        clients.ifPresent(file -> mustBe(file, "--tls-clients"));
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
        Map<String, String> settings = new HashMap<>(Map.of("server.address", address));
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
