package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets and containers as a client of Rucio's makes, fills and lists them. */
class DidsTest {
    private static final String SET = "/dids/raw/%2Flab%2Fsets%2Fone";
    private static final String ALL = "/dids/raw/%2Flab%2Fsets%2Fall";

    @TempDir
    Path folder;

    private RucioServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new RucioServer(folder);
        for (String name : new String[] {"a.dat", "b.dat", "c.dat"}) {
            var id = Laboratory.id("/lab/raw/run1/" + name);
            server.laboratory().send(id, Laboratory.bytes(id.name()));
        }
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @Test
    void aDatasetIsMadeFilledAndListed() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\"}"));
        created(server.call("POST", SET + "/dids", files("a.dat", "b.dat")));
        created(server.call("POST", ALL, "{\"type\": \"CONTAINER\", \"dids\": [" + did("/lab/sets/one") + "]}"));

        assertThat(server.get(SET).body())
                .isEqualTo("{\"scope\":\"raw\",\"name\":\"/lab/sets/one\",\"type\":\"DATASET\",\"account\":\"root\","
                        + "\"open\":true,\"monotonic\":false,\"expired_at\":null,\"length\":null,\"bytes\":null}");
        assertThat(server.get(SET + "?dynamic_depth=FILE").body()).contains("\"length\":2");
        assertThat(server.get(SET + "/dids").body().lines()).hasSize(2).allMatch(l -> l.contains("\"type\":\"FILE\""));
        assertThat(server.get(ALL + "/files?long").body().lines())
                .hasSize(2)
                .allMatch(l -> l.contains("\"lumiblocknr\":null"));
        assertThat(server.get(ALL + "/dids").body()).contains("\"type\":\"DATASET\"");
        assertThat(server.get(SET + "/parents").body()).contains("/lab/sets/all");
        assertThat(server.get("/dids/raw/%2Flab%2Fraw%2Frun1%2Fa.dat/parents").body())
                .contains("/lab/sets/one");
        assertThat(server.call("DELETE", SET + "/dids", files("a.dat")).statusCode())
                .isEqualTo(200);
        assertThat(server.get(ALL + "/files").body().lines()).hasSize(1);
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsDone() {
        created(server.call("POST", SET, "{\"type\": \"DATASET\"}"));
        created(server.call("POST", ALL, "{\"type\": \"CONTAINER\"}"));
        created(server.call("POST", SET + "/dids", files("a.dat")));

        refused(server.call("POST", SET, "{\"type\": \"DATASET\"}"), 409, "DataIdentifierAlreadyExists");
        refused(server.call("POST", SET + "/dids", files("a.dat", "b.dat")), 409, "FileAlreadyExists");
        refused(server.call("POST", SET + "/dids", files("nofile")), 404, "DataIdentifierNotFound");
        refused(server.call("POST", ALL + "/dids", files("a.dat")), 409, "UnsupportedOperation");
        refused(
                server.call("POST", ALL + "/dids", "{\"dids\": [" + did("/lab/sets/all") + "]}"),
                409,
                "UnsupportedOperation");
        refused(server.call("DELETE", SET + "/dids", files("b.dat")), 404, "DataIdentifierNotFound");
        refused(server.get("/dids/raw/nope"), 404, "DataIdentifierNotFound");
        refused(server.call("POST", "/dids/raw/bad%20name!", "{\"type\": \"DATASET\"}"), 400, "InvalidObject");
        refused(
                server.call(
                        "POST",
                        SET + "/dids",
                        "{\"dids\":[{\"scope\":\"raw\",\"name\":\"/lab/raw/run1/b.dat\",\"bytes\":1}]}"),
                412,
                "FileConsistencyMismatch");
        assertThat(server.get(SET + "/files").body().lines()).hasSize(1);
    }

    private static String did(String name) {
        return "{\"scope\": \"raw\", \"name\": \"" + name + "\"}";
    }

    private static String files(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() ? "" : ", ").append(did("/lab/raw/run1/" + name));
        }
        return "{\"dids\": [" + text + "]}";
    }

    private static void created(HttpResponse<String> answer) {
        assertThat(answer.body()).isEqualTo("Created");
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private static void refused(HttpResponse<String> answer, int status, String kind) {
        assertThat(answer.body()).contains("\"ExceptionClass\":\"" + kind);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
