package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GetVerbTest {
    private static final byte[] BYTES = random(300_000);

    @TempDir
    Path work;

    private Path here;
    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        here = work.resolve("here");
        server = new FakeServer();
        prompt = new Prompt(server.url(), work);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    private FakeFiles file(String name) {
        return new FakeFiles(server, name, BYTES);
    }

    private int get(String... words) {
        return prompt.run(Stream.concat(Stream.of("get", "--to", here.toString()), Stream.of(words))
                .toArray(String[]::new));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(here)) {
            return all.filter(Files::isRegularFile)
                    .map(p -> here.relativize(p).toString())
                    .sorted()
                    .toList();
        }
    }

    /** What an earlier run left. */
    private void part(String name, String did, byte[] begun) throws IOException {
        Files.createDirectories(here);
        Files.write(here.resolve(name + ".part"), begun);
        Map<String, Object> label = Map.of(
                "did",
                did,
                "size",
                BYTES.length,
                "digests",
                Map.of("sha256", holdfast.vocabulary.Digest.sha256(BYTES).hex()));
        Files.writeString(here.resolve(name + ".part.of"), Json.write(label));
    }

    @Test
    void whereASourceBreaksOffTheNextOneGoesOn() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.breakingAt(200_000)).copy("TWO", file.right());
        assertThat(get("raw:/a/f")).isZero();
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
        assertThat(file.reads).hasSize(2).first().isEqualTo("ONE 0");
        assertThat(file.reads).last().asString().startsWith("TWO ").isNotEqualTo("TWO 0");
        assertThat(prompt.out()).contains("ONE (by the server) did not do", "from TWO by the server, sha256 right");
        assertThat(names()).containsExactly("f");
    }

    @Test
    void aLineThatBreaksAgainAndAgainBringsTheFileAllTheSame() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy(
                "ONE",
                (exchange, from) ->
                        file.breakingAt(Math.min(BYTES.length, from + 80_000)).answer(exchange, from));
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads.size()).isBetween(3, 5);
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void aSourceThatGivesNoPartsGivesTheWhole() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.breakingAt(200_000)).copy("TWO", file.withoutParts());
        assertThat(get("raw:/a/f")).isZero();
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void aSourceOfAnotherSizeIsPassedOver() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", FakeFiles.giving(random(12))).copy("TWO", file.right());
        assertThat(get("raw:/a/f")).isZero();
        assertThat(prompt.out()).contains("ONE (by the server) did not do: it has 12 bytes there and 300000 are");
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void wrongBytesNeverGetTheName() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", FakeFiles.giving(flipped(BYTES))).copy("TWO", FakeFiles.refusing(503, "UNAVAILABLE"));
        assertThat(get("raw:/a/f")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out())
                .contains("failed   raw:/a/f  no source gave the right bytes", "its sha256 is", "it said UNAVAILABLE");
        assertThat(names()).isEmpty();
    }

    @Test
    void whatAnEarlierRunBroughtIsNotAskedForAgain() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.right());
        part("f", "raw:/a/f", Arrays.copyOf(BYTES, 123_456));
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).containsExactly("ONE 123456");
        assertThat(prompt.out()).contains("123,456 of them before");
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void thePartOfAnotherFileIsThrownAway() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.right());
        part("f", "raw:/other/f", random(1_000));
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).containsExactly("ONE 0");
    }

    @Test
    void aPartWithWrongBytesIsNotTheSourcesFault() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.right());
        part("f", "raw:/a/f", random(1_000));
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).containsExactly("ONE 1000", "ONE 0");
        assertThat(prompt.out()).doesNotContain("did not do");
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void aWholePartIsTakenWithoutAskingForAByte() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.right());
        part("f", "raw:/a/f", BYTES);
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).isEmpty();
        assertThat(names()).containsExactly("f");
    }

    @Test
    void whatIsThereAndRightIsLeftAloneAndWhatIsOtherIsNeverReplacedUnasked() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.right());
        Files.createDirectories(here);
        Files.write(here.resolve("f"), BYTES);
        assertThat(get("raw:/a/f")).isZero();
        assertThat(prompt.out()).contains("already  raw:/a/f", "(sha256 right)");
        Files.write(here.resolve("f"), flipped(BYTES));
        assertThat(get("raw:/a/f")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("refused", "something else stands there", "--overwrite");
        assertThat(file.reads).isEmpty();
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(flipped(BYTES));
        assertThat(get("raw:/a/f", "--overwrite")).isZero();
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        Files.createDirectories(here);
        assertThat(get("raw:/a/../../f", "--tree")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("would lead elsewhere");
        assertThat(get("raw:/a/..")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(get("raw:a/")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(names()).isEmpty();
    }

    @Test
    void twoFilesOfOnePlaceAreKeptApart() throws IOException {
        FakeFiles one = file("/a/f");
        one.copy("ONE", one.right());
        FakeFiles two = file("/b/f");
        two.copy("ONE", two.right());
        assertThat(get("raw:/a/f", "raw:/b/f")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("raw:/a/f has this place too", "--tree", "1 fetched");
        int again = get("raw:/a/f", "raw:/b/f", "--tree");
        assertThat(again).as(prompt.err()).isZero();
        assertThat(names()).containsExactly("a/f", "b/f", "f");
    }

    @Test
    void aWeakDigestIsSaidAndNoneIsNotEnough() {
        FakeFiles weak = file("/a/f");
        java.util.zip.Adler32 sum = new java.util.zip.Adler32();
        sum.update(BYTES);
        weak.digests(Map.of("adler32", java.util.HexFormat.of().toHexDigits((int) sum.getValue())))
                .copy("ONE", weak.right());
        assertThat(get("raw:/a/f")).isZero();
        assertThat(prompt.out()).contains("adler32 right, the only digest known, and a weak one");
        FakeFiles none = file("/a/g");
        none.digests(Map.of()).copy("ONE", none.right());
        assertThat(get("raw:/a/g")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("no digest of it is registered");
        assertThat(none.reads).isEmpty();
    }

    @Test
    void whatIsOnTapeIsToldAndWaitedForWhenAsked() throws IOException {
        FakeFiles file = file("/a/f");
        CountDownLatch asked = new CountDownLatch(2);
        file.copy("TAPE", (exchange, from) -> {
            asked.countDown();
            if (asked.getCount() > 0) {
                FakeFiles.refusing(503, "ON_TAPE").answer(exchange, from);
            } else {
                file.right().answer(exchange, from);
            }
        });
        assertThat(get("raw:/a/f")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("on tape  raw:/a/f", "--wait", "1 on tape");
        assertThat(names()).isEmpty();
        assertThat(get("raw:/a/f", "--wait", "5")).isZero();
    }

    @Test
    void severalComeAtATime() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(4);
        String[] dids = new String[8];
        for (int i = 0; i < dids.length; i++) {
            FakeFiles file = file("/a/f" + i);
            file.copy("ONE", (exchange, from) -> {
                together.countDown();
                try {
                    assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                file.right().answer(exchange, from);
            });
            dids[i] = "raw:/a/f" + i;
        }
        assertThat(get(dids)).isZero();
        assertThat(prompt.out()).contains("8 fetched");
    }

    @Test
    void aFolderOfThisMachineIsReadWithoutTheServer() throws IOException {
        Path copy = Files.write(work.resolve("copy"), BYTES);
        FakeFiles file = file("/a/f");
        file.copy("ONE", List.of("file://localhost" + copy), file.right());
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).isEmpty();
        assertThat(prompt.out()).contains("from ONE by " + copy);
        Files.delete(here.resolve("f"));
        assertThat(get("raw:/a/f", "--server-only")).isZero();
        assertThat(file.reads).containsExactly("ONE 0");
    }

    @Test
    void anElementIsAskedItselfAndFollowedWhereItSendsUs() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", List.of(server.url() + "/door/f"), file.right());
        server.whole("GET /door/f", exchange -> {
            exchange.getResponseHeaders().set("Location", "/pool/f");
            exchange.sendResponseHeaders(307, -1);
        });
        server.whole(
                "GET /pool/f", exchange -> FakeFiles.send(exchange, BYTES, FakeFiles.from(exchange), BYTES.length));
        part("f", "raw:/a/f", Arrays.copyOf(BYTES, 5));
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).isEmpty();
        assertThat(Files.readAllBytes(here.resolve("f"))).isEqualTo(BYTES);
    }

    @Test
    void whatStandsInANameIsEscapedInItsAddress() throws IOException {
        FakeFiles file = file("/a/f");
        file.copy("ONE", List.of(server.url() + "/door/a b%41"), file.right());
        server.whole("GET /door/a%20b%2541", exchange -> FakeFiles.send(exchange, BYTES, 0, BYTES.length));
        assertThat(get("raw:/a/f")).isZero();
        assertThat(file.reads).isEmpty();
    }

    @Test
    void noTokenGoesOverAnOpenLineAndAClosedDoorIsKnockedAtOnce() throws IOException {
        Path token = Files.writeString(work.resolve("token"), "very-secret");
        java.util.Queue<String> shown = new java.util.concurrent.ConcurrentLinkedQueue<>();
        for (String name : List.of("f", "g")) {
            FakeFiles file = file("/a/" + name);
            file.copy("ONE", List.of(server.url() + "/door/" + name), file.right());
            server.whole("GET /door/" + name, exchange -> {
                shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                exchange.sendResponseHeaders(403, -1);
            });
        }
        assertThat(get("raw:/a/f", "raw:/a/g", "--token-file", token.toString(), "--parallel", "1"))
                .isZero();
        assertThat(shown).containsExactly("null");
        assertThat(prompt.out()).contains("it answers 403; is the token in " + token, "was not let in there before");
    }

    /** A dataset of one file, for whoever shows this token. */
    private void dataset(String token) {
        server.whole(
                "GET /rucio/dids/raw/%2Fset/files",
                exchange -> {
                    byte[] lines = "{\"scope\":\"raw\",\"name\":\"/a/f\",\"bytes\":300000,\"md5\":null}\n"
                            .getBytes(StandardCharsets.UTF_8);
                    boolean known = token.equals(exchange.getRequestHeaders().getFirst("X-Rucio-Auth-Token"));
                    exchange.sendResponseHeaders(known ? 200 : 401, lines.length);
                    exchange.getResponseBody().write(lines);
                });
        FakeFiles file = file("/a/f");
        file.copy("ONE", file.right());
    }

    @Test
    void theFilesOfADatasetAreBrought() {
        server.whole("GET /rucio/auth/userpass", exchange -> {
            boolean right =
                    FakeServer.SECRET.equals(exchange.getRequestHeaders().getFirst("X-Rucio-Password"));
            exchange.getResponseHeaders().set("X-Rucio-Auth-Token", "t-1");
            exchange.sendResponseHeaders(right ? 200 : 401, -1);
        });
        dataset("t-1");
        assertThat(get("--dataset", "raw:/set", "--json")).isZero();
        assertThat(prompt.out()).contains("\"outcome\" : \"FETCHED\"", "\"source\" : \"ONE\"");
    }

    @Test
    void whoIsNotTheAdministratorShowsTheTokenOfALogin() {
        server.whole("GET /rucio/auth/userpass", exchange -> exchange.sendResponseHeaders(401, -1));
        dataset(FakeServer.SECRET);
        assertThat(get("--dataset", "raw:/set")).isZero();
        assertThat(prompt.out()).contains("1 fetched");
    }

    @Test
    void wrongUseIsSaid() {
        assertThat(get()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("Name files as scope:name, or a dataset with --dataset.");
        assertThat(get("noscope")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("scope:name");
        assertThat(get("raw:/nothing")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("refused", "for the files of a dataset: --dataset raw:/nothing");
    }
}
