package holdfast.formats.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.formats.dump.DumpHeader.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpComparisonTest {
    private static final long TINY = 4_000;
    private static final String HEAD = "LAB-DISK\t2026-05-04T08:00:00Z\t";
    private static final String ROW = "\t7\t-\tPROVED\t2026-05-01T00:00:00Z\traw:/a\n";

    @TempDir
    Path folder;

    private Path temporary;
    private Path out;

    @BeforeEach
    void folders() throws IOException {
        temporary = Files.createDirectory(folder.resolve("sort"));
        out = folder.resolve("findings.tsv");
    }

    private Compared compare(Path catalogue, Path listing) throws IOException {
        return new DumpComparison(catalogue, listing, temporary, TINY).compare(Optional.of(out));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void unsortedDumpsGiveWhatLookingUpEachPathGives(long seed) throws IOException {
        // With so little memory, 1,500 files are far more than the runs that one merge takes.
        RandomDumps dumps = new RandomDumps(seed, 1_500);
        Path catalogue = dumps.writeCatalogue(folder.resolve("c"), Order.UNSORTED);
        Path listing = dumps.writeListing(folder.resolve("l"), Order.UNSORTED);

        Compared compared = compare(catalogue, listing);

        List<String> expected = dumps.expectedFindings();
        List<String> written = Files.readAllLines(out);
        assertThat(expected).hasSizeGreaterThan(300);
        assertThat(written.subList(1, written.size() - 1)).isEqualTo(expected);
        assertThat(written.getLast()).isEqualTo("#end\t" + expected.size());
        assertThat(compared.counted().findings()).isEqualTo(expected.size());
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void sortedDumpsGiveTheSameBytesAsUnsortedOnes() throws IOException {
        RandomDumps dumps = new RandomDumps(77, 500);
        compare(
                dumps.writeCatalogue(folder.resolve("c"), Order.UNSORTED),
                dumps.writeListing(folder.resolve("l"), Order.UNSORTED));
        byte[] unsorted = Files.readAllBytes(out);
        dumps.sort();

        compare(
                dumps.writeCatalogue(folder.resolve("c"), Order.SORTED),
                dumps.writeListing(folder.resolve("l"), Order.SORTED));

        assertThat(out).hasBinaryContent(unsorted);
    }

    private void refused(String catalogueRows, String order, String... said) throws IOException {
        Path catalogue = folder.resolve("c.tsv");
        Path listing = folder.resolve("l.tsv");
        Files.writeString(catalogue, "#holdfast-catalogue-dump 1\t" + HEAD + order + "\n" + catalogueRows);
        Files.writeString(listing, "#holdfast-listing-dump 1\t" + HEAD + order + "\n#end\t0\n");
        assertThatThrownBy(() -> compare(catalogue, listing))
                .isInstanceOf(BadDump.class)
                .hasMessageContaining("c.tsv")
                .message()
                .contains(said);
        assertThat(out).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aPathThatStandsTwiceIsToldWithBothLines() throws IOException {
        refused("b" + ROW + "a" + ROW + "b" + ROW + "#end\t3\n", "unsorted", "c.tsv:4: b stands", "twice", "line 2");
    }

    @Test
    void aDumpThatIsNotInTheOrderOfItsHeaderIsRefused() throws IOException {
        refused("b" + ROW + "a" + ROW + "#end\t2\n", "sorted", "c.tsv:3: a stands", "line 2", "unsorted");
    }

    @Test
    void aDumpThatWasCutOffIsRefused() throws IOException {
        refused("a" + ROW, "unsorted", "c.tsv:3: the dump has no end line", "take the dump again");
        refused("a\t7", "unsorted", "c.tsv:2: the file breaks off");
        refused("a" + ROW + "#end\t2\n", "unsorted", "c.tsv:3: the end line speaks of 2 rows, and 1");
        refused("a" + ROW + "#end\t1\nb" + ROW, "unsorted", "c.tsv:4: a line stands behind the end line");
    }

    @Test
    void aLineThatIsNoRowIsToldWithItsPlaceAndRemedy() throws IOException {
        refused("a" + ROW + "b\t7\n#end\t2\n", "unsorted", "c.tsv:3: ", "2 fields instead of 6", "path, bytes");
        refused("../a" + ROW + "#end\t1\n", "sorted", "c.tsv:2: ", "../a");
        refused("a\tseven\t-\tPROVED\t2026-05-01T00:00:00Z\traw:/a\n#end\t1\n", "sorted", "c.tsv:2: ", "seven");
        refused("a\t7\tcrc:1\tPROVED\t2026-05-01T00:00:00Z\traw:/a\n#end\t1\n", "sorted", "c.tsv:2: ", "adler32:");
        refused("a\t7\t-\tFINE\t2026-05-01T00:00:00Z\traw:/a\n#end\t1\n", "sorted", "c.tsv:2: ", "PROVED");
        refused("a\t7\t-\tPROVED\tyesterday\traw:/a\n#end\t1\n", "sorted", "c.tsv:2: ", "yesterday");
        refused("\r\n#end\t1\n", "sorted", "c.tsv:2: ");
        refused("x".repeat(1 << 17), "sorted", "c.tsv:2: the line is longer");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        Path catalogue = folder.resolve("c");
        Files.writeString(catalogue, "#holdfast-catalogue-dump 1\t" + HEAD + "sorted\n#end\t0\n");
        Path listing = folder.resolve("l");
        byte[] text = ("#holdfast-listing-dump 1\t" + HEAD + "sorted\n?\t1\t-\n#end\t1\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        text[text.length - "?\t1\t-\n#end\t1\n".length()] = (byte) 0xE9;
        Files.write(listing, text);

        assertThatThrownBy(() -> compare(catalogue, listing)).hasMessageContaining("l:2: the line is no UTF-8");
    }

    @Test
    void dumpsOfTwoElementsOrOfTheWrongKindAreRefused() throws IOException {
        Path listing = folder.resolve("l");
        Files.writeString(listing, "#holdfast-listing-dump 1\t" + HEAD + "sorted\n#end\t0\n");
        assertThatThrownBy(() -> compare(listing, listing)).hasMessageContaining("holdfast-listing-dump: give each");

        Path catalogue = folder.resolve("c");
        Files.writeString(catalogue, "#holdfast-catalogue-dump 1\tTAPE\t2026-05-04T08:00:00Z\tsorted\n#end\t0\n");
        assertThatThrownBy(() -> compare(catalogue, listing))
                .hasMessageContaining("TAPE")
                .hasMessageContaining("LAB");
    }

    @Test
    void aWrittenRowReadsBackAsItself() {
        for (var copy : new RandomDumps(5, 300).recorded) {
            byte[] line = DumpText.line(copy).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(DumpText.recorded(new TextLine(0, line))).isEqualTo(copy);
        }
        for (var bytes : new RandomDumps(6, 300).listed) {
            byte[] line = DumpText.line(bytes).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertThat(DumpText.listed(new TextLine(0, line))).isEqualTo(bytes);
        }
    }
}
