package holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server over real HTTP in this process that answers what a test tells it, and keeps what it was asked. */
final class FakeServer implements AutoCloseable {
    static final String SECRET = "swordfish";

    private final HttpServer http;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, Whole> whole = new ConcurrentHashMap<>();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    interface Route {
        String answer(HttpExchange exchange) throws IOException;
    }

    /** Answers by itself: status, headers and body. */
    interface Whole {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** An answer that is no success. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refusal(int status, String body) {
            super(body);
            this.status = status;
        }
    }

    FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(workers);
        http.createContext("/", this::serve);
        http.start();
        answer("GET /api/status", status(true));
    }

    static String status(boolean quiet) {
        return """
            {"files":2,"copies":3,"homesDue":0,"copiesWanted":0,"copiesWaiting":0,"copiesUnread":0,"journal":9,
            "entriesUnnumbered":0,"actsWaiting":0,"hold":false,"quiet":%s}\
            """.formatted(quiet);
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The same answer always. */
    void answer(String methodAndPath, String body) {
        route(methodAndPath, exchange -> body);
    }

    void refuse(String methodAndPath, int status, String code, String message) {
        route(methodAndPath, exchange -> {
            throw new Refusal(
                    status, "{\"error\":\"%s\",\"acts\":\"CALLER\",\"message\":\"%s\"}".formatted(code, message));
        });
    }

    void route(String methodAndPath, Route route) {
        routes.put(methodAndPath, route);
    }

    /** A route whose whole answer is its own, whoever asks. */
    void whole(String methodAndPath, Whole answer) {
        whole.put(methodAndPath, answer);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String key =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        asked.add(query == null ? key : key + "?" + query);
        try (exchange) {
            if (whole.containsKey(key)) {
                // Unread, the connection would be closed after the answer, also when the client begins to ask again.
                exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
                whole.get(key).answer(exchange);
                return;
            }
            try {
                send(exchange, 200, answer(exchange, key));
            } catch (Refusal refusal) {
                send(exchange, refusal.status, String.valueOf(refusal.getMessage()));
            }
        }
    }

    private String answer(HttpExchange exchange, String key) throws IOException {
        if (!("Bearer " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw new Refusal(401, "{\"error\":\"UNAUTHENTICATED\",\"acts\":\"CALLER\",\"message\":\"show it\"}");
        }
        Route route = routes.get(key);
        if (route == null) {
            throw new Refusal(404, "{\"error\":\"NOT_FOUND\",\"acts\":\"CALLER\",\"message\":\"no " + key + "\"}");
        }
        return route.answer(exchange);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static String body(HttpExchange exchange) {
        try {
            return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        workers.close();
    }
}
