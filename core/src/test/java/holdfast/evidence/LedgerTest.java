package holdfast.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.ingest.IngestFact;
import holdfast.ingest.Register;
import holdfast.journal.BadEntry;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.judgement.Holding;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theStateHashIsSha256OverTheLinesInTheOrderOfTheirBytes() {
        for (int seed = 0; seed < 50; seed++) {
            Ledger ledger = new Ledger();
            Samples samples = new Samples(seed);
            for (int i = 0; i < 4; i++) {
                samples.oneOfEach().forEach(f -> ledger.apply(samples.entry(f)));
            }
            List<String> lines = ledger.stateLines().toList();
            List<String> byBytes = new ArrayList<>(lines);
            byBytes.sort((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)));
            assertThat(lines).isEqualTo(byBytes).doesNotHaveDuplicates();
            String all = String.join("\n", lines) + "\n";
            assertThat(ledger.stateHash()).isEqualTo(Digest.sha256(bytes(all)));
        }
    }

    @Test
    void theFoldIsTheLastRowOfEachName() {
        Samples samples = new Samples(9);
        Ledger ledger = new Ledger();
        TreeMap<DataId, FileRow> files = new TreeMap<>();
        TreeMap<String, CopyRow> copies = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            FileRow file = samples.file();
            CopyRow copy = samples.copy();
            files.put(file.id(), file);
            copies.put(copy.id() + " at " + copy.storage(), copy);
            ledger.apply(samples.entry(new IngestFact.FilesRegistered(List.of(file), List.of(copy))));
        }
        assertThat(ledger.entries()).isEqualTo(200);
        assertThat(ledger.holdings().flatMap(h -> h.file().stream())).containsExactlyElementsOf(files.values());
        assertThat(ledger.holdings().flatMap(h -> h.copies().stream()))
                .containsExactlyInAnyOrderElementsOf(copies.values());
        DataId some = copies.values().iterator().next().id();
        assertThat(ledger.holding(some).orElseThrow().copies())
                .containsExactlyElementsOf(ledger.copies(some).values());
    }

    @Test
    void importingARunAgainReplacesItsFilesAndLeavesOtherRuns() {
        Ledger ledger = new Ledger();
        ledger.apply(imported(run("1", "r:a", "r:b"), run("2", "r:c")));
        ledger.apply(imported(run("1", "r:b", "r:d")));
        assertThat(ledger.holdings().map(Holding::id))
                .containsExactly(DataId.parse("r:b"), DataId.parse("r:c"), DataId.parse("r:d"));
        assertThat(ledger.register().orElseThrow().runs()).isEqualTo(2);
        assertThat(ledger.register().orElseThrow().expected()).isEqualTo(3);
        assertThat(ledger.register().orElseThrow().open()).containsExactly("1/1", "1/2");
        assertThat(ledger.stateLines().filter(l -> l.startsWith("expected\t")))
                .containsExactly(
                        "expected\t1\t1\tr\tb\t\\-\t\\-",
                        "expected\t1\t1\tr\td\t\\-\t\\-",
                        "expected\t1\t2\tr\tc\t\\-\t\\-");
    }

    @Test
    void aFileIsExpectedByTheRunThatNamedItLast() {
        Ledger ledger = new Ledger();
        ledger.apply(imported(run("2", "r:a"), run("1", "r:a")));
        assertThat(expectedRun(ledger, "r:a")).contains("1/1");
        ledger.apply(imported(run("2")));
        assertThat(expectedRun(ledger, "r:a")).contains("1/1");
        ledger.apply(imported(run("1")));
        assertThat(ledger.holdings()).isEmpty();
        assertThat(ledger.register().orElseThrow().runs()).isEqualTo(2);
        assertThat(ledger.register().orElseThrow().expected()).isZero();
    }

    @Test
    void linesOutOfOrderOrTwiceAreNoState() {
        assertThatThrownBy(() -> StateLines.hash(Stream.of("b", "a"))).isInstanceOf(BadEntry.class);
        assertThatThrownBy(() -> StateLines.hash(Stream.of("a", "a"))).isInstanceOf(BadEntry.class);
        assertThat(new Ledger().stateHash()).isEqualTo(Digest.sha256(new byte[0]));
    }

    @Test
    void aFactWithoutAFoldStops() {
        Fact stray = new Fact() {
            @Override
            public String kind() {
                return "moon.fell";
            }

            @Override
            public List<Line> lines() {
                return List.of();
            }
        };
        assertThatThrownBy(() -> new Ledger().apply(stray))
                .isInstanceOf(BadEntry.class)
                .hasMessage("no fold for a fact of kind moon.fell");
    }

    private static Optional<String> expectedRun(Ledger ledger, String id) {
        return ledger.holding(DataId.parse(id))
                .flatMap(Holding::expected)
                .map(e -> e.run().toString());
    }

    private static IngestFact.RegisterImported imported(Register.Run... runs) {
        return new IngestFact.RegisterImported(new Register("rundb", THEN, List.of(runs)));
    }

    private static Register.Run run(String number, String... files) {
        return new Register.Run(
                new Register.RunKey("1", number),
                "physics",
                Optional.empty(),
                Arrays.stream(files)
                        .map(f -> new Register.Expected(DataId.parse(f), Optional.empty(), Optional.empty()))
                        .toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
