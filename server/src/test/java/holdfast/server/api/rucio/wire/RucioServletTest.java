package holdfast.server.api.rucio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.access.Viewer;
import holdfast.ingest.NamePattern;
import holdfast.ingest.NameSchema;
import holdfast.server.work.Bustle;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The servlet by itself, with handlers that do what handlers may do. */
class RucioServletTest {
    private static final NameSchema SLASHED = new NameSchema(
            NameSchema.GENERIC.scope(),
            NameSchema.GENERIC.name(),
            NameSchema.GENERIC.account(),
            NameSchema.GENERIC.storage(),
            Optional.of(new NamePattern("/([^/]*)(/.*)")));
    private static final int MANY = 100_000;

    @TempDir
    static Path folder;

    private static Tomcat tomcat;

    private static final Subject SUBJECT = book -> book.supports(
                    "GET /rses/",
                    call -> Answer.lines(out -> {
                        long rows = call.query().number("rows").orElse(0);
                        for (long row = 0; row < rows; row++) {
                            out.begin().put("rse", "SITE-" + row).put("n", row).end();
                        }
                        if (call.query().flag("fail", false)) {
                            throw RucioError.notFound("RSENotFound", "no RSE");
                        }
                        if (call.query().flag("break", false)) {
                            throw new IllegalStateException("a defect");
                        }
                    }))
            .supports(
                    "GET /dids/{scope}/{name}",
                    call -> Answer.json(out -> out.begin()
                            .put("id", call.did())
                            .put("account", call.account())
                            .end()))
            .supports(
                    "POST /dids",
                    call -> Answer.created(String.valueOf(call.list().size())))
            .supports(
                    "DELETE /replicas/",
                    call -> Answer.created(call.parameters().text("rse")))
            .supports("POST /replicas/", RucioServletTest::count)
            .supports("GET /scopes/", call -> Answer.json(out -> out.value(new Scope("not a scope"))))
            .supports("PUT /config/{section}/{option}/{value}", call -> Answer.created(call.path("value")));

    private static Answer count(RucioCall call) {
        int names = 0;
        try (JsonParser parser = call.parser()) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                names +=
                        token == JsonToken.PROPERTY_NAME && parser.currentName().equals("name") ? 1 : 0;
            }
        }
        return Answer.created(Integer.toString(names));
    }

    @BeforeAll
    static void start() throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Tokens tokens = (token, wanted) -> Optional.of(new Caller(AccountName.ROOT, "x"));
        Tomcat.addServlet(
                context,
                "rucio",
                new RucioServlet(
                        RouteBook.of(List.of(SUBJECT)),
                        tokens,
                        _ -> new Eyes(new Viewer.Custodian(), Visible.EVERYTHING),
                        () -> SLASHED,
                        new Bustle()));
        context.addServletMappingDecoded("/rucio/*", "rucio");
        tomcat.getConnector().setEncodedSolidusHandling("passthrough");
        tomcat.start();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/rucio" + path))
                .method(method, BodyPublishers.ofString(body))
                .header("X-Rucio-Auth-Token", "t")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void aLongStreamComesWholeAndAShortOneSaysItsLength() throws Exception {
        HttpResponse<String> many = send("GET", "/rses/?rows=" + MANY, "");
        assertThat(many.body().lines()).hasSize(MANY);
        assertThat(many.body()).endsWith("\"n\":" + (MANY - 1) + "}\n");
        assertThat(many.headers().firstValue("Content-Type")).hasValue("application/x-json-stream");
        HttpResponse<String> none = send("GET", "/rses/", "");
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(none.headers().firstValue("Content-Length")).hasValue("0");
    }

    @Test
    void anErrorAfterTheFirstRowsIsStillAStatusAndALateOneBreaksOff() throws Exception {
        HttpResponse<String> early = send("GET", "/rses/?rows=3&fail", "");
        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(early.body()).isEqualTo("{\"ExceptionClass\":\"RSENotFound\",\"ExceptionMessage\":\"no RSE\"}");
        assertThat(early.headers().firstValue("ExceptionClass")).hasValue("RSENotFound");
        assertThatThrownBy(() -> send("GET", "/rses/?fail&rows=" + MANY, "")).isInstanceOf(IOException.class);
    }

    @Test
    void aDefectIsToldAsOne() throws Exception {
        HttpResponse<String> defect = send("GET", "/rses/?rows=1&break", "");
        assertThat(defect.statusCode()).isEqualTo(500);
        assertThat(defect.headers().firstValue("ExceptionClass")).hasValue("RucioException");
        assertThat(send("GET", "/scopes/", "").statusCode()).as("a bad word").isEqualTo(400);
    }

    @Test
    void namesArePartedAsThePolicySays() throws Exception {
        for (String path : List.of("/dids/mc/lab/x", "/dids/mc//lab/x", "/dids/mc/%2Flab%2Fx", "/dids/mc/%2Flab/x/")) {
            assertThat(send("GET", path, "").body()).as(path).isEqualTo("{\"id\":\"mc:/lab/x\",\"account\":\"root\"}");
        }
        assertThat(send("PUT", "/config/a/b/c%2Fd%3D1", "").body()).isEqualTo("c/d=1");
    }

    @Test
    void bodiesAreReadWhateverTheirTypeAndMethod() throws Exception {
        assertThat(send("DELETE", "/replicas", "{\"rse\": \"X=1&y\"}").body()).isEqualTo("X=1&y");
        assertThat(send("POST", "/dids", "[{}, {}]").body()).isEqualTo("2");
        HttpResponse<String> object = send("POST", "/dids", "{}");
        assertThat(object.body()).contains("TypeError", "body must be a json list");
        assertThat(send("DELETE", "/replicas", "[]").body()).contains("body must be a json dictionary");
        assertThat(send("DELETE", "/replicas", "").body()).contains("cannot decode json parameter dictionary");
    }

    @Test
    void aBigBodyIsParsedAsItStreams() throws Exception {
        StringBuilder body = new StringBuilder("{\"files\": [");
        for (int i = 0; i < 10_000; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"name\": \"")
                    .append("x".repeat(130))
                    .append("\"}");
        }
        assertThat(send("POST", "/replicas", body + "]}").body()).isEqualTo("10000");
        assertThat(send("POST", "/replicas", body.toString()).statusCode())
                .as("truncated")
                .isEqualTo(400);
    }

    @Test
    void aMessageOfManyLinesFitsAHeader() throws Exception {
        HttpResponse<String> answer = send("POST", "/dids/mc/x", "{}");
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(ErrorAnswer.of(RucioError.bad("X", "a\nb\u00e9" + "c".repeat(200)))
                        .headers())
                .containsEntry("ExceptionMessage", "a b?" + "c".repeat(121) + "...");
    }
}
