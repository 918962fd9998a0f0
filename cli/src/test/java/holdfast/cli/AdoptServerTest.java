package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An existing Rucio is taken over through its REST interface. */
class AdoptServerTest {
    private static final List<String> READ_ONLY =
            List.of("POST /dids/bulkmeta", "POST /replicas/list", "POST /locks/bulk_locks_for_dids");

    @TempDir
    Path work;

    private Path secret;
    private FakeRucio rucio;
    private FakeServer server;
    private FakeAdoption adoption;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        rucio = new FakeRucio();
        server = new FakeServer();
        adoption = new FakeAdoption(server);
        prompt = new Prompt(server.url(), work);
        secret = Files.writeString(work.resolve("password"), "sesame\n");
        files(3);
    }

    @AfterEach
    void stop() {
        server.close();
        rucio.close();
    }

    private void files(int number) {
        for (int i = 0; i < number; i++) {
            rucio.files.put("/f%05d".formatted(i), 7L + i);
        }
    }

    private int adopt(String... more) {
        return run(Stream.concat(
                Stream.of("--rucio-user", "reader", "--rucio-password-file", secret.toString()), Arrays.stream(more)));
    }

    private int run(Stream<String> more) {
        return prompt.run(Stream.concat(Stream.of("adopt", "rucio", "--observe", rucio.url()), more)
                .toArray(String[]::new));
    }

    private AdoptRucio.Summary summary() {
        return Json.read(prompt.out(), AdoptRucio.Summary.class);
    }

    @Test
    @SuppressWarnings("unchecked")
    void everythingIsTakenOverOnceAndNothingIsWrittenThere() {
        assertThat(adopt("--json")).as(prompt.err()).isEqualTo(ExitCode.OK);
        AdoptRucio.Summary first = summary();
        assertThat(first.scopes()).containsExactly("mc");
        assertThat(first.registered()).isEqualTo(3 + 6 + 1 + 3 + 2 + 2);
        assertThat(adoption.files.get("mc:/f00001"))
                .containsEntry("bytes", 8)
                .containsEntry("adler32", "0000000a")
                .containsEntry("account", "prod")
                .containsEntry("created", "2026-11-22T18:18:20Z")
                .containsEntry("metadata", Map.of("events", 3));
        assertThat((List<Object>) adoption.files.get("mc:/f00001").get("copies"))
                .containsExactly(
                        Map.of("rse", "SITE-A", "state", "AVAILABLE"),
                        Map.of("rse", "TAPE-B", "state", "COPYING", "path", "odd/f00001"));
        assertThat((Map<String, Object>)
                        adoption.collections.values().iterator().next())
                .containsEntry("metadata", Map.of("events", 3, "mykey", "v"))
                .containsEntry("open", false);
        assertThat(adoption.locks.values())
                .map(l -> ((Map<String, Object>) l).get("type"))
                .containsExactlyInAnyOrder("DATASET", "FILE");
        assertThat(rucio.asked).allMatch(a -> a.startsWith("GET ") || READ_ONLY.contains(a));
        assertThat(adopt("--json")).isEqualTo(ExitCode.OK);
        assertThat(summary().registered()).isZero();
    }

    @Test
    void manyFilesAreAskedForByTheThousand() {
        files(2_100);
        assertThat(adopt("--json")).isEqualTo(ExitCode.OK);
        assertThat(adoption.files).hasSize(2_100);
        assertThat(adoption.contents).hasSize(2_100);
        assertThat(rucio.asked.stream().filter("POST /replicas/list"::equals)).hasSize(3);
        assertThat(adoption.portions).containsExactlyInAnyOrder(1_000, 1_000, 100);
    }

    @Test
    void freeMetadataOfFilesComeWhenAskedFor() {
        adopt("--file-metadata");
        assertThat(adoption.files.get("mc:/f00001")).containsEntry("metadata", Map.of("events", 3, "mykey", "v"));
    }

    @Test
    void anOlderServerTellsTheOwnersAccountByAccount() {
        rucio.instead.put("GET /scopes/owner/", new FakeRucio.Answer(405, "no"));
        assertThat(adopt("--json", "--scope", "mc")).isEqualTo(ExitCode.OK);
        assertThat(adoption.owners).containsExactly(Map.entry("mc", "prod"));
        assertThat(adopt("--dry-run", "--scope", "gone")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("its scopes are lost, mc");
    }

    @Test
    void aTokenThatEndsIsAskedForAgain() {
        adopt();
        assertThat(rucio.logins).hasValue(1);
        rucio.instead.put("GET /rses/", new FakeRucio.Answer(401, "{\"ExceptionClass\":\"CannotAuthenticate\"}"));
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(rucio.logins).hasValue(3);
        assertThat(prompt.err()).contains("GET /rses/", "401", "take an account that may read");
    }

    @Test
    void aTokenFromAFileServesUntilItEnds() throws IOException {
        rucio.token = "given";
        Path file = Files.writeString(work.resolve("token"), "given\n");
        assertThat(run(Stream.of("--rucio-token-file", file.toString()))).isEqualTo(ExitCode.OK);
        assertThat(rucio.logins).hasValue(0);
        rucio.token = "another";
        assertThat(run(Stream.of("--rucio-token-file", file.toString()))).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("the token of", "have it renewed");
    }

    @Test
    void aRefusedLoginSaysWhatToLookAt() {
        rucio.password = "other";
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("refuses the login of user reader as account root", "Cannot authenticate");
        assertThat(run(Stream.empty())).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("--rucio-user U --rucio-password-file FILE");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        String gone = rucio.url();
        rucio.close();
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("nothing answers at " + gone);
    }

    @Test
    void anAnswerThatBreaksOffEndsTheRunAndSaysToRunItAgain() {
        rucio.instead.put("GET /dids/mc/dids/search", new FakeRucio.Answer(200, "\"/f00000\"\nBREAK"));
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("broke off", "run this again");
        assertThat(adoption.files).isEmpty();
        rucio.instead.clear();
        assertThat(adopt()).isEqualTo(ExitCode.OK);
        assertThat(adoption.files).hasSize(3);
    }

    @Test
    void anAnswerThatIsNoneOfRucioIsNamedWithItsCall() {
        rucio.instead.put("GET /accounts/", new FakeRucio.Answer(200, "<html>log in</html>"));
        assertThat(adopt()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("GET /accounts/: this is no JSON", "is this a Rucio server");
    }
}
