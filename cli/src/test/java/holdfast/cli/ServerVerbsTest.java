package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerVerbsTest {
    @TempDir
    Path folder;

    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        prompt = new Prompt(server.url(), folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aServerThatIsNotThereIsOneSentenceWithTheRemedy() throws IOException {
        FakeServer gone = new FakeServer();
        gone.close();
        assertThat(new Prompt(gone.url(), folder).run("status")).isEqualTo(ExitCode.USAGE);
        prompt.bare(
                "status",
                "--url",
                gone.url(),
                "--secret-file",
                prompt.secretFile().toString());
        assertThat(prompt.err())
                .startsWith("no server answers at " + gone.url())
                .contains("holdfast serve", "--url");
        assertThat(prompt.err().lines()).hasSize(1);
    }

    @Test
    void aWrongSecretSaysWhichFileItCameFrom() throws IOException {
        Files.writeString(prompt.secretFile(), "wrong");
        assertThat(prompt.run("status")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("does not know the secret of " + prompt.secretFile());
    }

    @Test
    void aMissingSecretFileIsNamed() {
        int code = prompt.bare(
                "status",
                "--url",
                server.url(),
                "--secret-file",
                folder.resolve("none").toString());
        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("none is not there", "--secret-file FILE");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThat(prompt.bare(
                        "status",
                        "--url",
                        "127.0.0.1:8470",
                        "--secret-file",
                        prompt.secretFile().toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("is no address of a server");
    }

    @Test
    void aRefusalIsPrintedInTheServersWordsAndExitsOne() {
        server.refuse("POST /api/releases", 409, "REFUSED", "P-23 forbids it: one copy would be left");
        assertThat(prompt.run("release", "raw:/a", "kek-tape")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err().strip()).isEqualTo("P-23 forbids it: one copy would be left");
        assertThat(server.asked).containsExactly("POST /api/releases?dryRun=false");
        assertThat(prompt.run("release", "raw:/a", "kek-tape", "--dry-run", "--json"))
                .isEqualTo(1);
        assertThat(prompt.out()).contains("\"error\":\"REFUSED\"");
    }

    @Test
    void aPageForBrowsersIsNotPrinted() {
        server.route("GET /api/status", x -> {
            throw new FakeServer.Refusal(404, "<!doctype html><html></html>");
        });
        assertThat(prompt.run("status")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err().strip())
                .isEqualTo("the server answered /api/status with HTTP 404; is it a Holdfast of this version?");
    }

    @Test
    void waitingEndsWhenTheServerIsQuietTwice() {
        AtomicInteger times = new AtomicInteger();
        server.route("GET /api/status", x -> FakeServer.status(times.incrementAndGet() != 2));
        assertThat(prompt.run("status", "--wait")).isEqualTo(ExitCode.OK);
        assertThat(times).hasValue(4);
        assertThat(prompt.out()).contains("Nothing is left to do now.");
    }

    @Test
    void waitingForAServerThatIsNeverQuietEndsWithOne() {
        server.answer("GET /api/status", FakeServer.status(false));
        assertThat(prompt.run("status", "--wait", "--timeout", "0s")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err()).contains("--timeout");
    }

    @Test
    void aRegisterIsSentAsItIs() throws IOException {
        Path register = Files.writeString(folder.resolve("register.csv"), "experiment,run\n7,1\n");
        AtomicReference<String> body = new AtomicReference<>();
        server.route("POST /api/runs", x -> {
            body.set(FakeServer.body(x));
            return "{\"source\":\"shift\",\"asOf\":\"2026-01-01T00:00:00Z\",\"runs\":1,\"files\":3,\"openRuns\":0}";
        });
        assertThat(prompt.run("runs", "import", register.toString(), "--dry-run"))
                .isEqualTo(ExitCode.OK);
        assertThat(body).hasValue("experiment,run\n7,1\n");
        assertThat(server.asked).containsExactly("POST /api/runs?dryRun=true");
        assertThat(prompt.out()).contains("would take in", "1 runs, 3 files");
    }

    @Test
    void failingFilesArePagedByTheLastOfEach() {
        server.answer("GET /api/verdicts/P-25/failing", """
                {"failing":[{"did":"raw:/a b","verdict":"BREACHED","since":"2026-01-01T00:00:00Z",
                "reasons":[{"code":"TOO_FEW","element":"x","text":"one place of two"}]}],"next":"raw:/a b"}""");
        assertThat(prompt.run("failing", "P-25", "--after", "raw:/ü&b", "--limit", "1"))
                .isEqualTo(ExitCode.OK);
        assertThat(server.asked).containsExactly("GET /api/verdicts/P-25/failing?limit=1&after=raw%3A%2F%C3%BC%26b");
        assertThat(prompt.out())
                .contains("BREACHED  raw:/a b", "x: one place of two", "holdfast failing P-25 --after 'raw:/a b'");
    }

    @Test
    void aFileIsExplained() {
        server.answer("GET /api/files", """
                {"did":"raw:/a","size":1234,"classId":"raw","level":2,"digests":{"md5":"00"},"attributes":{"run":"7"},
                "source":"shift, HELD","run":null,"copies":[{"storage":"one-tape","site":"One","state":"PROVED",
                "standing":"COUNTS","path":"/a","locator":null,"provedAt":"2026-01-01T00:00:00Z","proofKind":"MEDIUM",
                "since":"2026-01-01T00:00:00Z","finding":null,"reasons":[]}],"wanted":[{"storage":"two-tape",
                "reason":"second place","attempts":2,"dueAt":null,"problem":"no answer"}],"unmet":["a second place"],
                "next":"one copy is carried","clauses":[{"clause":"P-26","verdict":"BREACHED","arriving":false,
                "since":"2026-01-01T00:00:00Z","reasons":[]}]}""");
        assertThat(prompt.run("explain", "raw:/a")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out())
                .contains("1,234", "one-tape at One: PROVED", "a second place", "P-26 BREACHED")
                .contains("one copy is carried", "ordered at two-tape: second place", "tried 2 times: no answer");
    }

    @Test
    void aNewSecretReplacesTheOldOneInItsFile() throws IOException {
        server.answer("POST /api/secret/rotate", "{\"secret\":\"fresh\"}");
        assertThat(prompt.run("secret", "rotate", "--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(prompt.secretFile()).hasContent(FakeServer.SECRET + "\n");
        assertThat(prompt.run("secret", "rotate")).isEqualTo(ExitCode.OK);
        assertThat(prompt.secretFile()).hasContent("fresh\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prompt.secretFile())))
                .isEqualTo("rw-------");
        assertThat(prompt.out()).doesNotContain("fresh");
    }

    @Test
    void evidenceIsWrittenWholeAndNeverOverAnother() throws IOException {
        Path file = folder.resolve("evidence.zip");
        server.refuse("GET /api/evidence", 503, "UNAVAILABLE", "the journal is being folded");
        assertThat(prompt.run("evidence", "export", file.toString())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err()).contains("the journal is being folded");
        assertThat(folder).isDirectoryNotContaining("glob:**evidence*");
        server.answer("GET /api/evidence", "PK...");
        assertThat(prompt.run("evidence", "export", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(file).hasContent("PK...");
        assertThat(prompt.run("evidence", "export", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("--overwrite");
    }

    @Test
    void evidenceForSomeReadersComesFromARouteOfItsOwn() {
        Path file = folder.resolve("public.zip");
        Queue<String> shown = new ConcurrentLinkedQueue<>();
        server.whole("GET /api/evidence/public", exchange -> {
            shown.add(exchange.getRequestHeaders().getFirst("Authorization").strip());
            byte[] bytes = "PK for all".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        server.answer("GET /api/evidence/members", "PK for members");
        assertThat(prompt.run("evidence", "export", file.toString(), "--for", "public"))
                .isEqualTo(ExitCode.OK);
        assertThat(file).hasContent("PK for all");
        assertThat(prompt.out()).contains("--key KEY").doesNotContain("--head");
        assertThat(shown).as("whoever asks, nothing is shown").containsExactly("Bearer");
        Path inside = folder.resolve("members.zip");
        assertThat(prompt.run("evidence", "export", inside.toString(), "--for", "members"))
                .isEqualTo(ExitCode.OK);
        assertThat(inside).hasContent("PK for members");
        Path other = folder.resolve("other.zip");
        assertThat(prompt.run("evidence", "export", other.toString(), "--for", "friends"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("--for takes public or members, not 'friends'");
        assertThat(other).doesNotExist();
    }

    @Test
    void anAuditThatFindsADifferenceExitsOne() {
        server.answer("POST /api/journal/audit", """
                {"entries":7,"agrees":false,"stateHash":"a","rowsHash":"b","differences":["a copy is missing"],
                "verdictsAgree":true}""");
        assertThat(prompt.run("audit", "journal")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("DIFFER", "a copy is missing");
    }

    @Test
    void headAndKeyAreWrittenAsTheyCame() throws IOException {
        server.answer("GET /api/journal/head", "{\"size\":3,\"text\":\"holdfast head\\n3\\n\"}");
        server.answer("GET /api/journal/key", "-----BEGIN PUBLIC KEY-----\n");
        assertThat(prompt.run("head", "--out", folder.resolve("h").toString())).isEqualTo(ExitCode.OK);
        assertThat(prompt.run("key", "--out", folder.resolve("k").toString())).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(folder.resolve("h"))).isEqualTo("holdfast head\n3\n");
        assertThat(Files.readString(folder.resolve("k"))).isEqualTo("-----BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void aPlanIsAdoptedOnlyByTheDigestOfTheFile() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), "plan: x\n");
        String digest = holdfast.vocabulary.Digest.sha256("plan: x\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex();
        assertThat(prompt.run("plan", "adopt", plan.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains(digest);
        assertThat(prompt.run("plan", "adopt", plan.toString(), "--digest", "0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(server.asked).isEmpty();
        server.answer("POST /api/plan/check", """
                {"version":"2","digest":"%s","flips":[{"clause":"P-26","before":"MET","after":"BREACHED"}],
                "bytesToOrder":4096,"copiesToOrder":2}""".formatted(digest));
        server.answer("POST /api/plan/adopt", "{\"version\":\"2\",\"digest\":\"" + digest + "\"}");
        assertThat(prompt.run("plan", "adopt", plan.toString(), "--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("P-26  MET -> BREACHED", "Copies to order: 2", "--digest " + digest);
        assertThat(prompt.run("plan", "adopt", plan.toString(), "--digest", digest))
                .isEqualTo(ExitCode.OK);
        assertThat(server.asked).containsExactly("POST /api/plan/check", "POST /api/plan/adopt");
    }

    @Test
    void aScrubCanBeRehearsed() {
        server.answer("GET /api/sites", "[{\"name\":\"one-tape\",\"site\":\"One\",\"failedDrills\":0}]");
        server.answer("POST /api/scrubs", "{\"due\":12}");
        assertThat(prompt.run("scrub", "--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("one-tape");
        assertThat(prompt.run("scrub", "two-tape", "--dry-run")).isEqualTo(ExitCode.USAGE);
        assertThat(server.asked).doesNotContain("POST /api/scrubs");
        assertThat(prompt.run("scrub", "one-tape")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("12 copies");
    }

    @Test
    void aProbeNamesTheDoorThatIsOpenAndEndsWithOne() {
        server.answer("POST /api/probes", """
                [{"element":"one-disk","classId":"raw","at":"2026-05-04T08:00:00Z","paths":3,
                  "trials":[{"visitor":"ANONYMOUS","refused":2,"notKnown":0,"why":null},
                            {"visitor":"STRANGER","refused":0,"notKnown":3,"why":"no token is named"}],
                  "open":[{"visitor":"ANONYMOUS","path":"lab/f.root","at":"2026-05-04T08:00:00Z","seen":"GET answered 206"}]}]""");
        assertThat(prompt.run("probe", "one-disk")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out())
                .contains("lab/f.root is open to somebody without a name: GET answered 206", "no token is named");
        server.answer("POST /api/probes", "[]");
        assertThat(prompt.run("probe")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("nobody knocked");
    }

    @Test
    void aDowntimeAndAWaiverCarryMomentsInUtc() {
        AtomicReference<String> body = new AtomicReference<>();
        server.route("POST /api/downtimes", x -> {
            body.set(FakeServer.body(x));
            return "{\"elements\":[\"one-tape\"]}";
        });
        assertThat(prompt.run("downtime", "One", "2026-08-03", "2026-08-04T10:00+02:00", "new cooling"))
                .isEqualTo(ExitCode.OK);
        assertThat(body.get()).contains("2026-08-03T00:00:00Z", "2026-08-04T08:00:00Z", "new cooling");
        server.route("POST /api/waivers", x -> {
            body.set(FakeServer.body(x));
            return "{\"id\":\"w1\"}";
        });
        assertThat(prompt.run("waiver", "grant", "P-25", "raw:/a", "--owner", "o", "--reason", "r", "--until", "+30d"))
                .isEqualTo(ExitCode.OK);
        assertThat(body.get()).contains("\"subjects\":[\"raw:/a\"]", "\"from\":null");
        assertThat(prompt.run("waiver", "grant", "P-25", "--owner", "o", "--reason", "r", "--until", "soon"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("'soon' is no time");
    }
}
