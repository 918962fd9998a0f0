package holdfast.server.drivers.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** What a server answered. Close it: with all its bytes read the connection is kept, else it is given up. */
public final class Answer implements AutoCloseable {
    /** How much of an error's text is worth to be shown. */
    private static final int TEXT = 300;

    private final ClassicHttpResponse response;

    Answer(ClassicHttpResponse response) {
        this.response = response;
    }

    public int status() {
        return response.getCode();
    }

    public boolean isGood() {
        return status() >= 200 && status() < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** All lines of a header, joined as RFC 9110 (5.3) allows. */
    public String headers(String name) {
        StringBuilder all = new StringBuilder();
        for (Header header : response.getHeaders(name)) {
            all.append(all.isEmpty() ? "" : ",").append(header.getValue());
        }
        return all.toString();
    }

    /** The bytes of the body; closing them early gives the connection up. */
    public InputStream body() throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    /** The status and the beginning of the body, for people. */
    public String words() {
        String reason = response.getReasonPhrase();
        StringBuilder words = new StringBuilder("HTTP ").append(status());
        try {
            String text = new String(body().readNBytes(TEXT), java.nio.charset.StandardCharsets.UTF_8)
                    .replaceAll("\\s+", " ")
                    .strip();
            String said = text.isEmpty() ? String.valueOf(reason).strip() : text;
            return said.isEmpty()
                    ? words.toString()
                    : words.append(": ").append(said).toString();
        } catch (IOException e) {
            return words.toString();
        }
    }

    @Override
    public void close() throws IOException {
        response.close();
    }
}
