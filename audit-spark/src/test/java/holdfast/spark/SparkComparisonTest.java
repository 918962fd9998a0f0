package holdfast.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import holdfast.formats.dump.BadDump;
import holdfast.formats.dump.Compared;
import holdfast.formats.dump.DumpComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's answer is the answer of the comparison on one machine, byte for byte. */
class SparkComparisonTest {
    private static JavaSparkContext spark;

    @TempDir
    static Path work;

    @TempDir
    Path folder;

    @BeforeAll
    static void begin() {
        spark = new JavaSparkContext(AuditSpark.settings("local[2]")
                .set("spark.local.dir", work.toString())
                // Small pieces, so that lines lie across the cuts.
                .set("spark.hadoop.mapreduce.input.fileinputformat.split.maxsize", "20000"));
        spark.setLogLevel("ERROR");
    }

    @AfterAll
    static void end() {
        spark.close();
    }

    private Compared bySpark(Path catalogue, Path listing, Path findings) throws IOException {
        return new SparkComparison(catalogue.toString(), listing.toString(), OptionalInt.of(5))
                .compare(spark, Optional.of(findings));
    }

    private Compared builtIn(Path catalogue, Path listing, Path findings) throws IOException {
        return new DumpComparison(catalogue, listing, folder, 1 << 20).compare(Optional.of(findings));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyPlantedDifferenceIsFoundAndTheFindingsAreTheSameBytes(long seed) throws IOException {
        PlantedDumps dumps = new PlantedDumps(seed, 2_000);
        Path catalogue = dumps.catalogue(folder.resolve("catalogue.tsv"));
        Path listing = dumps.listing(folder.resolve("listing.tsv"));

        Compared one = builtIn(catalogue, listing, folder.resolve("one.tsv"));
        Compared other = bySpark(catalogue, listing, folder.resolve("other.tsv"));

        assertThat(other).isEqualTo(one);
        assertThat(folder.resolve("other.tsv")).hasSameBinaryContentAs(folder.resolve("one.tsv"));
        assertThat(other.counted().missing().files()).isEqualTo(dumps.missing).isPositive();
        assertThat(other.counted().dark().files()).isEqualTo(dumps.dark).isPositive();
        assertThat(other.counted().different().files())
                .isEqualTo(dumps.different)
                .isPositive();
        assertThat(other.counted().superseded()).isPositive();
        assertThat(other.counted().recorded()).isEqualTo(dumps.recorded.size());
    }

    @Test
    void emptyDumpsAgree() throws IOException {
        PlantedDumps none = new PlantedDumps(0, 0);

        Compared compared = bySpark(
                none.catalogue(folder.resolve("c.tsv")), none.listing(folder.resolve("l.tsv")), folder.resolve("f"));

        assertThat(compared.counted().findings()).isZero();
        assertThat(folder.resolve("f")).content().endsWith("#end\t0\n");
    }

    private void refusedByBoth(Path catalogue, Path listing, String... said) throws IOException {
        Throwable one = catchThrowable(() -> builtIn(catalogue, listing, folder.resolve("one.tsv")));
        Throwable other = catchThrowable(() -> bySpark(catalogue, listing, folder.resolve("other.tsv")));

        assertThat(other).isInstanceOf(BadDump.class).hasMessage(one.getMessage());
        assertThat(other.getMessage()).contains(said);
        assertThat(folder.resolve("other.tsv")).doesNotExist();
    }

    @Test
    void aBadLineADuplicateAndACutOffDumpAreRefusedInTheSameWords() throws IOException {
        PlantedDumps dumps = new PlantedDumps(9, 1_000);
        Path catalogue = dumps.catalogue(folder.resolve("c.tsv"));
        Path listing = dumps.listing(folder.resolve("l.tsv"));
        String whole = Files.readString(listing);
        List<String> lines = whole.lines().toList();

        Files.writeString(listing, whole.replace(lines.get(500) + "\n", lines.get(500) + "\textra\n"));
        refusedByBoth(catalogue, listing, "l.tsv:501: ", "4 fields instead of 3");

        Files.writeString(
                listing, whole.replace(lines.getLast(), lines.get(400)) + "#end\t" + (lines.size() - 1) + "\n");
        refusedByBoth(catalogue, listing, "l.tsv:" + lines.size() + ": ", "twice", "line 401");

        Files.writeString(listing, whole.substring(0, whole.length() - 20));
        refusedByBoth(catalogue, listing, "breaks off");
        Files.writeString(listing, whole.substring(0, whole.indexOf("#end")));
        refusedByBoth(catalogue, listing, "no end line");

        Files.writeString(listing, whole.replace(lines.getLast(), "#end\t7"));
        refusedByBoth(catalogue, listing, "speaks of 7 rows");

        refusedByBoth(listing, catalogue, "holdfast-listing-dump");
    }

    @Test
    void aFileThatIsNotThereOrWouldBeTakenForSeveralIsRefused() throws IOException {
        Path catalogue = new PlantedDumps(1, 10).catalogue(folder.resolve("c.tsv"));

        assertThatThrownBy(() -> bySpark(catalogue, folder.resolve("nothing"), folder.resolve("f")))
                .hasMessageContaining("no file that the driver can read");
        assertThatThrownBy(() -> bySpark(catalogue, folder.resolve("l*"), folder.resolve("f")))
                .hasMessageContaining("several files");
    }
}
