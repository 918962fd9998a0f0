package holdfast.server.grid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The WLCG Tape REST API, version 1, for tests: it answers for a library over a folder, and hands everything that is not the API's
 * on to the real server of that folder, so that both stand at one host and port. Held true by gfal2, a client that is not ours.
 */
public final class TapeEndpoint implements AutoCloseable {
    /** On purpose not where the specification's examples have it. */
    public static final String API = "/library/api/v1";

    private static final JsonMapper JSON = JsonMapper.shared();

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    private final TapeShelves shelves;
    private final TapeRequests requests;
    private final @Nullable Forwarding behind;
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile String retryAfter = "";
    private volatile int mostFiles = Integer.MAX_VALUE;
    private volatile int mostTold = Integer.MAX_VALUE;
    private volatile boolean tellsState = true;
    private volatile boolean archivesAtOnce;
    private volatile boolean offersNothing;
    private volatile boolean evictsAtOnce = true;
    private volatile @Nullable String elsewhere;

    /** One request, and how many files it was about. */
    public record Call(String what, int files, List<String> paths) {}

    /** The library behind an endpoint. */
    public record Library(TapeShelves shelves, Executor drives, Duration mount) {
        /** One that takes no time. */
        public static Library fast(TapeShelves shelves) {
            return new Library(shelves, Runnable::run, Duration.ZERO);
        }
    }

    private TapeEndpoint(HttpServer server, String scheme, Library library, @Nullable URI behind) {
        this.server = server;
        this.scheme = scheme;
        shelves = library.shelves;
        requests = new TapeRequests(shelves, library.drives, library.mount);
        this.behind = behind == null ? null : new Forwarding(root(), behind);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** With nothing behind: the API alone, without TLS. */
    public static TapeEndpoint alone(Library library) throws IOException {
        return new TapeEndpoint(HttpServer.create(anyPort(), 0), "http", library, null);
    }

    /** In front of a real server. */
    static TapeEndpoint before(Xrootd server, TestAuthority authority, Library library) throws IOException {
        Path identity = authority.folder().resolve("endpoint.pem");
        Files.writeString(identity, Files.readString(authority.host()) + Files.readString(authority.hostKey()));
        HttpsServer https = HttpsServer.create(anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(new Tls(Optional.empty(), Optional.of(identity)).context()));
        return new TapeEndpoint(https, "https", library, server.root("http").resolve("/"));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Where it listens, without a slash at its end. */
    public String root() {
        return "%s://localhost:%d".formatted(scheme, server.getAddress().getPort());
    }

    public TapeShelves shelves() {
        return shelves;
    }

    public TapeRequests requests() {
        return requests;
    }

    /** The next so many calls of the API are answered with 429. */
    public void beBusy(int times, String retryAfterSeconds) {
        retryAfter = retryAfterSeconds;
        busy.set(times);
    }

    /** The next so many calls of the API are answered with 500. */
    public void breakDown(int times) {
        broken.set(times);
    }

    /** A request for more files than this is answered with 413. */
    public void takeAtMost(int files) {
        mostFiles = files;
    }

    /** Of more files than this an archiveinfo tells of the first ones only. */
    public void tellAtMost(int files) {
        mostTold = files;
    }

    /** How requests are polled: by state, or by whether a file is on disk. */
    public void tellState(boolean state) {
        tellsState = state;
    }

    /** Whether a file goes to tape as soon as it has its name. */
    public void archiveAtOnce(boolean atOnce) {
        archivesAtOnce = atOnce;
    }

    /** Whether a release takes a file from disk; a server need not. */
    public void evictAtOnce(boolean atOnce) {
        evictsAtOnce = atOnce;
    }

    /** The well-known document says that the API stands there. */
    public void sayItIsAt(String uri) {
        elsewhere = uri;
    }

    /** What the API was asked since the start, or since the last time this was cleared. */
    public List<Call> calls(String what) {
        return List.copyOf(calls).stream().filter(c -> c.what.equals(what)).toList();
    }

    public void clearCalls() {
        calls.clear();
    }

    /** As a server without the API. */
    public void offerNothing() {
        offersNothing = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.equals("/.well-known/wlcg-tape-rest-api") && !offersNothing) {
                wellKnown(exchange);
            } else if (path.startsWith(API + "/")) {
                api(exchange, path.substring(API.length() + 1).split("/"));
            } else if (behind == null) {
                problem(exchange, 404, "Nothing here");
            } else {
                forward(exchange, behind);
            }
        } catch (JacksonException | ClassCastException e) {
            problem(exchange, 400, "Bad JSON");
        }
    }

    private void forward(HttpExchange exchange, Forwarding to) throws IOException {
        int status;
        try {
            status = to.forward(exchange);
        } catch (java.net.ConnectException | org.apache.hc.core5.http.NoHttpResponseException e) {
            problem(exchange, 502, "The server behind does not answer");
            return;
        }
        String destination = exchange.getRequestHeaders().getFirst("Destination");
        if (archivesAtOnce && exchange.getRequestMethod().equals("MOVE") && status < 300 && destination != null) {
            archive(destination);
        }
    }

    private void archive(String destination) throws IOException {
        String plain = new String(destination.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .substring(root().length());
        for (String one : List.of(plain, URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8))) {
            if (shelves.isWithin(one) && !one.contains("/.holdfast")) {
                shelves.archive(one);
            }
        }
    }

    private void wellKnown(HttpExchange exchange) throws IOException {
        ObjectNode document =
                JSON.createObjectNode().put("sitename", "holdfast-tests").put("description", "a library over a folder");
        ArrayNode endpoints = document.putArray("endpoints");
        endpoints.addObject().put("uri", root() + "/library/api/v0").put("version", "v0");
        String at = elsewhere == null ? root() + API : elsewhere;
        endpoints.addObject().put("uri", at).put("version", "v1").putObject("metadata");
        json(exchange, 200, document);
    }

    private void api(HttpExchange exchange, String[] call) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String what = exchange.getRequestMethod() + " " + (call.length > 2 ? call[2] : call[0]);
        JsonNode asked = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        List<String> paths = paths(asked);
        calls.add(new Call(what, paths.size(), paths));
        if (busy.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            problem(exchange, 429, "Too many requests");
        } else if (broken.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            problem(exchange, 500, "Internal error");
        } else if (paths.size() > mostFiles) {
            problem(exchange, 413, "Too many files");
        } else {
            known(exchange, what, call, paths);
        }
    }

    private static List<String> paths(JsonNode asked) {
        List<String> paths = new ArrayList<>();
        asked.path("paths").forEach(p -> paths.add(p.asString()));
        asked.path("files").forEach(f -> {
            f.path("diskLifetime").asStringOpt().ifPresent(Duration::parse);
            paths.add(f.path("path").asString());
        });
        return paths;
    }

    private void known(HttpExchange exchange, String what, String[] call, List<String> paths) throws IOException {
        if (what.equals("POST archiveinfo")) {
            archiveInfo(exchange, paths);
            return;
        }
        if (what.equals("POST stage")) {
            stage(exchange, paths);
            return;
        }
        if (call.length < 2 || requests.request(call[1]).isEmpty()) {
            problem(exchange, 404, "No such request");
            return;
        }
        String id = call[1];
        switch (what) {
            case "GET stage" -> json(exchange, 200, status(id));
            case "POST cancel" -> done(exchange, requests.cancel(id, paths));
            case "DELETE stage" -> {
                requests.delete(id);
                done(exchange, true);
            }
            case "POST release" -> {
                boolean isWhole = requests.contains(id, paths);
                for (String path : isWhole && evictsAtOnce ? paths : List.<String>of()) {
                    shelves.evict(path);
                }
                done(exchange, isWhole);
            }
            default -> problem(exchange, 405, "No such call");
        }
    }

    private void stage(HttpExchange exchange, List<String> paths) throws IOException {
        if (paths.isEmpty()) {
            problem(exchange, 400, "No files");
            return;
        }
        String id = requests.stage(paths);
        exchange.getResponseHeaders().set("Location", root() + API + "/stage/" + id);
        json(exchange, 201, JSON.createObjectNode().put("requestId", id));
    }

    private ObjectNode status(String id) {
        Map<String, TapeRequests.File> files = requests.request(id).orElseThrow();
        long now = System.currentTimeMillis() / 1000;
        ObjectNode status =
                JSON.createObjectNode().put("id", id).put("createdAt", now).put("startedAt", now);
        ArrayNode all = status.putArray("files");
        files.forEach((path, file) -> {
            ObjectNode one = all.addObject().put("path", path);
            if (tellsState) {
                one.put("state", file.state());
            } else {
                one.put("onDisk", file.state().equals("COMPLETED"));
            }
            file.error().ifPresent(e -> one.put("error", e));
        });
        if (files.values().stream().allMatch(TapeRequests.File::isOver)) {
            status.put("completedAt", now);
        }
        return status;
    }

    private void archiveInfo(HttpExchange exchange, List<String> paths) throws IOException {
        ArrayNode answer = JSON.createArrayNode();
        for (String path : paths.subList(0, Math.min(mostTold, paths.size()))) {
            ObjectNode one = answer.addObject().put("path", path);
            Optional<String> locality = shelves.locality(path);
            if (locality.isPresent()) {
                one.put("locality", locality.get());
            } else {
                one.put("error", "no such file");
            }
        }
        json(exchange, 200, answer);
    }

    private static void done(HttpExchange exchange, boolean isGood) throws IOException {
        if (isGood) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            problem(exchange, 400, "File missing from stage request");
        }
    }

    /** RFC 7807. */
    private static void problem(HttpExchange exchange, int status, String title) throws IOException {
        json(exchange, status, JSON.createObjectNode().put("status", status).put("title", title));
    }

    private static void json(HttpExchange exchange, int status, JsonNode node) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(node);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 300 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        requests.close();
        if (behind != null) {
            behind.close();
        }
    }
}
