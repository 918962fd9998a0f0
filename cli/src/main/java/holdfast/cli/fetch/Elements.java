package holdfast.cli.fetch;

import holdfast.cli.wire.ByteAnswer;
import holdfast.cli.wire.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Storage elements over HTTP, without the server. The person's own token goes to the address that the server named, over
 * TLS only, and to no other host that an element sends us on to. A host that nobody reaches is asked once.
 */
public final class Elements {
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final Optional<Path> tokenFile;
    private final Duration patience;
    private final Set<String> outOfReach = ConcurrentHashMap.newKeySet();

    /**
     * Elements as this person reaches them.
     *
     * @param tokenFile read anew for each file, since tokens are renewed
     * @param authorities certificates to believe; those of this Java where it is empty
     */
    public Elements(Optional<Path> tokenFile, Optional<Path> authorities, Duration patience) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        authorities.map(Trust::in).ifPresent(builder::sslContext);
        this.client = builder.build();
        this.tokenFile = tokenFile;
        this.patience = patience;
    }

    /** Whether a host may be asked: not where it was out of reach before. */
    boolean isInReach(Way.Web way) {
        return !outOfReach.contains(way.address().getAuthority());
    }

    /**
     * The bytes of a file from one on.
     *
     * @param size bytes of the whole file
     */
    ByteAnswer open(Way.Web way, long from, long size) throws IOException {
        URI address = way.address();
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            boolean own = address.getAuthority().equals(way.address().getAuthority());
            HttpResponse<InputStream> answer = ask(address, own, range(from, size));
            Optional<ByteAnswer> bytes = ByteAnswer.of(answer);
            if (bytes.isPresent()) {
                return bytes.get();
            }
            answer.body().close();
            Optional<String> next = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || next.isEmpty()) {
                throw refused(way, answer.statusCode());
            }
            address = onward(address, next.get());
        }
        throw new IOException("it sends on more than %d times".formatted(MOST_REDIRECTS));
    }

    private static URI onward(URI from, String to) throws IOException {
        try {
            URI next = from.resolve(to);
            if (next.getHost() != null
                    && (next.getScheme().equals("https") || next.getScheme().equals(from.getScheme()))) {
                return next;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below.
        }
        throw new IOException("it sends on to an address that is not followed");
    }

    /** With its end: XRootD 5.5 answers a range that has none with no byte at all. */
    private static Optional<String> range(long from, long size) {
        return from == 0 ? Optional.empty() : Optional.of("bytes=%d-%d".formatted(from, size - 1));
    }

    private HttpResponse<InputStream> ask(URI address, boolean own, Optional<String> range) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(patience).GET();
        range.ifPresent(r -> request.header("Range", r));
        if (own && tokenFile.isPresent() && address.getScheme().equals("https")) {
            request.header(
                    "Authorization",
                    "Bearer " + Files.readString(tokenFile.get()).strip());
        }
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException gone) {
            outOfReach.add(address.getAuthority());
            throw new IOException("this machine does not reach it", gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private IOException refused(Way.Web way, int status) {
        boolean forbidden = status == 401 || status == 403;
        if (forbidden) {
            outOfReach.add(way.address().getAuthority());
        }
        String remedy = !forbidden
                ? ""
                : tokenFile.isPresent()
                        ? "; is the token in " + tokenFile.get() + " still good there?"
                        : "; give a token with --token-file";
        return new IOException("it answers " + status + remedy);
    }
}
