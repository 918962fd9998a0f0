package holdfast.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that was once sent to the field's server, and what it answered.
 *
 * @param how root, badtoken, notoken, or the content type that root asks for
 * @param shape of the first value: its keys, or its kind
 * @param remembered what the text of the answer is called further down; '-' for nothing
 */
record GoldenRow(
        String number,
        String how,
        String method,
        String path,
        String body,
        int status,
        String type,
        String kind,
        String shape,
        String remembered) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static List<GoldenRow> all() throws IOException {
        return lines("/rucio/golden.tsv").stream()
                .map(line -> line.split("\t", -1))
                .map(c -> new GoldenRow(c[0], c[1], c[2], c[3], c[4], Integer.parseInt(c[5]), c[6], c[7], c[8], c[9]))
                .toList();
    }

    /** Rows that are not answered so: number and reason. */
    static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new LinkedHashMap<>();
        lines("/rucio/golden-exceptions.tsv").forEach(line -> {
            String[] cell = line.split("\t", -1);
            exceptions.put(cell[0], cell[1]);
        });
        return exceptions;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = GoldenRow.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        }
    }

    /** Sends it. */
    HttpResponse<String> send(RucioServer server, Map<String, String> remembered) {
        HttpRequest.Builder request = server.at(named(path, remembered))
                .method(
                        method,
                        body.equals("-") ? BodyPublishers.noBody() : BodyPublishers.ofString(named(body, remembered)));
        String token = how.equals("badtoken") ? "root-x-y-00" : server.token();
        if (!how.equals("notoken")) {
            request.header("X-Rucio-Auth-Token", token);
        }
        return server.send(
                request.header("Accept", how.contains("/") ? how : "*/*").build());
    }

    private static String named(String text, Map<String, String> remembered) {
        String named = text;
        for (Map.Entry<String, String> name : remembered.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        return named;
    }

    /** What differs from the field's server; empty where nothing does. */
    String difference(HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            return "status " + answer.statusCode() + " instead of " + status + ": " + brief(answer.body());
        }
        String itsType = answer.headers().firstValue("Content-Type").orElse("");
        if (!plain(itsType).equals(plain(type))) {
            return "content type " + itsType + " instead of " + type;
        }
        String itsKind = answer.headers().firstValue("ExceptionClass").orElse("-");
        if (!itsKind.equals(kind)) {
            return "error " + itsKind + " instead of " + kind + ": " + brief(answer.body());
        }
        String itsShape = shape(answer.body(), itsType);
        return shape.equals("-")
                        || shape.equals(itsShape)
                        || shape.equals("html")
                        || shape.equals("object") && itsShape.startsWith("object")
                ? ""
                : "shape " + itsShape + " instead of " + shape;
    }

    private static String plain(String type) {
        return type.replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static String brief(String text) {
        return text.substring(0, Math.min(text.length(), 160));
    }

    private static String shape(String body, String type) {
        String text = body.strip();
        if (text.isEmpty()) {
            return "empty";
        }
        if (type.startsWith("text/html")) {
            return text.equals("Created")
                    ? "text:Created"
                    : text.startsWith("[") ? "list" : text.matches("[0-9a-f]{32}") ? "hex32" : "html";
        }
        try {
            return shape(JSON.readTree(text.lines().findFirst().orElse("")));
        } catch (JacksonException e) {
            return "no JSON";
        }
    }

    private static String shape(JsonNode value) {
        if (value.isObject()) {
            return "object:" + String.join(",", new TreeSet<>(value.propertyNames()));
        }
        if (value.isArray()) {
            return value.isEmpty() ? "list" : "list of " + shape(value.get(0));
        }
        return value.isBoolean() ? "boolean" : value.isNumber() ? "number" : value.isNull() ? "null" : "string";
    }

    @Override
    public String toString() {
        return number + " " + method + " " + path;
    }
}
