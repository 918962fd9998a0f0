package holdfast.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.api.rucio.wire.RucioServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private final Tomcat tomcat = new Tomcat();

    /** Lets in who shows "good"; an account that may not is answered as Rucio answers it. */
    private static final class Behind extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (!"good".equals(request.getHeader("X-Rucio-Auth-Token"))) {
                response.reset();
                response.setStatus(401);
                return;
            }
            request.setAttribute(RucioServlet.ACCOUNT, "anna");
            if (request.getRequestURI().endsWith("/forbidden")) {
                response.setStatus(401);
            }
            if (request.getRequestURI().endsWith("/bytes")) {
                request.setAttribute(RucioServlet.NOTE, "bytes");
            }
            response.getOutputStream().print("ok");
        }
    }

    @BeforeEach
    void begin() throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        serve("", FrontEnds.NONE, "access");
        serve("/behind", new FrontEnds(Set.of("127.0.0.1", "192.0.2.7")), "access-behind");
        tomcat.start();
    }

    private void serve(String path, FrontEnds frontEnds, String log) {
        Context context = tomcat.addContext(path, folder.toString());
        Tomcat.addServlet(context, RucioServlet.NAME, new Behind());
        context.addServletMappingDecoded("/*", RucioServlet.NAME);
        FilterDef edge = new FilterDef();
        edge.setFilterName("edge");
        edge.setFilter(
                new Edge(new Edge.Rates(1, 4, 1, 6, 1, 3), frontEnds, new DeniedLog(folder.resolve(log), () -> NOW)));
        context.addFilterDef(edge);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("edge");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
    }

    @AfterEach
    void end() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path))
                        .header("X-Rucio-Auth-Token", token)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> guess(String path, String forwarded) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path))
                        .header("X-Rucio-Auth-Token", "guess" + forwarded)
                        .header("X-Forwarded-For", forwarded)
                        .header("Forwarded", "for=" + forwarded)
                        .build(),
                BodyHandlers.ofString());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("access/2026-11-23.jsonl"));
    }

    @Test
    void whoGuessesWaitsAndWhoIsKnownDoesNot() throws Exception {
        assertThat(get("/a", "good").statusCode()).isEqualTo(200);
        for (int i = 0; i < 4; i++) {
            assertThat(get("/a", "guess" + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> waits = get("/a", "guess");
        assertThat(waits.statusCode()).isEqualTo(429);
        assertThat(waits.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(get("/a", "good").statusCode()).as("of the same network").isEqualTo(200);
    }

    @Test
    void whoAsksTooOftenWaits() throws Exception {
        int passed = 0;
        while (get("/a", "good").statusCode() == 200) {
            passed++;
        }
        assertThat(passed).isBetween(6, 8);
    }

    @Test
    void anAccountThatMayNotIsNoGuesser() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(get("/forbidden", "good").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void everyAnswerIsStrictAnErrorToo() throws Exception {
        for (String token : List.of("good", "guess")) {
            HttpResponse<String> answer = get("/a", token);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void whatWasDeniedAndWhatWasReadIsWrittenDown() throws Exception {
        get("/a", "good");
        get("/forbidden", "good");
        get("/b", "guess");
        get("/bytes", "good");
        assertThat(lines())
                .containsExactly(
                        "{\"at\":\"2026-11-23T12:00:00Z\",\"from\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/forbidden\",\"status\":401,\"who\":\"anna\",\"why\":\"\"}",
                        "{\"at\":\"2026-11-23T12:00:00Z\",\"from\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/b\",\"status\":401,\"who\":\"\",\"why\":\"\"}",
                        "{\"at\":\"2026-11-23T12:00:00Z\",\"from\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/bytes\",\"status\":200,\"who\":\"anna\",\"why\":\"bytes\"}");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("access/2026-11-23.jsonl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsOlderThanFourHundredDaysGoes() throws Exception {
        Files.createDirectories(folder.resolve("access"));
        Files.writeString(folder.resolve("access/2025-10-01.jsonl"), "old\n");
        Files.writeString(folder.resolve("access/2025-11-01.jsonl"), "young enough\n");
        Files.writeString(folder.resolve("access/notes.txt"), "somebody's\n");
        get("/a", "guess");
        try (var files = Files.list(folder.resolve("access"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("2025-11-01.jsonl", "2026-11-23.jsonl", "notes.txt");
        }
    }

    @Test
    void anAddressThatNobodyVouchesForGivesNoNewLimit() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(guess("/a", "198.51.100." + i).statusCode()).isEqualTo(401);
        }
        assertThat(guess("/a", "198.51.100.9").statusCode()).isEqualTo(429);
        assertThat(lines()).allMatch(line -> line.contains("\"from\":\"127.0.0.1\""));
    }

    @Test
    void clientsOfANamedFrontEndAreNetworksOfTheirOwn() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(guess("/behind/a", "198.51.100.1").statusCode()).isEqualTo(401);
        }
        assertThat(guess("/behind/a", "198.51.100.1").statusCode()).isEqualTo(429);
        assertThat(guess("/behind/a", "198.51.100.2").statusCode()).isEqualTo(401);
        assertThat(Files.readAllLines(folder.resolve("access-behind/2026-11-23.jsonl")))
                .last()
                .asString()
                .contains("\"from\":\"198.51.100.2\"");
    }

    @Test
    void whatAClientWroteBeforeItsFrontEndIsNotBelieved() throws Exception {
        for (int i = 0; i < 4; i++) {
            // Through both front ends; the first word is the client's own.
            assertThat(guess("/behind/a", "203.0.113." + i + ", 198.51.100.3, 192.0.2.7")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(guess("/behind/a", "203.0.113.9, 198.51.100.3,192.0.2.7").statusCode())
                .isEqualTo(429);
        assertThat(guess("/behind/a", "no-address").statusCode())
                .as("of the front end")
                .isEqualTo(401);
    }

    @Test
    void oneNetworkBeginsSoManyLoginsAtAnIssuer() throws Exception {
        for (String path : List.of("lab", "lab", "gone")) {
            assertThat(get("/oauth2/authorization/" + path, "good").statusCode())
                    .isEqualTo(200);
        }
        assertThat(get("/oauth2/authorization/lab", "good").statusCode()).isEqualTo(429);
        assertThat(get("/oauth2/%61uthorization/lab", "good").statusCode())
                .as("written otherwise")
                .isEqualTo(429);
        assertThat(get("/a", "good").statusCode()).as("everything else").isEqualTo(200);
        assertThat(guess("/behind/oauth2/authorization/lab", "198.51.100.4").statusCode())
                .as("of another network")
                .isEqualTo(401);
    }
}
