package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.routes.RouteTable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What nobody should send to the house's own routes, sent by the one who may call them all: an answer that says what was wrong. */
class OwnBadInputTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> QUERIES = List.of(
            "limit=-1",
            "limit=0",
            "limit=99999999999",
            "limit=x",
            "named=-1",
            "named=1e9",
            "after=%00",
            "after=raw:/a%00b",
            "after=x",
            "from=-1",
            "from=9223372036854775808",
            "at=%2B1000000000-12-31T23:59:59Z",
            "at=x",
            "since=-1000000000-01-01T00:00:00Z",
            "since=",
            "said=%2B1000000000-12-31T23:59:59Z",
            "element=%00&label=%00",
            "element=near&label=" + "a".repeat(3_000),
            "source=%00",
            "source=" + "a".repeat(3_000),
            "period=%00",
            "period=" + "9".repeat(300) + "-Q1",
            "did=%00",
            "did=raw:/%00",
            "did=raw:/" + "a".repeat(3_000),
            "all=perhaps",
            "class=%00",
            "scrubDays=NaN");

    private static final List<String> BODIES = List.of(
            "{}",
            "[]",
            "[null]",
            "[{}]",
            "null",
            "",
            "7",
            "{\"site\": \"near\", \"from\": \"+1000000000-12-31T23:59:59Z\", \"until\": \"+1000000000-12-31T23:59:59Z\","
                    + " \"reason\": \"r\"}",
            "{\"site\": \"near\", \"from\": \"2030-01-01T00:00:00Z\", \"until\": \"2030-01-02T00:00:00Z\","
                    + " \"reason\": \"a\\u0000b\"}",
            "{\"site\": \"near\", \"from\": \"2030-01-01T00:00:00Z\", \"until\": \"2030-01-02T00:00:00Z\","
                    + " \"reason\": \"a\\ud800b\"}",
            "{\"site\": null, \"from\": null, \"until\": null, \"reason\": null}",
            "{\"element\": \"\\u0000\"}",
            "{\"from\": [null]}",
            "{\"from\": [\"\\u0000\"]}",
            "{\"name\": \"somebody\"}",
            "{\"name\": \"somebody\", \"key\": \"\\u0000\"}",
            "{\"name\": \"\\u0000\", \"key\": \"x\"}",
            "{\"text\": \"\\u0000\", \"reason\": \"\\u0000\", \"by\": \"x\"}",
            "{\"text\": \"release\"}",
            "{\"clause\": \"P-22\", \"subjects\": null, \"owner\": \"o\", \"reason\": \"r\", \"until\": null}",
            "{\"clause\": \"P-22\", \"subjects\": [null], \"owner\": \"o\", \"reason\": \"r\", \"until\":"
                    + " \"2030-01-01T00:00:00Z\"}",
            "{\"plan\": \"\\u0000\"}",
            "{\"plan\": null, \"digest\": \"\\u0000\"}",
            "{\"by\": \"\\u0000\"}",
            "{\"signer\": \"x\", \"signature\": \"\\u0000\"}",
            "{\"signer\": \"x\"}",
            "{\"scopes\": null}",
            "{\"scopes\": [null]}",
            "{\"files\": [null]}",
            "{\"files\": [{}]}",
            "{\"files\": [{\"scope\": \"s\", \"name\": \"\\u0000\", \"bytes\": -1}]}",
            "{\"collections\": [{}]}",
            "{\"contents\": [{}]}",
            "{\"rules\": [{}]}",
            "{\"locks\": [{}]}",
            "[{\"name\": \"\\u0000\", \"scope\": \"\\u0000\"}]",
            "[{\"scope\": \"raw\"}]",
            "{\"copies\": null}",
            "{\"did\": \"raw:/x\", \"storage\": \"\\u0000\"}");

    @TempDir
    static Path folder;

    private static RucioServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = new RucioServer(folder);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + server.secret());
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String path(RouteTable.Row row, String value) {
        return row.path().getPatternString().replace("/**", "/nowhere").replaceAll("\\{[a-z]+}", value);
    }

    @Test
    void noRouteFailsOverWhatIsSentToIt() throws Exception {
        List<String> failed = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.ours().rows()) {
            if (row.method().equals("GET")) {
                for (String value : List.of("P-22", "%20", "a".repeat(3_000), "%F0%9F%98%80")) {
                    note(failed, "GET", path(row, value), "");
                }
                for (String query : QUERIES) {
                    note(failed, "GET", path(row, "P-22") + "?" + query, "");
                }
            } else if (row.method().equals("POST")
                    && !row.path().getPatternString().endsWith("/rotate")) {
                for (String body : BODIES) {
                    note(failed, "POST", path(row, "00000000-0000-0000-0000-000000000000"), body);
                }
                for (String query : QUERIES) {
                    note(failed, "POST", path(row, "P-22") + "?" + query, "{}");
                }
            }
        }
        assertThat(failed).isEmpty();
    }

    /** Method, path, body (with ' for "), and a part of what is said: which argument it is, and what is allowed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET | /api/verdicts/P-22/failing?limit=-1 | | limit is -1; give a number from 1 to 10000",
                "GET | /api/verdicts/P-22/failing?limit=0 | | limit is 0; give a number from 1 to 10000",
                "GET | /api/verdicts/P-22/failing?limit=10001 | | limit is 10001; give a number from 1 to 10000",
                "GET | /api/verdicts/P-22/failing?limit=99999999999 | | limit is '99999999999'; give a whole number",
                "GET | /api/verdicts/P-22/failing?limit=5&after=raw:/a%00 | | after has a character U+0000",
                "GET | /api/verdicts?named=-1 | | named is -1; give a number from 0 to 10000",
                "GET | /api/verdicts/PPPPPPPPPPPP-22 | | is not a capital letter, a dash and a number, such as P-26",
                "GET | /api/members?at=x | | at is 'x'; give a moment of the years 1 to 9999",
                "GET | /api/shift?since=-1000000000-01-01T00:00:00Z | | give a moment of the years 1 to 9999",
                "GET | /api/shift | | since is missing",
                "GET | /api/acts/7x | | id is '7x'; give an id such as",
                "POST | /api/signers | {'name': 'somebody'} | key is missing, or null; give it",
                "POST | /api/signers | {'name': null, 'key': 'x'} | name is missing, or null; give it",
                "POST | /api/signers | [] | the body is not what this route takes",
                "POST | /api/ingest/known | [{'name': 'a'}, {}] | [1].name is missing, or null; give it",
                "POST | /api/ingest/known | [null] | [0] is missing, or null; give it",
                "POST | /api/ingest/pack | {} | the pack ends before the length of a text",
                "POST | /api/downtimes | {'site': 'near', 'from': '2030-01-01T00:00:00Z', 'until':"
                        + " '2030-01-02T00:00:00Z', 'reason': '\\u0000'} | reason has a character U+0000",
                "POST | /api/downtimes | {'site': 'near', 'from': '+10000-01-01T00:00:00Z', 'until':"
                        + " '+10000-01-02T00:00:00Z', 'reason': 'r'} | give a moment of the years 1 to 9999",
                "POST | /api/alarms/trial | {} | by is missing, or null; give it",
                "POST | /api/plan/check | {} | plan is missing, or null; give it",
                "POST | /holdfast/v1/adoption/files | {'files': [{'scope': 's', 'name': 'n', 'metadata': {'a': ['\\u0000']}}]} |"
                        + " files[0].metadata.a has a character U+0000",
                "POST | /holdfast/v1/adoption/files | {'files': [{}]} | files[0].scope is missing, or null; give it"
            })
    void whatIsWrongIsNamedWithWhatIsAllowed(String method, String path, @Nullable String body, String said)
            throws Exception {
        HttpResponse<String> answer = send(method, path, body == null ? "" : body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("message").asString()).contains(said);
    }

    @Test
    void whatIsWrongIsSaidToWhoAcceptsNoJsonToo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/verdicts/PPP/failing"))
                .header("Authorization", "Bearer " + server.secret())
                .header("Accept", "application/x-json-stream")
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).contains("clause 'PPP' is not");
    }

    private static void note(List<String> failed, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() >= 500) {
            failed.add(method + " " + path + " " + body + "\n  " + answer.statusCode() + " " + answer.body());
        }
    }
}
