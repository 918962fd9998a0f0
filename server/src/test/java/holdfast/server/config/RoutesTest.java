package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.routes.RouteTable;
import holdfast.server.routes.Who;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The table of the house's own routes, walked through its interface by everybody who can be told apart. */
class RoutesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ROOT = "root";
    private static final String MEMBER = "member";
    private static final String OPERATOR = "operator";
    private static final String OUTSIDER = "outsider";
    private static final String NOBODY = "nobody";

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    @BeforeAll
    static void begin() throws Exception {
        server = new RucioServer(folder);
        TOKENS.put(ROOT, server.secret());
        person(MEMBER, "USER");
        person(OPERATOR, "USER");
        person(OUTSIDER, "SERVICE");
        call("/accounts/operator/attr/operator", "{\"key\": \"operator\", \"value\": \"True\"}");
        TOKENS.put(NOBODY, "never-given");
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    private static void person(String account, String type) {
        call("/accounts/" + account, "{\"type\": \"%s\", \"email\": \"\"}".formatted(type));
        call(
                "/accounts/" + account + "/identities",
                "{\"identity\": \"%s\", \"authtype\": \"USERPASS\", \"email\": \"\", \"password\": \"a-long-one-of-%s\"}"
                        .formatted(account, account));
        TOKENS.put(account, server.token(account, account, "a-long-one-of-" + account));
    }

    private static void call(String path, String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(201);
    }

    @Test
    void everyRouteHasOneRowAndEveryRowARoute() {
        RequestMappingHandlerMapping mapped =
                server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Set<String> routes = new TreeSet<>();
        for (RequestMappingInfo info : mapped.getHandlerMethods().keySet()) {
            Set<String> methods = new TreeSet<>();
            info.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
            for (String path : info.getPatternValues()) {
                (methods.isEmpty() ? Set.of("*") : methods).forEach(method -> routes.add(method + " " + path));
            }
        }
        List<String> rows = RouteTable.ours().rows().stream()
                .map(row -> row.method() + " " + row.path().getPatternString())
                .toList();
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyRowIsKeptForEveryRole() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.ours().rows()) {
            for (String role : TOKENS.keySet()) {
                boolean may = may(row.who(), role);
                if (!may || isHarmless(row)) {
                    HttpResponse<String> answer = ask(row, role);
                    boolean denied = answer.statusCode() == (role.equals(NOBODY) && !isForm(row) ? 401 : 403);
                    if (denied == may) {
                        wrong.add(role + " " + row.method() + " " + row.path() + ": " + answer.statusCode());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean may(Who who, String role) {
        return switch (who) {
            case Who.Anybody _ -> true;
            case Who.WithAccount _ -> !role.equals(NOBODY);
            case Who.Members _ -> Set.of(ROOT, MEMBER, OPERATOR).contains(role);
            case Who.WithArea _ -> Set.of(ROOT, OPERATOR).contains(role);
            // Some scopes have no level in this plan, and so are hidden from members.
            case Who.Whole _ -> role.equals(ROOT);
            case Who.Eraser _ -> false;
            case Who.Custodians _ -> role.equals(ROOT);
        };
    }

    /** What is asked of those who may: reading, but for what costs much. Doing has tests of its own. */
    private static boolean isHarmless(RouteTable.Row row) {
        return !row.method().equals("POST");
    }

    /** A form of a page, which is asked for its token before anybody is asked who they are. */
    private static boolean isForm(RouteTable.Row row) {
        String path = row.path().getPatternString();
        return row.method().equals("POST") && !path.startsWith("/api/") && !path.startsWith("/holdfast/");
    }

    private static HttpResponse<String> ask(RouteTable.Row row, String role) throws Exception {
        String path = row.path()
                .getPatternString()
                .replace("/**", "/nowhere")
                .replace("{clause}", "P-22")
                .replaceAll("\\{[a-z]+}", "00000000-0000-0000-0000-000000000000");
        return send(
                row.method().equals("*") ? "GET" : row.method(),
                path + (path.endsWith("/files") ? "?did=raw:/nothing" : ""),
                TOKENS.get(role));
    }

    private static HttpResponse<String> send(String method, String path, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + token);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aRefusalIsTheSameWhateverThereIs() throws Exception {
        HttpResponse<String> there = send("GET", "/api/verdicts/P-22", TOKENS.get(OUTSIDER));
        HttpResponse<String> not = send("GET", "/api/verdicts/P-99", TOKENS.get(OUTSIDER));
        assertThat(there.statusCode()).isEqualTo(403);
        assertThat(not.body()).isEqualTo(there.body());
    }

    @Test
    void whatIsRecordedNamesTheAccountThatAsked() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/downtimes"))
                .header("Authorization", "Bearer " + TOKENS.get(OPERATOR))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"site\": \"near\", \"from\": \"2030-01-01T00:00:00Z\", \"until\":"
                        + " \"2030-01-02T00:00:00Z\", \"reason\": \"pumps\"}"))
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        String actor = server.house().database.read(connection -> {
            try (var select = connection.prepareStatement("select actor from journal_entry order by id desc limit 1");
                    var found = select.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        });
        assertThat(actor).isEqualTo(OPERATOR);
    }
}
