package holdfast.cli.adopt;

import holdfast.formats.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The line to a Rucio server. It can ask and cannot change anything there: GET, and those POSTs that only ask for more
 * than an address can hold.
 */
final class RucioWire {
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int SHOWN = 200;

    private final URI url;
    private final HttpClient client;
    private final Admission admission;

    /** The POSTs that change nothing. */
    enum Question {
        REPLICAS("/replicas/list"),
        METADATA("/dids/bulkmeta"),
        LOCKS("/locks/bulk_locks_for_dids");

        private final String path;

        Question(String path) {
            this.path = path;
        }

        /** How it is told where something is wrong with its answer. */
        String call() {
            return "POST " + path;
        }
    }

    /** @param url without a slash at its end */
    RucioWire(URI url, HttpClient client, Login login) {
        this.url = url;
        this.client = client;
        this.admission = new Admission(url, client, login);
    }

    /** A path of segments, each escaped: a slash in a name must not part it. */
    static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(escaped(segment));
        }
        return path.toString();
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A whole answer. */
    String get(String path) {
        return whole("GET " + path, request(path).GET());
    }

    /** The lines of an answer, to be closed; a stream that breaks off is a {@link NoSource}. */
    AnswerLines lines(String path) {
        String call = "GET " + url + path;
        return new AnswerLines(
                call,
                new BufferedReader(
                        new InputStreamReader(open(call, request(path).GET()), StandardCharsets.UTF_8)));
    }

    /** The lines of an answer to a question that changes nothing. */
    List<String> ask(Question question, Object body) {
        String answer = whole(question.call(), request(question.path).POST(BodyPublishers.ofString(Json.line(body))));
        return new ArrayList<>(answer.lines().filter(line -> !line.isBlank()).toList());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "*/*");
    }

    /** Read whole, it can be asked again when the line breaks within the answer. */
    private String whole(String call, HttpRequest.Builder request) {
        for (int i = 1; ; i++) {
            try (InputStream in = open(call, request)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                if (i == TRIES) {
                    throw brokenOff(call, broken);
                }
            }
        }
    }

    static NoSource brokenOff(String call, IOException why) {
        return new NoSource(
                "the answer of " + call + " broke off (" + why.getMessage()
                        + "); look whether that server runs, then run" + " this again",
                why);
    }

    private InputStream open(String call, HttpRequest.Builder request) {
        Duration pause = FIRST_PAUSE;
        boolean renewed = false;
        for (int i = 1; ; i++) {
            String token = admission.token();
            HttpResponse<InputStream> answer = Admission.send(
                    client, request.setHeader("X-Rucio-Auth-Token", token).build(), url);
            int status = answer.statusCode();
            if (status == 200) {
                return answer.body();
            }
            String said = shortened(answer.body());
            if (status == 401 && !renewed) {
                renewed = true;
                admission.renew(token);
            } else if (status >= 502 && status <= 504 && i < TRIES) {
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.multipliedBy(2);
            } else {
                throw new Refusal(
                        status,
                        call + " at " + url + " answers " + status + ": " + said + "; "
                                + (status == 401 || status == 403
                                        ? "take an account that may read everything there"
                                        : "look into that server's log"));
            }
        }
    }

    /** An answer that is no success. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static String shortened(InputStream body) {
        try (body) {
            String text = new String(body.readNBytes(SHOWN + 1), StandardCharsets.UTF_8).strip();
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ...";
        } catch (IOException broken) {
            return "(and breaks off)";
        }
    }
}
