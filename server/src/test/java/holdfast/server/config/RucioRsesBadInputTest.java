package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.api.rucio.wire.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent about storage elements, the answer is Rucio's own: done, or an error that says what is wrong. */
class RucioRsesBadInputTest {
    private static final List<String> WORDS = List.of(
            "HOME-RAW", "ODD_A", "NOPE", "%00", "%2F", "%ED%A0%80", "a%20b", "-1", "99999999999", "x".repeat(400));
    private static final List<String> BODIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "7",
            "{\"value\":{}}",
            "{\"value\":null}",
            "{\"value\":\"\\u0000\"}",
            "{\"name\":\"\\ud800\",\"value\":1e400}",
            "{\"name\":7,\"value\":\"x\",\"distance\":\"far\",\"source\":[]}",
            "{\"distance\":-1,\"bidirectional\":\"perhaps\",\"source\":\"\",\"used\":1e30}",
            "{\"hostname\":\"\",\"port\":-5,\"impl\":\"\",\"domains\":[]}",
            "{\"hostname\":\"h\",\"port\":1,\"impl\":\"i\",\"domains\":{\"wan\":{\"read\":1.5}}}",
            "{\"hostname\":\"h\",\"port\":1,\"impl\":\"i\",\"prefix\":[],\"extended_attributes\":[1]}",
            "{\"availability\":\"all\",\"rse_type\":\"PAPER\"}",
            "{\"deterministic\":\"yes\",\"city\":{}}",
            "{\"rse_expression\":\"((\",\"max_transfers\":1}",
            "{\"rse_expression\":\"HOME-RAW\",\"max_transfers\":1e99}",
            "[".repeat(3_000));

    @TempDir
    private static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = new RucioServer(folder);
        server.call("POST", "/rses/ODD_A", "{}");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    static Stream<String> keys() throws Exception {
        // The table of routes is the same in every house.
        return server.book().routes().stream()
                .map(Route::endpoint)
                .map(endpoint -> endpoint.key())
                .filter(key ->
                        key.contains(" /rses/") || key.contains("transfer_limits") || key.contains("/redirect/"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void nothingThatIsSentEndsInAServerError(String key) {
        String method = key.substring(0, key.indexOf(' '));
        for (int i = 0; i < WORDS.size() * BODIES.size(); i += 7) {
            String word = WORDS.get(i % WORDS.size());
            String body = BODIES.get(i / WORDS.size());
            String path = key.substring(key.indexOf(' ') + 1)
                    .replaceFirst("\\{[a-z]+}", i % 3 == 0 ? "ODD_A" : word)
                    .replaceAll("\\{[a-z]+}", word);
            String query =
                    i % 2 == 0 ? "" : "?expression=%28&lfn=x&operation=" + word + "&domain=moon&source=%00&sort=no";
            if (method.equals("GET") && !body.isEmpty()) {
                break;
            }
            HttpResponse<String> answer = server.send(server.at(path + query)
                    .method(method, BodyPublishers.ofString(body))
                    .header("X-Rucio-Auth-Token", server.token())
                    .build());
            assertThat(answer.statusCode())
                    .as(method + " " + path + query + " " + body + " -> " + answer.body())
                    .isLessThan(500);
        }
    }
}
