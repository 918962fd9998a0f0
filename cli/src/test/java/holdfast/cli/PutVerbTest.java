package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import holdfast.formats.Json;
import holdfast.vocabulary.Digest;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PutVerbTest {
    @TempDir
    Path work;

    private FakeServer server;
    private Prompt prompt;
    private volatile boolean mishears;
    private volatile CountDownLatch together = new CountDownLatch(0);
    private final List<String> names = java.util.Collections.synchronizedList(new ArrayList<>());

    record Asked(String name, String scope) {}

    record Header(String name, String scope, long size, String source) {}

    record Result(String name, String outcome, String did, Map<String, String> digests, List<Object> findings) {}

    record Results(List<Result> results) {}

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        prompt = new Prompt(server.url(), work);
        server.route("POST /api/ingest/known", exchange -> {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Asked asked : Json.read(FakeServer.body(exchange), Asked[].class)) {
                all.add(Map.of("name", asked.name(), "state", "NEW", "digests", Map.of(), "findings", List.of()));
            }
            return Json.write(all);
        });
        server.route("POST /api/ingest/pack", this::pack);
        server.whole("GET /rucio/auth/userpass", exchange -> {
            exchange.getResponseHeaders().set("X-Rucio-Auth-Token", "t-1");
            exchange.sendResponseHeaders(200, -1);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String pack(HttpExchange exchange) throws IOException {
        DataInputStream in = new DataInputStream(exchange.getRequestBody());
        List<Result> results = new ArrayList<>();
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            Header header = Json.read(text(in, length), Header.class);
            byte[] bytes = in.readNBytes((int) header.size());
            text(in, in.readInt());
            String measured = Digest.sha256(mishears ? new byte[] {7} : bytes).hex();
            String did = header.scope() + ":" + header.name();
            names.add(did);
            results.add(new Result(header.name(), "REGISTERED", did, Map.of("sha256", measured), List.of()));
        }
        together.countDown();
        try {
            assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return Json.write(new Results(results));
    }

    private static String text(DataInputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private Path file(String name, int size) throws IOException {
        return Files.write(Files.createDirectories(work.resolve("mine")).resolve(name), new byte[size]);
    }

    @Test
    void aNameIsThePrefixAndThePathBelowTheFolder() throws IOException {
        file("a.txt", 3);
        Path single = Files.writeString(work.resolve("single.txt"), "x");
        assertThat(prompt.run("put", work.resolve("mine").toString(), single.toString(), "--into", "user:/u/me"))
                .isZero();
        assertThat(names).containsExactlyInAnyOrder("user:/u/me/a.txt", "user:/u/me/single.txt");
        assertThat(prompt.out()).contains("as user:/u/me/a.txt", "2 put, 0 there already");
    }

    @Test
    void twoFilesOfOneNameAreNotMixedUp() throws IOException {
        file("a.txt", 3);
        Path other =
                Files.writeString(Files.createDirectories(work.resolve("other")).resolve("a.txt"), "other");
        int code = prompt.run("put", work.resolve("mine").toString(), other.toString(), "--into", "user");
        assertThat(code).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(names).containsExactly("user:a.txt");
        assertThat(prompt.out()).contains("NAME_REFUSED", "would have this name too", "1 put", "1 refused");
    }

    @Test
    void whatTheServerMeasuredIsComparedHere() throws IOException {
        mishears = true;
        assertThat(prompt.run("put", file("a.txt", 3).toString(), "--into", "user"))
                .isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("DIGEST_MISMATCH", "and the server measured", "0 put");
    }

    @Test
    void severalAreOnTheirWayAtATime() throws IOException {
        together = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            file("large-" + i, 5 << 20);
        }
        assertThat(prompt.run("put", work.resolve("mine").toString(), "--into", "user"))
                .isZero();
        assertThat(names).hasSize(4);
    }

    @Test
    void aDatasetThatRefusesThemIsSaidAndTheFilesStay() throws IOException {
        server.whole("GET /rucio/dids/user/set", exchange -> exchange.sendResponseHeaders(200, -1));
        server.whole("POST /rucio/dids/attachments", exchange -> {
            exchange.getResponseHeaders().set("ExceptionMessage", "the dataset is closed");
            exchange.sendResponseHeaders(409, -1);
        });
        assertThat(prompt.run("put", file("a.txt", 3).toString(), "--into", "user", "--dataset", "user:set"))
                .isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("dataset  user:set took none of them: the dataset is closed", "1 put");
    }

    @Test
    void wrongUseIsSaid() throws IOException {
        assertThat(prompt.run("put", file("a.txt", 3).toString())).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("--into");
        assertThat(prompt.run("put", work.resolve("nothing").toString(), "--into", "user"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("is not there");
        assertThat(prompt.run("put", file("a.txt", 3).toString(), "--into", "user", "--dataset", "set"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("--dataset", "scope:name");
    }
}
