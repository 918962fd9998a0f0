package holdfast.server.drivers.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The HTTP client of one element: it speaks to the element's own endpoint and to nothing else, and ends a call for which
 * the endpoint takes no more bytes.
 */
final class OwnEndpoint implements SdkHttpClient {
    private final SdkHttpClient client;
    private final URI url;
    private final String ownHost;
    private final Duration limit;

    /** @param ownHost the host of the endpoint, or the bucket's own name below it */
    OwnEndpoint(SdkHttpClient client, URI url, String ownHost, Duration limit) {
        this.client = client;
        this.url = url;
        this.ownHost = ownHost;
        this.limit = limit;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest asked = request.httpRequest();
        boolean isOwn = asked.protocol().equals(url.getScheme())
                && asked.host().equalsIgnoreCase(ownHost)
                && asked.port() == port();
        if (!isOwn) {
            throw SdkClientException.create("refused to speak to %s://%s:%d: the element's endpoint is %s"
                    .formatted(asked.protocol(), asked.host(), asked.port(), url));
        }
        return request.contentStreamProvider()
                .<ExecutableHttpRequest>map(content -> {
                    StallWatch watch = new StallWatch(limit);
                    ExecutableHttpRequest call = client.prepareRequest(HttpExecuteRequest.builder()
                            .request(asked)
                            .contentStreamProvider(() -> watch.watched(content.newStream()))
                            .build());
                    return new Watched(call, watch);
                })
                .orElseGet(() -> client.prepareRequest(request));
    }

    private int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    private record Watched(ExecutableHttpRequest request, StallWatch watch) implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() throws IOException {
            return watch.over(request);
        }

        @Override
        public void abort() {
            request.abort();
        }
    }
}
