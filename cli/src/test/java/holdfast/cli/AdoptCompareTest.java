package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cli.adopt.Compared;
import holdfast.formats.Json;
import holdfast.retention.Act;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scope is compared both ways, and the comparison is what the act names that makes it managed. */
class AdoptCompareTest {
    private static final String LISTING = "GET /holdfast/v1/adoption/scopes/mc/files";

    @TempDir
    Path work;

    private Path dump;
    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        dump = Files.createDirectory(work.resolve("dump"));
        server = new FakeServer();
        prompt = new Prompt(server.url(), work);
        for (String file : List.of("accounts", "rses", "contents", "rules", "locks")) {
            write(file);
        }
        write("scopes", "{\"scope\":\"mc\",\"account\":\"root\"}");
        write(
                "dids",
                did("mc", "/a", 1, "0000000a"),
                did("mc", "/b", 2, "0000000b"),
                did("mc", "/c", 3, null),
                did("raw", "/a", 9, null));
        write("replicas", copy("/a", "X", "A"), copy("/a", "Y", "A"), copy("/b", "X", "A"), copy("/b", "Y", "C"));
        here(file("/a", 1, "0000000a", "X", "Y"), file("/b", 2, "0000000b", "X"), file("/c", 3, "0000000c"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void write(String file, String... lines) throws IOException {
        Files.writeString(dump.resolve(file + ".jsonl"), lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    }

    private static String did(String scope, String name, long bytes, String adler32) {
        return "{\"scope\":\"%s\",\"name\":\"%s\",\"did_type\":\"F\",\"bytes\":%d,\"adler32\":%s}"
                .formatted(scope, name, bytes, adler32 == null ? "null" : "\"" + adler32 + "\"");
    }

    private static String copy(String name, String rse, String state) {
        return "{\"scope\":\"mc\",\"name\":\"%s\",\"rse\":\"%s\",\"state\":\"%s\"}".formatted(name, rse, state);
    }

    private static String file(String name, long bytes, String adler32, String... copies) {
        return Json.line(Map.of("name", name, "bytes", bytes, "adler32", adler32, "copies", List.of(copies)));
    }

    private void here(String... lines) {
        server.answer(LISTING, String.join("\n", lines) + "\n");
    }

    private int compare(String... more) {
        List<String> words = new ArrayList<>(List.of("adopt", "compare", dump.toString(), "--scope", "mc"));
        words.addAll(List.of(more));
        return prompt.run(words.toArray(String[]::new));
    }

    private Compared compared() {
        return Json.read(prompt.out(), Compared.class);
    }

    @Test
    void equalListingsAreEqual() {
        assertThat(compare("--json")).as(prompt.err()).isEqualTo(ExitCode.OK);
        assertThat(compared().equal()).isEqualTo(3);
        assertThat(compared().agree()).isTrue();
    }

    @Test
    void everyKindOfDifferenceIsNamed() {
        here(file("/a", 1, "0000000a", "X"), file("/aa", 1, "0000000a", "X"), file("/b", 7, "0000000f", "X", "Z"));
        assertThat(compare()).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out())
                .contains(
                        "0 equal",
                        "1 only there",
                        "1 only here",
                        "2 different",
                        "1 copies only there",
                        "1 copies only here",
                        "copies  /a",
                        "only-here  /aa",
                        "bytes adler32 copies  /b",
                        "only-there  /c",
                        "--out");
    }

    @Test
    void theDigestIsThatOfTheWrittenComparisonAndPinsBothListings() throws IOException {
        Path out = work.resolve("comparison");
        compare("--json", "--out", out.toString());
        String digest = compared().digest();
        assertThat(digest).isEqualTo(Digest.sha256(Files.readAllBytes(out)).hex());
        compare("--json");
        assertThat(compared().digest()).isEqualTo(digest);
        write("dids", did("mc", "/a", 1, "0000000a"), did("mc", "/b", 2, "0000000b"), did("mc", "/c", 4, null));
        here(file("/a", 1, "0000000a", "X", "Y"), file("/b", 2, "0000000b", "X"), file("/c", 4, "0000000c"));
        assertThat(compare("--json")).isEqualTo(ExitCode.OK);
        assertThat(compared().digest()).isNotEqualTo(digest);
    }

    @Test
    void namesCompareByTheirBytes() throws IOException {
        write("dids", did("mc", "/\uFF5E", 1, null), did("mc", "/\uD83D\uDE00", 1, null));
        write("replicas");
        here(file("/\uFF5E", 1, "0000000a"), file("/\uD83D\uDE00", 1, "0000000a"));
        assertThat(compare("--json")).isEqualTo(ExitCode.OK);
        assertThat(compared().equal()).isEqualTo(2);
    }

    @Test
    void aListingOutOfOrderIsNotCompared() {
        here(file("/b", 2, "0000000b", "X"), file("/a", 1, "0000000a", "X", "Y"));
        assertThat(compare()).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("not in the order of names: /a behind /b");
    }

    @Test
    void whoeverManagesProposesTheComparisonWithItsNumbers() throws IOException {
        Path out = work.resolve("comparison");
        compare("--out", out.toString());
        String digest = Digest.sha256(Files.readAllBytes(out)).hex();
        List<String> asked = new ArrayList<>();
        server.route("POST /api/acts", exchange -> {
            asked.add(FakeServer.body(exchange));
            return """
                {"id":"5f0e1c9e-0000-4000-8000-000000000000","act":"manage-scope","reason":"day one","state":"OPEN",
                "since":"2026-01-01T00:00:00Z","by":"ann","proposedAt":"2026-01-01T00:00:00Z","needed":2,"signers":[],
                "text":"x"}\
                """;
        });
        assertThat(manage("mc", out)).as(prompt.err()).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("3 equal, 0 only there", digest, "waits for 2 more signatures");
        String text = (String) Json.read(asked.getFirst(), Map.class).get("text");
        assertThat(Act.parse(text))
                .isEqualTo(new Act.ManageScope(
                        new holdfast.vocabulary.Scope("mc"),
                        new Act.Compared(new Digest(Digest.Algorithm.SHA256, digest), 3, 0, 0, 0)));
    }

    private int manage(String scope, Path comparison) {
        return prompt.run(Stream.of(
                        "adopt",
                        "manage",
                        scope,
                        "--comparison",
                        comparison.toString(),
                        "--as",
                        "ann",
                        "--reason",
                        "day one")
                .toArray(String[]::new));
    }

    @Test
    void nothingIsProposedOnAComparisonOfAnotherScopeOrAHalfOne() throws IOException {
        Path out = work.resolve("comparison");
        compare("--out", out.toString());
        assertThat(manage("raw", out)).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("compares scope mc, not raw");
        Files.writeString(out, Files.readAllLines(out).getFirst() + "\n");
        assertThat(manage("mc", out)).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("is no whole comparison");
        assertThat(manage("mc", work.resolve("nothing"))).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("is not there; write it with");
        assertThat(server.asked).noneMatch(a -> a.contains("/api/acts"));
    }

    @Test
    void theStatusShowsTheBurnDown() {
        server.answer("GET /holdfast/v1/adoption/scopes", """
            {"scopes":[{"name":"mc","mode":"OBSERVED","source":"https://old.example.org","since":"2026-01-01T00:00:00Z",
            "files":2000,"bytes":5,"copies":{"all":4000,"claimed":3000,"proved":1000,"other":0},
            "act":{"id":"7","state":"OPEN","signers":["ann"]}}]}\
            """);
        assertThat(prompt.run("adopt", "status")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out())
                .contains(
                        "OBSERVED",
                        "2,000 files",
                        "3,000 claimed, 1,000 proved (25.0 %)",
                        "from https://old",
                        "signed by ann");
        server.answer("GET /holdfast/v1/adoption/scopes", "{\"scopes\":[]}");
        prompt.run("adopt", "status");
        assertThat(prompt.out()).contains("No scope is observed");
    }
}
