package holdfast.server.credentials;

import holdfast.server.drivers.http.Answer;
import holdfast.server.drivers.http.Door;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens that an issuer such as INDIGO IAM gives us for our own client secret (RFC 6749, section 4.4), each for as little as
 * was asked. One token serves all requests of the same rights until a minute before its end.
 */
public final class ExchangedTokens implements Bearer, AutoCloseable {
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 1_000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Client client;
    private final Door door;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /**
     * How we ask.
     *
     * @param endpoint the issuer's token endpoint
     * @param secret a file with two lines: our client id and its secret
     * @param base the path at the server that the issuer's {@code /} stands for; empty for the server's root
     */
    public record Client(URI endpoint, Path secret, String audience, String base) {}

    private record Kept(Secret token, Instant until) {}

    public ExchangedTokens(Client client, Door door, Clock clock) {
        this.client = client;
        this.door = door;
        this.clock = clock;
    }

    @Override
    public Optional<Secret> token(List<Want> wants) throws IOException {
        String scopes = wants.stream().map(w -> w.scope(client.base())).sorted().collect(Collectors.joining(" "));
        Kept now = kept.get(scopes);
        if (now == null || !now.until.isAfter(clock.instant())) {
            now = exchange(scopes);
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            kept.put(scopes, now);
        }
        return Optional.of(now.token);
    }

    private Kept exchange(String scopes) throws IOException {
        HttpPost request = new HttpPost(client.endpoint());
        request.setHeader("Authorization", "Basic " + basic());
        List<NameValuePair> form = List.of(
                new BasicNameValuePair("grant_type", "client_credentials"),
                new BasicNameValuePair("scope", scopes),
                new BasicNameValuePair("audience", client.audience()));
        request.setEntity(new UrlEncodedFormEntity(form, StandardCharsets.UTF_8));
        Instant asked = clock.instant();
        try (Answer answer = door.ask(request)) {
            if (!answer.isGood()) {
                throw new IOException(
                        "%s gave no token for '%s': %s".formatted(client.endpoint(), scopes, answer.words()));
            }
            return read(answer.body().readNBytes(MOST_BYTES), asked);
        }
    }

    private Kept read(byte[] json, Instant asked) throws IOException {
        try {
            JsonNode node = JSON.readTree(json);
            String token = node.path("access_token").asString("");
            if (token.isEmpty()) {
                throw new IOException("%s answered with no access_token".formatted(client.endpoint()));
            }
            Duration lasts = Duration.ofSeconds(node.path("expires_in").asLong(60));
            return new Kept(new Secret(token), asked.plus(lasts).minus(BEFORE_ITS_END));
        } catch (JacksonException e) {
            throw new IOException("%s answered with no JSON".formatted(client.endpoint()), e);
        }
    }

    private String basic() throws IOException {
        List<String> lines = Files.readAllLines(client.secret());
        if (lines.size() < 2) {
            throw new IOException("%s needs two lines: the client's id and its secret".formatted(client.secret()));
        }
        String pair = lines.get(0).strip() + ":" + lines.get(1).strip();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        door.close();
    }
}
