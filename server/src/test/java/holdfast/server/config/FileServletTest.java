package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of files over a real socket. */
class FileServletTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static Laboratory lab;
    private static int next;

    @BeforeAll
    static void open() throws Exception {
        server = new RucioServer(folder);
        lab = server.laboratory();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    /** A file of so many bytes with copies at two elements. */
    private DataId kept(byte[] bytes) {
        DataId id = Laboratory.id("/runs/e1/file-" + next++ + ".root");
        lab.send(id, bytes);
        lab.rest();
        assertThat(lab.holding(id).copies()).hasSize(2);
        return id;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private HttpResponse<byte[]> get(DataId id, String what, String... headers) throws Exception {
        return ask("raw/" + id.name().replace("/", "%2F") + "/" + what, headers);
    }

    private HttpResponse<byte[]> ask(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/holdfast/v1/files/" + path));
        if (!List.of(headers).contains("X-Rucio-Auth-Token")) {
            request.header("Authorization", "Bearer " + server.secret());
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void theWholeFileComesWithItsLengthItsTagAndItsSource() throws Exception {
        byte[] bytes = random(700_001);
        DataId id = kept(bytes);
        HttpResponse<byte[]> whole = get(id, "bytes");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(header(whole, "Content-Length")).isEqualTo("700001");
        assertThat(header(whole, "ETag"))
                .isEqualTo("\"sha256-" + Digest.sha256(bytes).hex() + "\"");
        assertThat(header(whole, "Holdfast-Source")).isEqualTo("HOME-RAW");
    }

    @Test
    void slashesInNamesMayComeAsTheyAre() throws Exception {
        byte[] bytes = random(10);
        DataId id = kept(bytes);
        assertThat(ask("raw/" + id.name() + "/bytes").body()).isEqualTo(bytes);
    }

    @Test
    void aPartIsGivenAsItWasAskedFor() throws Exception {
        byte[] bytes = random(300_000);
        DataId id = kept(bytes);
        HttpResponse<byte[]> rest = get(id, "bytes", "Range", "bytes=200000-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(header(rest, "Content-Range")).isEqualTo("bytes 200000-299999/300000");
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 200_000, 300_000));
        assertThat(get(id, "bytes", "Range", "bytes=5-9").body()).isEqualTo(Arrays.copyOfRange(bytes, 5, 10));
        assertThat(get(id, "bytes", "Range", "bytes=-7").body()).isEqualTo(Arrays.copyOfRange(bytes, 299_993, 300_000));
        HttpResponse<byte[]> beyond = get(id, "bytes", "Range", "bytes=300000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */300000");
        assertThat(get(id, "bytes", "Range", "bytes=0-1,5-9").statusCode()).isEqualTo(200);
    }

    @Test
    void aPartOfOtherBytesIsTheWholeFileInstead() throws Exception {
        DataId id = kept(random(1_000));
        assertThat(get(id, "bytes", "Range", "bytes=10-", "If-Range", "\"sha256-other\"")
                        .statusCode())
                .isEqualTo(200);
        String tag = header(get(id, "bytes"), "ETag");
        assertThat(get(id, "bytes", "Range", "bytes=10-", "If-Range", tag).statusCode())
                .isEqualTo(206);
    }

    @Test
    void aCopyThatWasCutIsPassedOverForTheNextOne() throws Exception {
        byte[] bytes = random(5_000);
        DataId id = kept(bytes);
        cut(lab.copy(id, Laboratory.HOME).orElseThrow());
        HttpResponse<byte[]> answer = get(id, "bytes");
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(header(answer, "Holdfast-Source")).isEqualTo(other(id));
        HttpResponse<byte[]> none = get(id, "bytes?source=HOME-RAW");
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(text(none)).contains("UNAVAILABLE", "HOME-RAW: has 7 bytes there and 5000 are registered");
    }

    private String other(DataId id) {
        return lab.holding(id).copies().stream()
                .map(c -> c.storage().name())
                .filter(n -> !n.equals("HOME-RAW"))
                .findFirst()
                .orElseThrow();
    }

    private void cut(CopyRow copy) throws IOException {
        Files.writeString(lab.path(copy), "shorter");
    }

    @Test
    void theSourcesAreOrderedAndSayWhy() throws Exception {
        byte[] bytes = random(64);
        DataId id = kept(bytes);
        String said = text(get(id, "sources"));
        assertThat(said)
                .contains(
                        "\"did\":\"" + id + "\"",
                        "\"size\":64",
                        Digest.sha256(bytes).hex())
                .contains("proved, last proved ", "on disk, distance 0")
                .contains("file://localhost"
                        + lab.path(lab.copy(id, Laboratory.HOME).orElseThrow()));
        assertThat(said.indexOf("\"HOME-RAW\"")).isLessThan(said.indexOf("\"" + other(id) + "\""));
        String near = text(get(id, "sources?near=" + other(id)));
        assertThat(near.indexOf("\"" + other(id) + "\"")).isLessThan(near.indexOf("\"HOME-RAW\""));
    }

    @Test
    void whoIsNobodyIsTurnedAwayAndAnAccountNeedsToBeLet() throws Exception {
        DataId id = kept(random(20));
        String path = "raw/" + id.name().replace("/", "%2F");
        HttpResponse<byte[]> stranger = ask(path + "/bytes", "X-Rucio-Auth-Token", "no-such-token");
        assertThat(stranger.statusCode()).isEqualTo(401);
        server.call("POST", "/accounts/visitor", "{\"type\": \"SERVICE\", \"email\": \"v@x\"}");
        server.call(
                "POST",
                "/accounts/visitor/identities",
                "{\"identity\": \"vis\", \"authtype\": \"USERPASS\", \"email\": \"v@x\", \"password\":"
                        + " \"sesame, be open\"}");
        String token = server.token("visitor", "vis", "sesame, be open");
        assertThat(ask(path + "/sources", "X-Rucio-Auth-Token", token).statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> forbidden = ask(path + "/bytes", "X-Rucio-Auth-Token", token);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(text(forbidden)).contains("account visitor may not read the bytes of files");
        assertThat(ask(path + "/bytes", "X-Rucio-Auth-Token", server.token()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(get(Laboratory.id("/runs/nothing"), "bytes").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> wrong = ask("raw/%2Fruns/colour");
        assertThat(wrong.statusCode()).isEqualTo(404);
        assertThat(text(wrong)).contains("nothing is here", "/bytes or .../sources");
        assertThat(ask("raw/%2Fruns%2F%ff/bytes").statusCode()).isEqualTo(400);
    }
}
