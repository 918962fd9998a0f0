package holdfast.server.alarm;

import holdfast.alarm.Channel.Webhook;
import holdfast.server.alarm.Post.Posted;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.MessageTable.Message;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * POSTs a message as JSON. {@code X-Holdfast-Signature} is {@code sha256=} and the HMAC-SHA-256 (RFC 2104) of
 * {@code X-Holdfast-Time}, a full stop and the body, in hexadecimal; a receiver refuses old times. Redirects are not
 * followed: a message goes where the settings say, or nowhere.
 */
final class WebhookPost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HMAC = "HmacSHA256";

    private final Path folder;
    private final HouseClock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param folder where secret files are that have no absolute path */
    WebhookPost(Path folder, HouseClock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Posted send(Webhook hook, Message message) {
        try {
            String time = Long.toString(clock.now().getEpochSecond());
            String body = message.text().json();
            String secret = new SecretFile(folder.resolve(hook.secretFile())).read();
            HttpRequest request = HttpRequest.newBuilder(hook.url())
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "holdfast")
                    .header("X-Holdfast-Message", message.id().toString())
                    .header("X-Holdfast-Time", time)
                    .header("X-Holdfast-Signature", "sha256=" + signature(secret, time + "." + body))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
            return answer.statusCode() / 100 == 2
                    ? new Posted.Taken()
                    : new Posted.Failed(where(hook) + " answered " + answer.statusCode());
        } catch (IOException | GeneralSecurityException e) {
            return new Posted.Failed(where(hook) + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Posted.Failed("interrupted");
        }
    }

    /** The host alone: paths and queries of webhooks are often secrets themselves. */
    private static String where(Webhook hook) {
        return hook.url().getScheme() + "://" + hook.url().getAuthority();
    }

    static String signature(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
