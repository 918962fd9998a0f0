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
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestVerbTest {
    @TempDir
    Path work;

    private Path data;
    private FakeServer server;
    private Prompt prompt;
    /** What the server holds, by name. */
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private final List<Integer> packs = java.util.Collections.synchronizedList(new ArrayList<>());

    record Header(
            String name,
            String scope,
            long size,
            Map<String, String> digests,
            Map<String, String> attributes,
            String source) {}

    record Trailer(Map<String, String> digests, String changed) {}

    record Kept(Header header, Trailer trailer, byte[] bytes) {
        String sha256() {
            return Digest.sha256(bytes).hex();
        }
    }

    record Asked(String name, String scope) {}

    record Known(
            String name, String state, String did, Long size, Map<String, String> digests, List<Object> findings) {}

    record Result(String name, String outcome, String did, List<Map<String, String>> findings) {}

    record Results(List<Result> results) {}

    @BeforeEach
    void start() throws IOException {
        data = Files.createDirectory(work.resolve("data"));
        server = new FakeServer();
        server.route("POST /api/ingest/known", this::known);
        server.route("POST /api/ingest/pack", this::pack);
        prompt = new Prompt(server.url(), work);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String known(HttpExchange exchange) {
        List<Known> answers = new ArrayList<>();
        for (Asked asked : Json.read(FakeServer.body(exchange), Asked[].class)) {
            Kept one = kept.get(asked.name());
            if (asked.name().contains("forbidden")) {
                answers.add(new Known(
                        asked.name(),
                        "REFUSED",
                        null,
                        null,
                        Map.of(),
                        List.of(Map.of("code", "NAME_REFUSED", "text", "not this one"))));
            } else {
                answers.add(
                        one == null
                                ? new Known(asked.name(), "NEW", null, null, Map.of(), List.of())
                                : new Known(
                                        asked.name(),
                                        "REGISTERED",
                                        "s:" + asked.name(),
                                        (long) one.bytes.length,
                                        Map.of("sha256", one.sha256()),
                                        List.of()));
            }
        }
        return Json.write(answers);
    }

    private String pack(HttpExchange exchange) throws IOException {
        DataInputStream in = new DataInputStream(exchange.getRequestBody());
        List<Result> results = new ArrayList<>();
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            Header header = Json.read(text(in, length), Header.class);
            byte[] bytes = in.readNBytes((int) header.size());
            Trailer trailer = Json.read(text(in, in.readInt()), Trailer.class);
            boolean wrong = header.digests().containsKey("md5")
                    && !header.digests().get("md5").equals(md5(bytes));
            if (trailer.changed() != null || wrong) {
                String code = wrong ? "DIGEST_MISMATCH" : "CHANGED_WHILE_READ";
                results.addFirst(
                        new Result(header.name(), "REFUSED", null, List.of(Map.of("code", code, "text", "no"))));
            } else {
                kept.put(header.name(), new Kept(header, trailer, bytes));
                results.addFirst(new Result(header.name(), "REGISTERED", "s:" + header.name(), List.of()));
            }
        }
        assertThat(in.read()).isNegative();
        packs.add(results.size());
        return Json.write(new Results(results));
    }

    private static String text(DataInputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String md5(byte[] bytes) {
        return Digest.of(Digest.Algorithm.MD5, Digest.md5().digest(bytes)).hex();
    }

    private Path file(String path, String text) throws IOException {
        Path file = data.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void aFolderComesInUnderItsPathsAndLinksStayOut() throws IOException {
        file("b/two words.txt", "two");
        file("a.txt", "one");
        file("b/empty", "");
        Files.createSymbolicLink(data.resolve("link"), data.resolve("a.txt"));
        Files.createSymbolicLink(data.resolve("round"), data);
        assertThat(prompt.run("ingest", data.toString(), "--prefix", "/top", "--scope", "s", "--source", "desk"))
                .isEqualTo(ExitCode.OK);
        assertThat(kept).containsOnlyKeys("/top/a.txt", "/top/b/two words.txt", "/top/b/empty");
        Kept two = kept.get("/top/b/two words.txt");
        assertThat(two.bytes).asString().isEqualTo("two");
        assertThat(two.header.scope).isEqualTo("s");
        assertThat(two.header.source).isEqualTo("desk");
        assertThat(two.trailer.digests).containsEntry("sha256", two.sha256());
        assertThat(prompt.out()).contains("3  accepted", "0  refused", "2  symbolic links");
    }

    @Test
    void aSecondRunReadsAgainAndSendsNothing() throws IOException {
        file("a", "one");
        file("b", "two");
        prompt.run("ingest", data.toString());
        packs.clear();
        assertThat(prompt.run("ingest", data.toString())).isEqualTo(ExitCode.OK);
        assertThat(packs).isEmpty();
        assertThat(prompt.out()).contains("0  accepted", "2  already there");
    }

    @Test
    void otherBytesUnderAKnownNameAreNamedAndNotSent() throws IOException {
        file("a", "one");
        file("b", "two");
        prompt.run("ingest", data.toString());
        file("a", "eno");
        file("b", "longer");
        file("c", "new");
        packs.clear();
        assertThat(prompt.run("ingest", data.toString())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(packs).containsExactly(1);
        assertThat(kept.get("a").bytes).asString().isEqualTo("one");
        assertThat(prompt.out()).contains("refused  a", "refused  b", "OTHER_BYTES", "1  accepted", "2  refused");
    }

    @Test
    void manyFilesGoInFewPacksAndAllArrive() throws IOException {
        for (int i = 0; i < 2_100; i++) {
            file("d" + i % 7 + "/f" + i, "text " + i);
        }
        assertThat(prompt.run("ingest", data.toString(), "--json")).isEqualTo(ExitCode.OK);
        assertThat(kept).hasSize(2_100);
        assertThat(packs).hasSize(1);
        assertThat(server.asked.stream().filter(a -> a.endsWith("known"))).hasSize(3);
        IngestVerb.Summary summary = Json.read(prompt.out(), IngestVerb.Summary.class);
        assertThat(summary.registered()).isEqualTo(2_100);
        assertThat(summary.refused()).isEmpty();
    }

    @Test
    void aFileLargerThanAChunkArrivesWhole() throws IOException {
        byte[] bytes = new byte[5_000_003];
        new java.util.Random(7).nextBytes(bytes);
        Files.write(data.resolve("large"), bytes);
        file("small", "x");
        assertThat(prompt.run("ingest", data.toString())).isEqualTo(ExitCode.OK);
        assertThat(kept.get("large").bytes).isEqualTo(bytes);
    }

    @Test
    void aDryRunSendsNothing() throws IOException {
        file("a", "one");
        file("forbidden", "x");
        assertThat(prompt.run("ingest", data.toString(), "--dry-run")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(kept).isEmpty();
        assertThat(packs).isEmpty();
        assertThat(prompt.out()).contains("1  would be sent", "refused  forbidden", "NAME_REFUSED: not this one");
    }

    @Test
    void aManifestStatesDigestsAndOnlyItsFilesComeIn() throws IOException {
        file("sub/a", "one");
        file("b", "two");
        file("stray", "x");
        Path list = Files.writeString(
                data.resolve("MD5SUMS"),
                "%s  ./sub/a\n%s  b\n%s  gone\n".formatted(md5(bytes("one")), md5(bytes("other")), md5(bytes(""))));
        assertThat(prompt.run("ingest", data.toString(), "--manifest", list.toString()))
                .isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(kept).containsOnlyKeys("sub/a");
        assertThat(kept.get("sub/a").header.digests).containsEntry("md5", md5(bytes("one")));
        assertThat(prompt.out())
                .contains("refused  b", "DIGEST_MISMATCH", "refused  gone", "NOT_THERE", "2  left out: no list states");
    }

    @Test
    void aJobGivesNameChecksumsAndAttributes() throws IOException {
        file("out.root", "one");
        Path job = Files.writeString(work.resolve("job.json"), """
                {"output_files":[{"filename":"data/out.root","metadata":{"LFN":"/x/y.root","nEvents":5},
                "checks_passed":{},"checksums":{"md5":"%s"}}],"basf2_status":{"success":true}}""".formatted(md5(bytes("one"))));
        assertThat(prompt.run("ingest", data.toString(), "--jobs", job.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(kept).containsOnlyKeys("/x/y.root");
        assertThat(kept.get("/x/y.root").header.attributes).containsEntry("events", "5");
        assertThat(kept.get("/x/y.root").header.digests).containsKey("md5");
    }

    @Test
    void aPackThatTheServerRefusesLeavesEveryFileOfItNamed() throws IOException {
        file("a", "one");
        server.refuse("POST /api/ingest/pack", 503, "UNKNOWN_OUTCOME", "nobody knows");
        assertThat(prompt.run("ingest", data.toString())).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("refused  a", "NOT_WRITTEN", "nobody knows", "run this again");
    }

    @Test
    void aServerThatGoesAwayLeavesASummaryAndExitsTwo() throws IOException {
        file("a", "one");
        server.route("POST /api/ingest/pack", exchange -> {
            exchange.close();
            throw new IOException("gone");
        });
        assertThat(prompt.run("ingest", data.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.out()).contains("0  accepted", "1  not dealt with");
        assertThat(prompt.err()).contains("broke during /api/ingest/pack");
    }

    @Test
    void aSingleFileIsATreeOfOne() throws IOException {
        assertThat(prompt.run("ingest", file("a/b", "one").toString(), "--prefix", "p/"))
                .isEqualTo(ExitCode.OK);
        assertThat(kept).containsOnlyKeys("p/b");
    }

    @Test
    void aFolderThatIsNotThereIsWrongUse() {
        assertThat(prompt.run("ingest", data.resolve("no").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.run("ingest")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("DIR");
    }

    @Test
    void aReleaseListIsWrittenAsItCame() throws IOException {
        server.answer("GET /api/ingest/release-list", "list of desk\nsignature x\n");
        Path out = work.resolve("list");
        assertThat(prompt.run("ingest", "release-list", "--source", "desk", "--out", out.toString(), "--dry-run"))
                .isEqualTo(ExitCode.OK);
        assertThat(out).hasContent("list of desk\nsignature x\n");
        assertThat(server.asked).containsExactly("GET /api/ingest/release-list?source=desk&dryRun=true");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
