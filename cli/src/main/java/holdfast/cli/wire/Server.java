package holdfast.cli.wire;

import holdfast.formats.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** A server that is asked over HTTP; every answer that is no success becomes an exception with words for the prompt. */
public final class Server {
    /** Connections are given up here before the server does, or a request could be sent into a closed one. */
    private static final String IDLE_SECONDS = "5";

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration FIRST_BYTES_WITHIN = Duration.ofMinutes(1);

    private final URI url;
    private final Credential shown;
    private final HttpClient client;

    private Server(URI url, Credential shown, Optional<SSLContext> trust) {
        this.url = url;
        this.shown = shown;
        System.setProperty("jdk.httpclient.keepalive.timeout", IDLE_SECONDS);
        HttpClient.Builder building =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        trust.ifPresent(building::sslContext);
        this.client = building.build();
    }

    /**
     * The server at an address; nothing is asked yet.
     *
     * @param trust how the certificate of an https server is checked; empty for the platform's way
     * @throws NoServer when this is no address
     */
    public static Server at(String url, Credential shown, Optional<SSLContext> trust) {
        try {
            URI parsed = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            boolean open = "http".equals(parsed.getScheme());
            if (open && parsed.getHost() != null && !THIS_MACHINE.contains(parsed.getHost())) {
                throw new NoServer("the secret would go to " + url + " over an open line; write https://, or reach it"
                        + " by a tunnel that ends at 127.0.0.1");
            }
            if (parsed.getHost() != null && (open || "https".equals(parsed.getScheme()))) {
                return new Server(parsed, shown, trust);
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below, with the remedy.
        }
        throw new NoServer("'" + url + "' is no address of a server; write one like http://127.0.0.1:8470");
    }

    /** What it is shown. */
    public Credential shown() {
        return shown;
    }

    public String get(Route route) {
        return text(route, request(route).GET());
    }

    /** The same, with the server's own words where it does not know who asks. */
    public String explained(Route route) {
        HttpResponse<String> answer =
                send(route, request(route).GET().build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() / 100 != 2) {
            throw ServerSaysNo.from(answer.statusCode(), route.text(), answer.body());
        }
        return answer.body();
    }

    /** Posts a record as JSON. */
    public String post(Route route, Object value) {
        return text(route, request(route, "application/json").POST(BodyPublishers.ofString(Json.line(value))));
    }

    public String postText(Route route, String text) {
        return text(route, request(route, "text/plain; charset=utf-8").POST(BodyPublishers.ofString(text)));
    }

    /** Posts a body that is made while it is sent. */
    public String postStream(Route route, String mediaType, Iterable<byte[]> chunks) {
        BodyPublisher body = BodyPublishers.ofByteArrays(chunks);
        return text(route, request(route, mediaType).POST(body));
    }

    /** An answer that is read as it comes; whoever reads it closes it. */
    public InputStream stream(Route route) {
        HttpResponse<InputStream> answer = send(route, request(route).GET().build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw refusal(answer.statusCode(), route, whole(answer.body()));
    }

    /**
     * Bytes of a file from one on; whoever reads them closes them.
     *
     * @throws ServerSaysNo when the server has none now; its words say why
     */
    public ByteAnswer bytes(Route route, long from) {
        HttpRequest.Builder request = request(route).timeout(FIRST_BYTES_WITHIN);
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> answer = send(route, request.GET().build(), BodyHandlers.ofInputStream());
        return ByteAnswer.of(answer).orElseThrow(() -> refusal(answer.statusCode(), route, whole(answer.body())));
    }

    private static String whole(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return "";
        }
    }

    /** The catalogue in Rucio's words, asked as its account root. */
    public Catalogue catalogue() {
        return new Catalogue(this);
    }

    URI url() {
        return url;
    }

    /** Any request to any route; whatever the status, it is the caller's to judge. */
    HttpResponse<String> ask(Route route, UnaryOperator<HttpRequest.Builder> how) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + route.text()));
        return send(route, how.apply(request).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Fetches bytes into a file, which is written whole or not at all. */
    public void download(Route route, Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        try {
            HttpResponse<Path> answer = send(
                    route,
                    request(route).GET().build(),
                    head -> head.statusCode() / 100 == 2
                            ? HttpResponse.BodySubscribers.ofFile(partial)
                            : HttpResponse.BodySubscribers.mapping(
                                    HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                                        throw refusal(head.statusCode(), route, text);
                                    }));
            Files.move(answer.body(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private HttpRequest.Builder request(Route route) {
        return as(
                shown,
                HttpRequest.newBuilder(URI.create(url + route.text()))
                        .header("Authorization", "Bearer " + shown.value()));
    }

    static HttpRequest.Builder as(Credential shown, HttpRequest.Builder request) {
        shown.account().ifPresent(account -> request.header("X-Rucio-Account", account));
        return request;
    }

    private HttpRequest.Builder request(Route route, String mediaType) {
        return request(route).header("Content-Type", mediaType);
    }

    private String text(Route route, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(route, request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() / 100 != 2) {
            throw refusal(answer.statusCode(), route, answer.body());
        }
        return answer.body();
    }

    private RuntimeException refusal(int status, Route route, String body) {
        return status == 401
                ? new NoServer("the server at " + url + " " + shown.remedy())
                : ServerSaysNo.from(status, route.text(), body);
    }

    private <T> HttpResponse<T> send(Route route, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (java.net.ConnectException gone) {
            throw new NoServer(
                    "no server answers at " + url + "; start one with `holdfast serve`, or name another with --url",
                    gone);
        } catch (SSLException untrusted) {
            throw new NoServer(
                    "the server at " + url + " is not believed to be what it says (" + untrusted.getMessage()
                            + "); name the authority of its certificate with --url-ca",
                    untrusted);
        } catch (IOException broken) {
            for (Throwable why = broken; why != null; why = why.getCause()) {
                if (why instanceof ServerSaysNo || why instanceof NoServer) {
                    throw (RuntimeException) why;
                }
            }
            throw new NoServer.BrokenOff(
                    "the connection to " + url + " broke during " + route.text() + " (" + broken.getMessage()
                            + "); look whether the server still runs, then do this again",
                    broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoServer("interrupted while " + url + " was asked", stopped);
        }
    }
}
