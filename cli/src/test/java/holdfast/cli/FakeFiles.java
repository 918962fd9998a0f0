package holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import holdfast.formats.Json;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One file of a fake server with the copies that a test gives it. */
final class FakeFiles {
    private final FakeServer server;
    private final String path;
    private final byte[] bytes;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Copy> copies = new TreeMap<>();
    private Map<String, String> digests;

    /** The first byte of each read, with its source. */
    final Queue<String> reads = new ConcurrentLinkedQueue<>();

    record Source(
            String storage,
            String site,
            String state,
            boolean tape,
            boolean served,
            String why,
            List<String> addresses) {}

    record Described(String did, long size, Map<String, String> digests, List<Source> sources) {}

    /** How a copy answers from a byte on. */
    interface Copy {
        void answer(HttpExchange exchange, int from) throws IOException;
    }

    FakeFiles(FakeServer server, String name, byte[] bytes) {
        this.server = server;
        this.path = "/holdfast/v1/files/raw/" + name.replace("/", "%2F");
        this.bytes = bytes.clone();
        this.digests = Map.of("sha256", Digest.sha256(bytes).hex());
        String did = "raw:" + name;
        server.route(
                "GET " + path + "/sources",
                _ -> Json.write(new Described(did, this.bytes.length, this.digests, this.sources)));
        server.whole("GET " + path + "/bytes", this::serve);
    }

    FakeFiles digests(Map<String, String> known) {
        digests = Map.copyOf(known);
        return this;
    }

    /** One more copy, less good than those before. */
    FakeFiles copy(String storage, Copy how) {
        return copy(storage, List.of(), how);
    }

    FakeFiles copy(String storage, List<String> addresses, Copy how) {
        sources.add(new Source(storage, null, "PROVED", false, true, "", addresses));
        copies.put(storage, how);
        return this;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String source = exchange.getRequestURI().getQuery().replace("source=", "");
        int from = from(exchange);
        reads.add(source + " " + from);
        copies.get(source).answer(exchange, from);
    }

    static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=|-.*", ""));
    }

    /** The right bytes. */
    Copy right() {
        return giving(bytes);
    }

    /** Other bytes, honestly served. */
    static Copy giving(byte[] other) {
        return (exchange, from) -> send(exchange, other, from, other.length);
    }

    /** The right bytes up to one of them; there the connection breaks. */
    Copy breakingAt(int end) {
        return (exchange, from) -> send(exchange, bytes, from, Math.max(from, end));
    }

    /** The whole file, whatever part was asked for. */
    Copy withoutParts() {
        return (exchange, _) -> send(exchange, bytes, 0, bytes.length);
    }

    static Copy refusing(int status, String code) {
        return (exchange, _) -> {
            byte[] body = "{\"error\":\"%s\",\"acts\":\"NOBODY\",\"message\":\"it said %s\"}"
                    .formatted(code, code)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    static void send(HttpExchange exchange, byte[] all, int from, int end) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
        exchange.getResponseBody().write(all, from, end - from);
        exchange.getResponseBody().flush();
    }
}
