package holdfast.server.drivers.http;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * How the certificates of an element's servers are checked, and which of ours they are shown.
 *
 * @param authorities PEM file with the authorities that are trusted; empty for those of the Java platform
 * @param own PEM file with our certificate, its chain and its key, as in a grid proxy; empty to show none
 */
public record Tls(Optional<Path> authorities, Optional<Path> own) {
    /** The platform's authorities, and nothing to show. */
    public static final Tls PLAIN = new Tls(Optional.empty(), Optional.empty());

    /**
     * The context for connections.
     *
     * @throws IllegalStateException when a file cannot be read or is no PEM
     */
    public SSLContext context() {
        PemSslStoreDetails trust =
                authorities.map(f -> PemSslStoreDetails.forCertificate(at(f))).orElse(null);
        PemSslStoreDetails identity = own.map(
                        f -> PemSslStoreDetails.forCertificate(at(f)).withPrivateKey(at(f)))
                .orElse(null);
        if (trust == null && identity == null) {
            try {
                return SSLContext.getDefault();
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java platform lacks TLS", e);
            }
        }
        return SslBundle.of(new PemSslStoreBundle(identity, trust)).createSslContext();
    }

    private static String at(Path file) {
        return file.toUri().toString();
    }
}
