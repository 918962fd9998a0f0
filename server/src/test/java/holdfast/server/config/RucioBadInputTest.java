package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.api.rucio.wire.Endpoint;
import holdfast.server.api.rucio.wire.Endpoint.BodyKind;
import holdfast.server.api.rucio.wire.Route;
import holdfast.server.api.rucio.wire.Support;
import holdfast.server.api.rucio.wire.Verb;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent to whichever endpoint: an error that the client understands, never a defect, and nothing is stored. */
class RucioBadInputTest {
    private static final byte[] NOTHING = {};
    private static final int MEGABYTES_10 = 10 << 20;

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static List<Route> routes;

    /** Nothing of what clients say: tokens, and words that were given a number and stand in no row. */
    private static final Set<String> NO_STORE = Set.of("token", "ssh_challenge", "lease", "word");

    private static String count;
    private static Map<String, String> last;

    @BeforeAll
    static void open() throws Exception {
        server = new RucioServer(folder);
        routes = server.book().routes();
        count = count();
        last = stored();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    /** What no handler may take for anything. */
    private static Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("nothing", NOTHING);
        broken.put("truncated", bytes("{\"rse\": \"X\", \"files\": [{\"scope\": \"a\""));
        broken.put("trailing", bytes("{} {}"));
        broken.put("a number", bytes("17"));
        broken.put("a text", bytes("\"text\""));
        broken.put("null", bytes("null"));
        broken.put("no JSON", bytes("rse=X&files=[]"));
        broken.put("a byte order mark", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'});
        broken.put("invalid UTF-8", new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'});
        broken.put("UTF-16", "{\"rse\":\"X\"}".getBytes(StandardCharsets.UTF_16LE));
        broken.put("half a surrogate pair", bytes("{\"rse\": \"\\ud800\"}"));
        broken.put("a null character", bytes("{\"rse\": \"a\\u0000b\"}"));
        broken.put("deep", bytes("{\"dids\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
        broken.put("a name of 10 MB", bytes("{\"rse\": \"" + "x".repeat(MEGABYTES_10) + "\"}"));
        broken.put("a key of 10 MB", bytes("{\"" + "x".repeat(MEGABYTES_10) + "\": 1}"));
        broken.put("a number of 10,000 digits", bytes("{\"bytes\": " + "9".repeat(10_000) + "}"));
        return broken;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String path(Endpoint endpoint) {
        return endpoint.template().toString().replaceAll("\\{[a-z_]+}", "xx");
    }

    private static HttpResponse<String> send(Endpoint endpoint, String path, byte[] body) {
        return server.send(server.at(path)
                .method(
                        endpoint.verb().name(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("X-Rucio-Auth-Token", server.token())
                .build());
    }

    /** What is wrong with an answer: a defect, or an error behind which something was stored all the same. */
    private static void judge(List<String> wrong, String what, Endpoint endpoint, HttpResponse<String> answer) {
        collect(wrong, what, answer);
        if (endpoint.verb() != Verb.GET) {
            Map<String, String> now = stored();
            if (answer.statusCode() >= 400 && !now.equals(last)) {
                Map<String, String> changed = new LinkedHashMap<>(now);
                changed.entrySet().removeAll(last.entrySet());
                wrong.add(what.substring(0, Math.min(200, what.length())) + ": stored in " + changed.keySet()
                        + ", and said " + told(answer));
            }
            last = now;
        }
    }

    @Test
    void aBrokenBodyIsRefusedByEveryEndpointThatReadsOneAndNothingIsStored() {
        Map<String, String> before = stored();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, byte[]> body : broken().entrySet()) {
            for (Route route : routes) {
                boolean optional = body.getKey().equals("nothing") && route.support() != Support.NOT_YET;
                if (route.endpoint().body() != BodyKind.NONE && route.endpoint().verb() != Verb.GET && !optional) {
                    HttpResponse<String> answer = send(route.endpoint(), path(route.endpoint()), body.getValue());
                    if (!isRefusal(answer)) {
                        wrong.add(body.getKey() + " to " + route.endpoint().key() + ": " + told(answer));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    /** What the other promises rest on. */
    @Test
    void whatIsStoredIsSeen() {
        Map<String, String> before = stored();
        server.house().scopes.add(Writer.whole(AccountName.ROOT), new Scope("seen"), AccountName.ROOT);
        assertThat(stored()).isNotEqualTo(before);
        last = stored();
    }

    /** Bodies of the right kind with wrong things in them; an endpoint that needs none of these may answer. */
    @Test
    void wrongKindsAndUnknownKeysAreNeverADefectAndWhatIsRefusedIsNotStored() {
        List<String> wrong = new ArrayList<>();
        for (String value : List.of(
                "17",
                "\"x\"",
                "null",
                "true",
                "[]",
                "[17]",
                "[{}]",
                "{}",
                "{\"a\": {}}",
                "-1",
                "1e999",
                "9223372036854775808")) {
            for (Route route : routes) {
                Endpoint endpoint = route.endpoint();
                byte[] body = bytes(endpoint.body() == BodyKind.LIST ? "[" + everyKey(value) + "]" : everyKey(value));
                if (endpoint.body() != BodyKind.NONE) {
                    judge(wrong, value + " to " + endpoint.key(), endpoint, send(endpoint, path(endpoint), body));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String everyKey(String value) {
        StringBuilder object = new StringBuilder("{\"nobodyKnows\": 1");
        for (String key : List.of(
                "rse",
                "files",
                "dids",
                "type",
                "email",
                "value",
                "bytes",
                "identity",
                "authtype",
                "options",
                "copies",
                "rse_expression",
                "account",
                "meta",
                "attachments",
                "lfns",
                "pfns",
                "replicas",
                "scope",
                "name",
                "state",
                "filter",
                "replication_rules",
                "lifetime",
                "comments",
                "availability",
                "distance",
                "prefix",
                "domains",
                "hostname",
                "port",
                "open",
                "statuses",
                "rules",
                "pattern",
                "expires_at",
                "max_transfers",
                "activity",
                "rses",
                "distances",
                "key_type",
                "input_scope",
                "input_name",
                "output_scope",
                "output_name",
                "nbfiles",
                "executable",
                "pid",
                "schemes",
                "sort",
                "limit",
                "locked",
                "weight",
                "grouping",
                "priority",
                "default")) {
            object.append(", \"").append(key).append("\": ").append(value);
        }
        return object.append('}').toString();
    }

    @Test
    void strangeNamesInTheAddressAreNeverADefectAndWhatIsRefusedIsNotStored() {
        List<String> wrong = new ArrayList<>();
        for (String name : List.of(
                "%ff",
                "%c0%af",
                "%00",
                "%0a",
                "%E6%97%A5",
                "%F0%9F%98%80",
                "a%20b",
                "..",
                "%2E%2E",
                "'",
                "%27%3B--",
                "%22",
                "%5C",
                "x".repeat(251),
                "x".repeat(7_000),
                "%25",
                "*",
                "%7B%7D")) {
            for (Route route : routes) {
                Endpoint endpoint = route.endpoint();
                if (!endpoint.template().variables().isEmpty()) {
                    String path = endpoint.template().toString().replaceAll("\\{[a-z_]+}", name);
                    judge(wrong, endpoint.verb() + " " + path, endpoint, send(endpoint, path, NOTHING));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void strangeQueriesAreNeverADefectAndWhatIsRefusedIsNotStored() {
        List<String> wrong = new ArrayList<>();
        for (String query : List.of(
                "?x=%ff",
                "?&&=&=&",
                "?long&limit=x&type=%00",
                "?filters=%5B%7B",
                "?filters=x&limit=-1&type=1&recursive=perhaps",
                "?expression=((&rse=*&state=Z&did_type=q&offset=x&created_after=never&name=%2F&bidirectional=2&deep=7")) {
            for (Route route : routes) {
                Endpoint endpoint = route.endpoint();
                judge(wrong, endpoint.key() + query, endpoint, send(endpoint, path(endpoint) + query, NOTHING));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void collect(List<String> wrong, String what, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500 && answer.statusCode() != 501) {
            wrong.add(what.substring(0, Math.min(200, what.length())) + ": " + told(answer));
        }
    }

    /** An error of the client's making that the client can read, or "not built yet". */
    private static boolean isRefusal(HttpResponse<String> answer) {
        boolean told = answer.headers().firstValue("ExceptionClass").isPresent();
        return told && (answer.statusCode() >= 400 && answer.statusCode() < 500 || answer.statusCode() == 501);
    }

    private static String told(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + answer.body().substring(0, Math.min(200, answer.body().length()));
    }

    /** How many rows each table has, and which transactions wrote them: any change of any row changes that. */
    private static Map<String, String> stored() {
        return server.house().database.read(connection -> {
            Map<String, String> rows = new LinkedHashMap<>();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery(count)) {
                while (row.next()) {
                    rows.put(row.getString(1), row.getString(2));
                }
            }
            return rows;
        });
    }

    private static String count() {
        return server.house().database.read(connection -> {
            List<String> tables = new ArrayList<>();
            try (Statement select = connection.createStatement();
                    ResultSet row =
                            select.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            assertThat(tables).containsAll(NO_STORE).contains("journal_entry", "document", "mark", "identity");
            tables.removeAll(NO_STORE);
            return tables.stream()
                    .map(table -> "select '%1$s', count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from %1$s"
                            .formatted(table))
                    .collect(Collectors.joining(" union all "));
        });
    }
}
