package holdfast.server.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The FTS endpoint of these tests is held true by FTS's own published client. */
@Tag("grid")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtsEndpointTruthTest {
    private static final Path PYTHON = Path.of("..", "target", "fts-client", "bin", "python");
    private static final Path SCRIPT = Path.of("..", "build", "fts", "truth.py");

    private Path folder;
    private TestAuthority authority;
    private Xrootd from;
    private Xrootd to;
    private FtsEndpoint fts;

    @BeforeAll
    void start(@TempDir Path made) throws IOException {
        Loopback.require("xrootd", "xrootd-server");
        Loopback.require("gfal-copy", "gfal2-util-scripts");
        assumeTrue(Files.isExecutable(PYTHON), "FTS's client is not installed; build/fts-client.sh installs it");
        folder = made;
        authority = TestAuthority.in(folder.resolve("authority"));
        from = Xrootd.start(folder.resolve("from"), authority, Xrootd.Kind.PLAIN);
        to = Xrootd.start(folder.resolve("to"), authority, Xrootd.Kind.PLAIN);
        fts = FtsEndpoint.start(folder, authority);
        Files.writeString(from.files().resolve("f"), "the bytes");
    }

    @AfterAll
    void end() throws IOException {
        if (fts != null) {
            fts.close();
        }
        for (Xrootd server : new Xrootd[] {from, to}) {
            if (server != null) {
                server.close();
            }
        }
    }

    private JsonNode client(String... call) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                PYTHON.toAbsolutePath().toString(),
                "-W",
                "ignore",
                SCRIPT.toAbsolutePath().toString(),
                fts.root().toString()));
        command.addAll(List.of(call));
        Command.Said said = Command.run(
                folder,
                Map.of(
                        "X509_CERT_DIR",
                        authority.certificates().toString(),
                        "PYTHONPATH",
                        "/usr/lib/python3/dist-packages"),
                command.toArray(String[]::new));
        String last = said.text().strip();
        return JsonMapper.shared().readTree(last.substring(last.lastIndexOf('\n') + 1));
    }

    private String submit(String source, String destination) throws IOException {
        return client("submit", "ADLER32", from.root("http") + source, to.root("http") + destination)
                .asString("");
    }

    private JsonNode ended(String id) throws IOException {
        Instant until = Instant.now().plusSeconds(60);
        JsonNode now = client("status", id);
        while (List.of("SUBMITTED", "ACTIVE").contains(now.path("job_state").asString(""))
                && Instant.now().isBefore(until)) {
            pause();
            now = client("status", id);
        }
        return now;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theClientFindsAnEndpointAndItself() throws IOException {
        assertThat(client("info").path("api").path("major").asInt()).isEqualTo(3);
        assertThat(client("whoami").path("method").asString("")).isEqualTo("oauth2");
    }

    @Test
    void aJobOfTheClientIsCopiedAndTold() throws IOException {
        JsonNode job = ended(submit("/f", "/copied"));
        assertThat(job.path("job_state").asString("")).as(job.toString()).isEqualTo("FINISHED");
        assertThat(job.path("files").get(0).path("file_state").asString("")).isEqualTo("FINISHED");
        assertThat(to.files().resolve("copied")).hasContent("the bytes");
    }

    @Test
    void aFileThatIsNotThereFailsAtTheSourceAndOneThatStandsThereIsKept() throws IOException {
        JsonNode gone = ended(submit("/gone", "/never"));
        assertThat(gone.path("job_state").asString("")).isEqualTo("FAILED");
        assertThat(gone.path("files").get(0).path("reason").asString("")).startsWith("SOURCE [2]");
        Files.writeString(to.files().resolve("stands"), "other bytes");
        JsonNode taken = ended(submit("/f", "/stands"));
        assertThat(taken.path("files").get(0).path("reason").asString("")).contains("exist");
        assertThat(to.files().resolve("stands")).hasContent("other bytes");
    }

    @Test
    void aFileWithTwoSourcesIsToldOnceForEach() throws IOException {
        String id = client(
                        "choice",
                        "ADLER32",
                        to.root("http") + "/chosen",
                        from.root("http") + "/gone",
                        from.root("http") + "/f")
                .asString("");
        JsonNode job = ended(id);
        assertThat(job.path("job_type").asString("")).isEqualTo("R");
        assertThat(job.path("job_state").asString("")).as(job.toString()).isEqualTo("FINISHED");
        assertThat(job.path("files").size()).isEqualTo(2);
        assertThat(job.path("files").get(0).path("file_state").asString("")).isEqualTo("FAILED");
        assertThat(job.path("files").get(1).path("file_state").asString("")).isEqualTo("FINISHED");
        assertThat(job.path("files").get(1).path("source_surl").asString("")).endsWith("/f");
        assertThat(to.files().resolve("chosen")).hasContent("the bytes");
    }

    @Test
    void whatHasToDoWithTapeIsRefusedToATokenAndTakenFromACertificate() throws IOException {
        String source = from.root("http") + "/f";
        for (String[] times : new String[][] {{"60", "-1"}, {"-1", "60"}}) {
            assertThat(client("tape", source, to.root("http") + "/never", times[0], times[1])
                            .path("says")
                            .asString(""))
                    .contains("tape using token authentication are not supported");
        }
        fts.jobs().hold(true);
        try {
            String id = client(
                            "by-certificate",
                            authority.host().toString(),
                            authority.hostKey().toString(),
                            "tape",
                            source,
                            to.root("http") + "/staged",
                            "60",
                            "60")
                    .asString("");
            assertThat(client("status", id).path("job_state").asString("")).isEqualTo("STAGING");
            assertThat(client("cancel", id).path("job_state").asString("")).isEqualTo("CANCELED");
        } finally {
            fts.jobs().hold(false);
        }
    }

    @Test
    void severalJobsAreToldTogetherAndAnUnknownOneDoesNotHideTheOthers() throws IOException {
        String one = submit("/f", "/one");
        String two = submit("/f", "/two");
        assertThat(client("statuses", one, two).size()).isEqualTo(2);
        JsonNode bad = client("statuses", one, "00000000-0000-0000-0000-000000000000");
        assertThat(bad.toString()).contains("No job with the id");
        assertThat(client("status", "00000000-0000-0000-0000-000000000000")
                        .path("error")
                        .asString(""))
                .isEqualTo("NotFound");
    }

    @Test
    void aJobInTheQueueIsCancelled() throws IOException {
        fts.jobs().hold(true);
        try {
            String id = submit("/f", "/queued");
            assertThat(client("cancel", id).path("job_state").asString("")).isEqualTo("CANCELED");
            assertThat(ended(id).path("files").get(0).path("file_state").asString(""))
                    .isEqualTo("CANCELED");
        } finally {
            fts.jobs().hold(false);
        }
    }

    @Test
    void refusalsAreTheClientsOwnErrors() throws IOException {
        fts.refuse(403);
        try {
            assertThat(client("submit", "ADLER32", from.root("http") + "/f", to.root("http") + "/x")
                            .path("error")
                            .asString(""))
                    .isEqualTo("Unauthorized");
            fts.refuse(419);
            assertThat(client("submit", "ADLER32", from.root("http") + "/f", to.root("http") + "/x")
                            .path("error")
                            .asString(""))
                    .isEqualTo("NeedDelegation");
        } finally {
            fts.refuse(0);
        }
        assertThat(client("submit", "ADLER32", "file:///etc/hosts", to.root("http") + "/x")
                        .path("error")
                        .asString(""))
                .isEqualTo("ClientError");
    }
}
