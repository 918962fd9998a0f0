package holdfast.server.pages;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers with the headers that every page carries: nothing runs, nothing is fetched from elsewhere, nothing is kept. */
final class Answers {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            POLICY,
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            HttpHeaders.CACHE_CONTROL,
            "no-store");

    private Answers() {}

    static ResponseEntity<byte[]> html(String page) {
        return ok(html(), bytes(page));
    }

    static ResponseEntity<byte[]> json(String text) {
        return ok(MediaType.APPLICATION_JSON, bytes(text));
    }

    static ResponseEntity<byte[]> csv(String text, String file) {
        ContentDisposition attachment =
                ContentDisposition.attachment().filename(file).build();
        return start(HttpStatus.OK)
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString())
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .body(bytes(text));
    }

    static ResponseEntity<byte[]> notFound() {
        return start(HttpStatus.NOT_FOUND).contentType(html()).body(bytes(NotFoundPage.html()));
    }

    static ResponseEntity<byte[]> ok(MediaType type, byte[] body) {
        return start(HttpStatus.OK).contentType(type).body(body);
    }

    private static ResponseEntity.BodyBuilder start(HttpStatus status) {
        return ResponseEntity.status(status).headers(headers -> HEADERS.forEach(headers::set));
    }

    private static MediaType html() {
        return new MediaType("text", "html", StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
