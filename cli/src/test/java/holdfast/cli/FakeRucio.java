package holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holdfast.formats.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A Rucio server by hand, with one scope of files in one dataset, in the words of the real one's answers. */
final class FakeRucio implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    final Map<String, Long> files = new TreeMap<>();
    /** Answers in place of the usual ones, by method and path. */
    final Map<String, Answer> instead = new ConcurrentHashMap<>();

    final AtomicInteger logins = new AtomicInteger();
    volatile String token = "";
    volatile String password = "sesame";

    record Answer(int status, String body) {}

    FakeRucio() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(workers);
        http.createContext("/", this::serve);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        String call = exchange.getRequestMethod() + " " + path;
        asked.add(query == null ? call : call + "?" + query);
        String body = FakeServer.body(exchange);
        try (exchange) {
            Answer answer = instead.getOrDefault(call, new Answer(0, ""));
            if (answer.status == 0) {
                answer = path.equals("/auth/userpass") ? login(exchange) : known(exchange, call, query, body);
            }
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            if (answer.body.endsWith("BREAK")) {
                exchange.sendResponseHeaders(answer.status, bytes.length + 100);
            } else {
                exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            }
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        }
    }

    private Answer login(HttpExchange exchange) {
        logins.incrementAndGet();
        boolean right = password.equals(exchange.getRequestHeaders().getFirst("X-Rucio-Password"))
                && "reader".equals(exchange.getRequestHeaders().getFirst("X-Rucio-Username"));
        if (!right) {
            return new Answer(
                    401, "{\"ExceptionClass\":\"CannotAuthenticate\",\"ExceptionMessage\":\"Cannot authenticate\"}");
        }
        token = "root-reader-" + logins.get();
        exchange.getResponseHeaders().set("X-Rucio-Auth-Token", token);
        return new Answer(200, "");
    }

    private Answer known(HttpExchange exchange, String call, String query, String body) {
        if (!token.equals(exchange.getRequestHeaders().getFirst("X-Rucio-Auth-Token"))) {
            return new Answer(401, "{\"ExceptionClass\":\"CannotAuthenticate\"}");
        }
        return switch (call) {
            case "GET /scopes/owner/" -> new Answer(200, "[{\"account\":\"prod\",\"scope\":\"mc\"}]\n");
            case "GET /scopes/" -> new Answer(200, "[\"mc\",\"lost\"]");
            case "GET /accounts/" ->
                new Answer(200, "{\"account\": \"prod\", \"type\": \"USER\", \"email\": \"x@y.z\"}\n");
            case "GET /accounts/prod/scopes/" -> new Answer(200, "[\"mc\"]");
            case "GET /rses/" -> new Answer(200, "{\"rse\": \"SITE-A\", \"id\": \"x\"}\n{\"rse\": \"TAPE-B\"}\n");
            case "GET /rses/SITE-A" -> new Answer(200, element("SITE-A", true));
            case "GET /rses/TAPE-B" -> new Answer(200, element("TAPE-B", false));
            case "GET /rses/SITE-A/attr/", "GET /rses/TAPE-B/attr/" ->
                new Answer(200, "{\"SITE-A\":true,\"tier\":\"2\"}");
            case "GET /dids/mc/dids/search" -> new Answer(200, search(query));
            case "POST /dids/bulkmeta" -> new Answer(200, metadata(body));
            case "POST /replicas/list" -> new Answer(200, replicas(body));
            case "GET /dids/mc/%2Fds/dids" -> new Answer(200, content());
            case "GET /rules/" ->
                new Answer(
                        200,
                        rule("b87f9f68172645afa2b69fb4c6246520", "DATASET", "/ds")
                                + rule("c87f9f68172645afa2b69fb4c6246520", "FILE", "/f00000"));
            case "POST /locks/bulk_locks_for_dids" -> new Answer(200, lock("b87f9f68172645afa2b69fb4c6246520", "/ds"));
            case "GET /rules/c87f9f68172645afa2b69fb4c6246520/locks" ->
                new Answer(200, lock("c87f9f68172645afa2b69fb4c6246520", "/f00000"));
            default -> new Answer(404, "{\"ExceptionClass\":\"NotFound\",\"ExceptionMessage\":\"no " + call + "\"}");
        };
    }

    private static String element(String name, boolean deterministic) {
        return "{\"rse\":\"%s\",\"id\":\"x\",\"deterministic\":%s,\"rse_type\":\"DISK\",\"volatile\":false,\"protocols\":[%s]}"
                .formatted(
                        name,
                        deterministic,
                        "{\"hostname\":\"se.example.org\",\"scheme\":\"root\",\"port\":1094,\"prefix\":\"//data/\","
                                + "\"impl\":\"x.Default\",\"domains\":{\"wan\":{\"read\":1,\"write\":1}},"
                                + "\"extended_attributes\":null}");
    }

    private String search(String query) {
        String words = URLDecoder.decode(query, StandardCharsets.UTF_8);
        StringBuilder lines = new StringBuilder();
        if (words.contains("type=file")) {
            // In no order, as the real one.
            files.keySet().stream()
                    .sorted(java.util.Comparator.reverseOrder())
                    .forEach(f -> lines.append('"').append(f).append("\"\n"));
        } else {
            lines.append("\"/ds\"\n");
        }
        return lines.toString();
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(String body) {
        List<Map<String, String>> dids =
                (List<Map<String, String>>) Json.read(body, Map.class).get("dids");
        return dids.stream().map(d -> d.get("name")).toList();
    }

    private static String metadata(String body) {
        boolean free = body.contains("JSON");
        StringBuilder lines = new StringBuilder();
        for (String name : names(body)) {
            lines.append("{\"scope\": \"mc\", \"name\": \"").append(name).append('"');
            String type = name.equals("/ds") ? "DATASET" : "FILE";
            lines.append(
                    free
                            ? ", \"mykey\": \"v\"}\n"
                            : (", \"did_type\": \"%s\", \"account\": \"prod\", \"bytes\": 7,"
                                            + " \"is_open\": false, \"monotonic\": true, \"guid\": null, \"events\": 3,"
                                            + " \"created_at\": \"Sun, 22 Nov 2026 18:18:20 UTC\"}\n")
                                    .formatted(type));
        }
        return lines.toString();
    }

    private String replicas(String body) {
        StringBuilder lines = new StringBuilder();
        for (String name : names(body)) {
            lines.append(
                    ("{\"scope\": \"mc\", \"name\": \"%s\", \"bytes\": %d, \"md5\": null, \"adler32\": \"0000000A\","
                                    + " \"pfns\": {}, \"rses\": {\"SITE-A\": [\"root://se.example.org:1094//data/mc/12/34%s\"],"
                                    + " \"TAPE-B\": [\"root://se.example.org:1094//data/odd%s\"]}, \"states\": {\"SITE-A\":"
                                    + " \"AVAILABLE\", \"TAPE-B\": \"COPYING\"}}\n")
                            .formatted(name, files.get(name), name, name));
        }
        return lines.toString();
    }

    private String content() {
        StringBuilder lines = new StringBuilder();
        files.keySet()
                .forEach(f -> lines.append(
                        "{\"scope\": \"mc\", \"name\": \"" + f + "\", \"type\": \"FILE\", \"bytes\": 7}\n"));
        return lines.toString();
    }

    private static String rule(String id, String type, String name) {
        return ("{\"id\": \"%s\", \"account\": \"prod\", \"scope\": \"mc\", \"name\": \"%s\", \"did_type\": \"%s\","
                        + " \"copies\": 1, \"rse_expression\": \"SITE-A\", \"grouping\": \"DATASET\", \"locked\": false,"
                        + " \"expires_at\": \"Mon, 23 Nov 2026 18:18:21 UTC\", \"priority\": 3, \"state\": \"OK\"}\n")
                .formatted(id, name, type);
    }

    private static String lock(String rule, String name) {
        return "{\"rse\": \"SITE-A\", \"scope\": \"mc\", \"name\": \"%s\", \"rule_id\": \"%s\", \"state\": \"OK\"}\n"
                .formatted(name, rule);
    }

    @Override
    public void close() {
        http.stop(0);
        workers.close();
    }
}
