package holdfast.server.grid;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/** Hands requests on to another server, as they are, and its answers back. */
final class Forwarding implements AutoCloseable {
    private static final Set<String> NOT_HANDED_ON =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "keep-alive", "date");
    private static final int BUFFER = 64 * 1024;

    private final String own;
    private final URI to;
    private final CloseableHttpClient client;

    /**
     * @param own how addresses of the server in front begin
     * @param to the server behind
     */
    Forwarding(String own, URI to) {
        this.own = own;
        this.to = to;
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(500)
                        .setMaxConnTotal(500)
                        // Bytes in headers stay what they are.
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .charCodingConfig(CharCodingConfig.custom()
                                        .setCharset(StandardCharsets.ISO_8859_1)
                                        .build())
                                .build())
                        .build())
                // A kept connection may be one that the server closed, and a request could not be sent twice.
                .setConnectionReuseStrategy((request, answer, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /** Answers with the status that was handed back. */
    int forward(HttpExchange exchange) throws IOException {
        URI at = URI.create(to + exchange.getRequestURI().toString());
        HttpUriRequestBase request = new HttpUriRequestBase(exchange.getRequestMethod(), at);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(v ->
                        request.addHeader(asWritten(name), v.startsWith(own) ? to + v.substring(own.length()) : v));
            }
        });
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null
                && (!length.equals("0") || exchange.getRequestMethod().equals("PUT"))) {
            request.setEntity(new InputStreamEntity(
                    exchange.getRequestBody(), Long.parseLong(length), ContentType.APPLICATION_OCTET_STREAM));
        }
        try (ClassicHttpResponse answer =
                client.executeOpen(new HttpHost(to.getScheme(), to.getHost(), to.getPort()), request, null)) {
            handBack(answer, exchange);
            return answer.getCode();
        }
    }

    /** The JDK's server makes every letter but the first small; XRootD then knows no Want-Digest. */
    private static String asWritten(String name) {
        return Pattern.compile("-([a-z])")
                .matcher(name)
                .replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT));
    }

    private static void handBack(ClassicHttpResponse answer, HttpExchange exchange) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        for (Header header : answer.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (!NOT_HANDED_ON.contains(name) || (isHead && name.equals("content-length"))) {
                exchange.getResponseHeaders().add(header.getName(), header.getValue());
            }
        }
        HttpEntity entity = answer.getEntity();
        if (isHead || entity == null || entity.getContentLength() == 0) {
            exchange.sendResponseHeaders(answer.getCode(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.getCode(), Math.max(0, entity.getContentLength()));
        try (InputStream in = entity.getContent();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
