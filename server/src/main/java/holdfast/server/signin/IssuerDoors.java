package holdfast.server.signin;

import holdfast.formats.LoginClient;
import holdfast.formats.TrustedIssuer;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The issuers at which people log in, as Spring Security's client wants them. What an issuer says of itself is asked when the
 * first one logs in and once in six hours, so that the house starts while an issuer is away.
 */
public final class IssuerDoors implements ClientRegistrationRepository {
    private static final System.Logger LOG = System.getLogger(IssuerDoors.class.getName());
    private static final Duration REFRESHED = Duration.ofHours(6);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Where an issuer sends a browser back to. */
    private static final String RETURN = "/login/oauth2/code/{registrationId}";

    private final Map<String, Door> doors = new LinkedHashMap<>();
    private final String home;
    private final HouseClock clock;

    /** One issuer, how it is reached, and what it said last. */
    private static final class Door {
        private final TrustedIssuer issuer;
        private final LoginClient client;
        private final Optional<String> secret;
        private final HttpClient http;
        private @Nullable Said said;

        Door(TrustedIssuer issuer, LoginClient client, Path folder) throws IOException {
            this.issuer = issuer;
            this.client = client;
            this.secret = client.secretFile().isEmpty()
                    ? Optional.empty()
                    : Optional.of(secret(folder.resolve(client.secretFile().get())));
            this.http = HttpClient.newBuilder()
                    .sslContext(new Tls(issuer.authorities().map(folder::resolve), Optional.empty()).context())
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }

        private static String secret(Path file) throws IOException {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IOException(file + " holds no secret of a client");
            }
            return text;
        }

        synchronized Discovery discovery(Instant now) throws IOException {
            Said before = said;
            if (before == null || before.at().plus(REFRESHED).isBefore(now)) {
                before = new Said(Discovery.of(issuer, http), now);
                said = before;
            }
            return before.discovery();
        }
    }

    private record Said(Discovery discovery, Instant at) {}

    /**
     * Knows those of the issuers that have a client.
     *
     * @param folder where the files that they name are looked for unless their paths are absolute
     * @param publicUrl how browsers reach this house; empty on the loopback, where the request says it
     * @throws IOException when such a file cannot be read
     */
    public IssuerDoors(List<TrustedIssuer> issuers, Path folder, Optional<String> publicUrl, HouseClock clock)
            throws IOException {
        for (TrustedIssuer issuer : issuers) {
            if (issuer.client().isPresent()) {
                doors.put(issuer.name(), new Door(issuer, issuer.client().get(), folder));
            }
        }
        this.home = publicUrl.orElse("{baseUrl}");
        this.clock = clock;
    }

    /** Those at which people log in, as the file has them. */
    public List<TrustedIssuer> issuers() {
        return doors.values().stream().map(door -> door.issuer).toList();
    }

    /** @throws IllegalArgumentException for a name that is none of these */
    HttpClient http(String name) {
        return door(name).http;
    }

    TrustedIssuer issuer(String name) {
        return door(name).issuer;
    }

    private Door door(String name) {
        @Nullable Door door = doors.get(name);
        if (door == null) {
            throw new IllegalArgumentException("there is no issuer " + name);
        }
        return door;
    }

    /** Null is this interface's word for an unknown name; an issuer that does not answer now is none now. */
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable ClientRegistration findByRegistrationId(String name) {
        @Nullable Door door = doors.get(name);
        if (door == null) {
            return null;
        }
        try {
            return registration(name, door, door.discovery(clock.now()));
        } catch (IOException silent) {
            LOG.log(System.Logger.Level.WARNING, "nobody can log in by {0}: {1}", name, silent.getMessage());
            return null;
        }
    }

    /** PKCE is asked for with a secret too (RFC 9700, section 2.1.1). */
    private ClientRegistration registration(String name, Door door, Discovery discovery) {
        ClientRegistration.Builder registration = ClientRegistration.withRegistrationId(name)
                .clientId(door.client.id())
                .clientAuthenticationMethod(
                        door.secret.isPresent()
                                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                                : ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(home + RETURN)
                .scope(Stream.concat(Stream.of("openid"), door.client.scopes().stream())
                        .distinct()
                        .toList())
                .issuerUri(door.issuer.url())
                .authorizationUri(discovery.authorization().toString())
                .tokenUri(discovery.token().toString())
                .userNameAttributeName("sub")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build());
        door.secret.ifPresent(registration::clientSecret);
        return registration.build();
    }
}
