package holdfast.server.drivers.http;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Talks HTTP with the servers of one storage element, and with nobody else: what the sites file does not name is not
 * asked, a redirect to another host is an error, and a token goes to the element's own endpoint only. Calls block.
 *
 * <p>What changes anything, or asks for a digest, has a connection of its own, which carries nothing before and nothing after it; only reads
 * share kept ones. So a server that mixes up the requests of one connection, as XRootD 5.5.3 does, finds no other there.
 */
public final class Door implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int SMALL_AT_ONCE = 8;

    /**
     * Where a door leads.
     *
     * @param own the element's endpoint
     * @param also further endpoints that the element's own may send us to, such as the pools behind a door
     * @param tls how certificates are checked, and ours shown
     * @param answersWithin how long a connection and an answer to a small question may take
     * @param stall how long bytes may fail to come in the middle of a body
     * @param connections how many may be open at once
     */
    public record Settings(
            Endpoint own,
            Set<Endpoint> also,
            SSLContext tls,
            Duration answersWithin,
            Duration stall,
            int connections,
            boolean privateAddresses) {
        public Settings {
            also = Set.copyOf(also);
        }
    }

    private final Settings settings;
    private final PoolingHttpClientConnectionManager kept;
    private final CloseableHttpClient reading;
    /** Keeps no connection: each request has a new one. */
    private final CloseableHttpClient lone;
    /** A storm of connections stalls some servers, and is no faster. */
    private final Semaphore small = new Semaphore(SMALL_AT_ONCE, true);

    private final RequestConfig quick;
    private final RequestConfig patient;

    public Door(Settings settings) {
        this.settings = settings;
        kept = connections(settings);
        reading = client(kept).build();
        lone = client(connections(settings))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .build();
        quick = waiting(settings.answersWithin());
        patient = waiting(settings.stall());
    }

    private static PoolingHttpClientConnectionManager connections(Settings settings) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PinnedAddresses(settings.privateAddresses()))
                .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(settings.tls())
                        .buildClassic())
                .setConnectionFactory(PoliteConnection.made())
                .setMaxConnPerRoute(settings.connections())
                .setMaxConnTotal(settings.connections() * (1 + settings.also().size()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(settings.answersWithin()))
                        .setSocketTimeout(timeout(settings.stall()))
                        .setValidateAfterInactivity(Timeout.ofSeconds(1))
                        .build())
                .build();
    }

    private static HttpClientBuilder client(PoolingHttpClientConnectionManager connections) {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent("Holdfast")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression();
    }

    /** Asks a small question; the answer has to begin soon. */
    public Answer ask(ClassicHttpRequest request) throws IOException {
        small.acquireUninterruptibly();
        try {
            return send(request, quick);
        } finally {
            small.release();
        }
    }

    /** Sends or asks for something whose answer may take as long as a transfer. */
    public Answer transfer(ClassicHttpRequest request) throws IOException {
        return send(request, patient);
    }

    private Answer send(ClassicHttpRequest request, RequestConfig config) throws IOException {
        if (!mayShare(request)) {
            request.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
            return follow(lone, request, config);
        }
        try {
            return follow(reading, request, config);
        } catch (NoHttpResponseException | SocketException e) {
            // The server closed a kept connection, and after a restart all of them: it is asked again over a new one.
            kept.closeIdle(TimeValue.ZERO_MILLISECONDS);
            return follow(reading, request, config);
        }
    }

    private Answer follow(CloseableHttpClient client, ClassicHttpRequest request, RequestConfig config)
            throws IOException {
        URI at = uri(request);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Answer answer = once(client, request, at, config);
            Optional<URI> next = redirected(answer, at);
            if (next.isEmpty()) {
                return answer;
            }
            answer.close();
            at = next.get();
            if (!known(at).equals(settings.own())) {
                request.removeHeaders(HttpHeaders.AUTHORIZATION);
            }
            request.setUri(at);
        }
        throw new IOException("%s sent us on more than %d times".formatted(settings.own(), MOST_REDIRECTS));
    }

    private Answer once(CloseableHttpClient client, ClassicHttpRequest request, URI at, RequestConfig config)
            throws IOException {
        Endpoint endpoint = known(at);
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(config);
        return new Answer(client.executeOpen(
                new HttpHost(endpoint.scheme(), endpoint.host(), endpoint.port()), request, context));
    }

    private Endpoint known(URI at) throws IOException {
        try {
            Endpoint endpoint = Endpoint.of(at);
            if (endpoint.equals(settings.own()) || settings.also().contains(endpoint)) {
                return endpoint;
            }
            throw new IOException(
                    "%s sent us to %s, which is no endpoint of this element: add it to its setting 'also-at'"
                            .formatted(settings.own(), endpoint));
        } catch (IllegalArgumentException e) {
            throw new IOException("%s sent us to an address of another kind: %s".formatted(settings.own(), at), e);
        }
    }

    private static Optional<URI> redirected(Answer answer, URI at) throws IOException {
        Optional<String> to = switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> answer.header(HttpHeaders.LOCATION);
            default -> Optional.empty();
        };
        try {
            return to.map(at::resolve);
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to no address: " + to.orElseThrow(), e);
        }
    }

    /** A HEAD may not: where it asks for a digest, XRootD answers from another thread than the one that still ends the request. */
    private static boolean mayShare(ClassicHttpRequest request) {
        return switch (request.getMethod()) {
            case "GET", "PROPFIND", "OPTIONS" -> true;
            default -> false;
        };
    }

    private static URI uri(ClassicHttpRequest request) throws IOException {
        try {
            return request.getUri();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static RequestConfig waiting(Duration limit) {
        return RequestConfig.custom()
                .setResponseTimeout(timeout(limit))
                .setConnectionRequestTimeout(timeout(limit))
                .setHardCancellationEnabled(false)
                .build();
    }

    private static Timeout timeout(Duration time) {
        return Timeout.of(time);
    }

    /** The settings, for those who tell where they tried. */
    public <T> T told(Function<Settings, T> what) {
        return what.apply(settings);
    }

    @Override
    public void close() {
        reading.close(CloseMode.GRACEFUL);
        lone.close(CloseMode.GRACEFUL);
    }
}
