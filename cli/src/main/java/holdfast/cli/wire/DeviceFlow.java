package holdfast.cli.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A login by device code (RFC 8628): the command line shows an address and a code, a person says yes in some browser, and the
 * command line asks until it is told. With PKCE, which binds the code to whoever began.
 */
public final class DeviceFlow {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final int VERIFIER_BYTES = 32;

    private final IssuerLine line;
    private final IssuerLine.Document issuer;
    private final Asked asked;

    /**
     * What is asked for.
     *
     * @param client a public client of the issuer
     * @param wlcg whether the issuer's tokens must keep to the WLCG profile
     * @param audiences for whom the token should be
     */
    public record Asked(String name, String client, boolean wlcg, Set<String> audiences, Set<String> scopes) {
        public Asked {
            audiences = Set.copyOf(audiences);
        }
    }

    /** What a person is told (RFC 8628, section 3.2). */
    public record Begun(
            String device_code,
            String user_code,
            String verification_uri,
            @Nullable String verification_uri_complete,
            long expires_in,
            @Nullable Long interval) {}

    public DeviceFlow(IssuerLine line, IssuerLine.Document issuer, Asked asked) {
        this.line = line;
        this.issuer = issuer;
        this.asked = asked;
    }

    /**
     * Logs in; waits until a person said yes.
     *
     * @param tell shown what a person must do
     * @throws NoServer when nobody said yes in time, or somebody said no, or the issuer has no such logins
     */
    public IssuerLine.Tokens run(Consumer<Begun> tell) throws InterruptedException {
        if (issuer.device_authorization_endpoint() == null) {
            throw new NoServer(issuer.issuer()
                    + " has no logins by device code; log in with a browser, or give a token by" + " HOLDFAST_SECRET");
        }
        String verifier = verifier();
        try {
            Begun begun = line.post(issuer.device_authorization_endpoint(), begin(verifier), Begun.class);
            tell.accept(begun);
            return wait(begun, verifier);
        } catch (IssuerLine.Refused no) {
            throw new NoServer(String.valueOf(no.getMessage()), no);
        }
    }

    private Map<String, String> begin(String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", asked.client());
        form.put("scope", scope());
        form.put("code_challenge", challenge(verifier));
        form.put("code_challenge_method", "S256");
        // Not every issuer looks at it; those that do not put the audience in by their own configuration.
        asked.audiences().stream().sorted().findFirst().ifPresent(audience -> form.put("audience", audience));
        return form;
    }

    /** A token that is renewed needs offline_access where the issuer knows that word. */
    private String scope() {
        List<String> known = issuer.scopes_supported() == null ? List.of() : issuer.scopes_supported();
        StringBuilder scope = new StringBuilder("openid");
        if (known.contains("offline_access")) {
            scope.append(" offline_access");
        }
        if (asked.wlcg() && known.contains("wlcg")) {
            scope.append(" wlcg");
        }
        asked.scopes().stream().sorted().forEach(word -> scope.append(' ').append(word));
        return scope.toString();
    }

    private IssuerLine.Tokens wait(Begun begun, String verifier) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(begun.expires_in());
        Duration pause = begun.interval() == null ? USUAL_PAUSE : Duration.ofSeconds(begun.interval());
        Map<String, String> form = Map.of(
                "grant_type",
                GRANT,
                "device_code",
                begun.device_code(),
                "client_id",
                asked.client(),
                "code_verifier",
                verifier);
        while (Instant.now().isBefore(end)) {
            Thread.sleep(pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause);
            try {
                return line.post(issuer.token_endpoint(), form, IssuerLine.Tokens.class);
            } catch (IssuerLine.Refused notYet) {
                pause = next(pause, notYet);
            }
        }
        throw new NoServer("nobody said yes in time; begin again with `holdfast login`");
    }

    /** RFC 8628, section 3.5. */
    private static Duration next(Duration pause, IssuerLine.Refused said) {
        return switch (said.code()) {
            case "authorization_pending" -> pause;
            case "slow_down" -> pause.plus(USUAL_PAUSE);
            case "access_denied" -> throw new NoServer("the login was refused in the browser");
            default -> throw said;
        };
    }

    private static String verifier() {
        byte[] random = new byte[VERIFIER_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
