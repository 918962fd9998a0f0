package holdfast.server.api.rucio.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What goes back: status, content type, headers and a content that is written as it comes. The status goes out with the
 * first 32 kB or at the end, so that an error before that still becomes a status of its own.
 */
public final class Answer {
    /** One JSON value. The client compares content types letter by letter: no charset. */
    public static final String JSON = "application/json";

    /** One JSON value a line. */
    public static final String LINES = "application/x-json-stream";

    public static final String METALINK = "application/metalink4+xml";
    public static final String OCTETS = "application/octet-stream";

    static final String HTML = "text/html; charset=utf-8";

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int SEE_OTHER = 303;

    private final int status;
    private final String contentType;
    private final Map<String, String> headers;
    private final Content content;

    /** Writes the content; may be asked once. */
    @FunctionalInterface
    public interface Content {
        void to(OutputStream out) throws IOException;
    }

    private Answer(int status, String contentType, Map<String, String> headers, Content content) {
        this.status = status;
        this.contentType = contentType;
        this.headers = headers;
        this.content = content;
    }

    /** 200 with one JSON value. */
    public static Answer json(Consumer<JsonOut> writer) {
        return json(OK, writer);
    }

    public static Answer json(int status, Consumer<JsonOut> writer) {
        return of(status, JSON, out -> {
            JsonOut json = JsonOut.to(out);
            writer.accept(json);
            json.end(false);
        });
    }

    /** 200 with lines: each value that is written at the root is one. The writer may take them from an open cursor. */
    public static Answer lines(Consumer<JsonOut> writer) {
        return of(OK, LINES, out -> {
            JsonOut json = JsonOut.to(out);
            writer.accept(json);
            json.end(true);
        });
    }

    /** 200 with one line for each row. */
    public static <T> Answer lines(Iterable<T> rows, BiConsumer<JsonOut, T> writer) {
        return lines(out -> rows.forEach(row -> writer.accept(out, row)));
    }

    /** 200 without a body. */
    public static Answer empty() {
        return text(OK, HTML, "");
    }

    /** 201 with the text Created. */
    public static Answer created() {
        return created("Created");
    }

    /** 201 with a text, such as the ids of new rules as JSON; its type is text/html all the same. */
    public static Answer created(String text) {
        return text(CREATED, HTML, text);
    }

    public static Answer text(int status, String contentType, String text) {
        return of(status, contentType, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Any content, written as it comes. */
    public static Answer of(int status, String contentType, Content content) {
        return new Answer(status, contentType, Map.of(), content);
    }

    /** 303 to a location, which may be relative. */
    public static Answer seeOther(String location) {
        return text(SEE_OTHER, HTML, "<!doctype html>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n")
                .with("Location", location);
    }

    /** The same answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, Map.copyOf(more), content);
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    Map<String, String> headers() {
        return headers;
    }

    Content content() {
        return content;
    }
}
