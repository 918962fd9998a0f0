package holdfast.cli.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The token by which a Rucio server knows us; a token lives for an hour, and a reading may take longer. */
final class Admission {
    private final URI url;
    private final HttpClient client;
    private final Login login;
    private @Nullable String token;

    Admission(URI url, HttpClient client, Login login) {
        this.url = url;
        this.client = client;
        this.login = login;
    }

    synchronized String token() {
        String known = token;
        if (known == null) {
            known = ask();
            token = known;
        }
        return known;
    }

    /** The server does not take this token any more: another is asked for, unless somebody else did it meanwhile. */
    synchronized void renew(String refused) {
        if (refused.equals(token)) {
            token = null;
            if (login instanceof Login.Token(var file) && Login.secret(file).equals(refused)) {
                throw new NoSource("the token of " + file + " is not taken by " + url
                        + " (any more); have it renewed and run this again: what was taken over stays");
            }
        }
    }

    private String ask() {
        return switch (login) {
            case Login.Token(var file) -> Login.secret(file);
            case Login.Password password -> ask(password);
        };
    }

    private String ask(Login.Password password) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/auth/userpass"))
                .header("X-Rucio-Account", password.account())
                .header("X-Rucio-Username", password.user())
                .header("X-Rucio-Password", Login.secret(password.file()))
                .GET()
                .build();
        HttpResponse<InputStream> answer = send(client, request, url);
        String said = read(answer);
        if (answer.statusCode() == 401) {
            throw new NoSource(
                    "%s refuses the login of user %s as account %s: is the password in %s right, and may this user act as that account? (%s)"
                            .formatted(url, password.user(), password.account(), password.file(), said));
        }
        return answer.headers()
                .firstValue("X-Rucio-Auth-Token")
                .filter(found -> answer.statusCode() == 200)
                .orElseThrow(() -> new NoSource(
                        "%s/auth/userpass answers %d and gives no token; is this the address of a Rucio server's interface? (%s)"
                                .formatted(url, answer.statusCode(), said)));
    }

    private static String read(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            String text = new String(body.readNBytes(200), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "nothing more is said" : text;
        } catch (IOException broken) {
            return "the answer broke off";
        }
    }

    /** @throws NoSource when nobody answers */
    static HttpResponse<InputStream> send(HttpClient client, HttpRequest request, URI url) {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (SSLException untrusted) {
            throw new NoSource(
                    url + " is not believed to be what it says (" + untrusted.getMessage()
                            + "); name its authorities' certificates with --rucio-ca FILE",
                    untrusted);
        } catch (ConnectException | HttpConnectTimeoutException gone) {
            throw new NoSource(
                    "nothing answers at " + url + "; check the address, and whether this machine reaches it", gone);
        } catch (IOException broken) {
            throw new NoSource(
                    "the connection to " + url + " broke (" + broken.getMessage()
                            + "); look whether that server runs, then run this again",
                    broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoSource("interrupted while " + url + " was asked", stopped);
        }
    }
}
