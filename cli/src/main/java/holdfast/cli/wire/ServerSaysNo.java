package holdfast.cli.wire;

import holdfast.formats.Json;
import holdfast.formats.Result.BadFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server understood and does not do it, or does not know whether it did: its own words, for the prompt. */
public final class ServerSaysNo extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 300;

    private final int status;
    private final String code;
    private final String body;

    private ServerSaysNo(int status, String code, String message, String body) {
        super(message);
        this.status = status;
        this.code = code;
        this.body = body;
    }

    /** The body of an answer that is no success. */
    private record Problem(
            @Nullable String error,
            @Nullable String acts,
            @Nullable String message) {}

    static ServerSaysNo from(int status, String route, String body) {
        Optional<Problem> problem = read(body);
        String message = problem.map(Problem::message)
                .orElseGet(() -> "the server answered " + route + " with HTTP " + status
                        + (isNoWord(body) ? "; is it a Holdfast of this version?" : ": " + shortened(body)));
        String code = problem.map(Problem::error).orElse("HTTP_" + status);
        return new ServerSaysNo(status, code, message, body);
    }

    /** A refusal whose words came beside its body. */
    static ServerSaysNo saying(int status, String message, String body) {
        return new ServerSaysNo(status, "HTTP_" + status, message, body);
    }

    private static Optional<Problem> read(String body) {
        try {
            return Optional.of(Json.read(body, Problem.class)).filter(p -> p.message() != null);
        } catch (BadFile notOurs) {
            return Optional.empty();
        }
    }

    /** Pages are for browsers; what they say in one line the status says too. */
    private static boolean isNoWord(String body) {
        return body.isBlank() || body.stripLeading().startsWith("<");
    }

    private static String shortened(String body) {
        return body.length() <= SHOWN ? body : body.substring(0, SHOWN) + " ...";
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The server's code, such as {@code REFUSED}; {@code HTTP_502} where somebody else answered. */
    public String code() {
        return code;
    }

    /** The body as it came. */
    public String body() {
        return body;
    }
}
