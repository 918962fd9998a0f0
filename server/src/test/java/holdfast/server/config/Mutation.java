package holdfast.server.config;

import holdfast.server.config.Crawl.Ask;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Spoils a request a little: path, method, query, headers or body; the same for the same seed. */
final class Mutation {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS");

    private static final List<String> PIECES = List.of(
            "%00",
            "%2F",
            "%252F",
            "..",
            "%2e%2e",
            ";x=1",
            "%F0%9F%98%80",
            "%C0%AF",
            "%",
            "{}",
            "'",
            "%22",
            "*",
            "a".repeat(3000),
            "%0d%0aX:1",
            "-1",
            "null",
            "99999999999999999999");

    private static final List<String> QUERIES = List.of(
            "?",
            "?type=all",
            "?limit=-1",
            "?limit=99999999999",
            "?name=*",
            "?expression=%28%28%28",
            "?x=%ZZ",
            "?did=h4-data:q-file",
            "?named=1e9",
            "?recursive=maybe",
            "?rse_expression=%5B",
            "?created_after=now",
            "?after=%00",
            "?type=",
            "?filters=%7B");

    private static final List<String> BODIES = List.of(
            "",
            "[]",
            "{}",
            "null",
            "[[[[[[",
            "\"\\ud800\"",
            "{\"dids\": null}",
            "{\"dids\": [1]}",
            "[".repeat(500),
            "{\"a\":1e400}",
            "\u0000",
            "<x/>");

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean seldom(int of) {
        return random.nextInt(of) == 0;
    }

    Ask of(Ask ask) {
        String path = seldom(3) ? spoiled(ask.path()) : ask.path();
        String method = seldom(8) ? any(METHODS) : ask.method();
        String body = seldom(3) ? spoiledBody(ask.body()) : ask.body();
        return new Ask(method, seldom(4) && !path.contains("?") ? path + any(QUERIES) : path, body);
    }

    private String spoiled(String path) {
        String[] parts = path.split("/", -1);
        int at = 1 + random.nextInt(parts.length - 1);
        parts[at] = switch (random.nextInt(4)) {
            case 0 -> any(PIECES);
            case 1 -> parts[at] + any(PIECES);
            case 2 -> "";
            default -> parts[at] + "/" + parts[at];
        };
        return String.join("/", parts);
    }

    private String spoiledBody(String body) {
        if (body.length() < 2 || seldom(3)) {
            return any(BODIES);
        }
        int at = random.nextInt(body.length());
        return switch (random.nextInt(3)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(0, at) + any(BODIES) + body.substring(at);
            default -> body.replace("\"q-", any(List.of("\"", "null, \"", "[\"q-", "\"\\u0000")));
        };
    }

    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        if (seldom(4)) {
            headers.put(
                    "Accept",
                    any(List.of(
                            "*/*", "text/html", "application/metalink4+xml", "application/x-json-stream", ";;", "")));
        }
        if (seldom(6)) {
            headers.put("Range", any(List.of("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-1,3-4", "x")));
        }
        if (seldom(6)) {
            headers.put("X-Rucio-Account", any(List.of("root", "outsider", "nobody", "", "ü", "a".repeat(300))));
        }
        if (seldom(6)) {
            headers.put("Content-Type", any(List.of("application/json", "text/xml", "multipart/form-data", "x")));
        }
        if (seldom(12)) {
            headers.put("X-Long", "x".repeat(20_000));
        }
        if (seldom(12)) {
            headers.put("If-None-Match", "*");
        }
        return headers;
    }
}
