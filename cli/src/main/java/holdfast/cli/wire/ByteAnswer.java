package holdfast.cli.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as they come, and which part of a file they are.
 *
 * @param from the first of them, counted from 0
 * @param size bytes of the whole file; empty where nobody said it
 * @param source the element they come from, where the server says it
 */
public record ByteAnswer(InputStream content, long from, OptionalLong size, Optional<String> source)
        implements Closeable {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final Pattern PART = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    /** What an HTTP answer brings (RFC 9110, sections 14 and 15.3); empty where it is no success. */
    public static Optional<ByteAnswer> of(HttpResponse<InputStream> answer) {
        Optional<String> source = answer.headers().firstValue("Holdfast-Source");
        if (answer.statusCode() == OK) {
            return Optional.of(
                    new ByteAnswer(answer.body(), 0, answer.headers().firstValueAsLong("Content-Length"), source));
        }
        Matcher part = PART.matcher(answer.headers().firstValue("Content-Range").orElse(""));
        if (answer.statusCode() != PARTIAL || !part.matches()) {
            return Optional.empty();
        }
        OptionalLong size =
                part.group(2).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(part.group(2)));
        return Optional.of(new ByteAnswer(answer.body(), Long.parseLong(part.group(1)), size, source));
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
