package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerbsTest {
    private static final String CATALOGUE = """
            #holdfast-catalogue-dump 1	LAB-DISK	2026-05-04T09:00:00Z	unsorted
            lab/b	7	adler32:00000001	PROVED	2026-05-01T00:00:00Z	raw:/lab/b
            lab/a	7	adler32:00000001	PROVED	2026-05-01T00:00:00Z	raw:/lab/a
            #end	2
            """;
    private static final String LISTING = """
            #holdfast-listing-dump 1	LAB-DISK	2026-05-04T08:00:00Z	unsorted
            lab/c	9	-
            lab/b	8	-
            #end	2
            """;

    @TempDir
    Path folder;

    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void begin() throws IOException {
        server = new FakeServer();
        prompt = new Prompt(server.url(), folder);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aDumpIsWrittenWholeAndNeverOverAnother() throws IOException {
        Path file = folder.resolve("catalogue.tsv");
        server.answer("GET /api/dumps/LAB-DISK/catalogue", CATALOGUE);

        assertThat(prompt.run("audit", "dump-catalogue", "LAB-DISK", "--out", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(file).hasContent(CATALOGUE);
        assertThat(prompt.out()).contains("2 rows");
        assertThat(prompt.run("audit", "dump-catalogue", "LAB-DISK", "--out", file.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("--overwrite");
        assertThat(prompt.run("audit", "dump-catalogue", "LAB-DISK", "--out", file.toString(), "--overwrite"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aDumpThatBrokeOffIsNotKept() throws IOException {
        Path file = folder.resolve("listing.tsv");
        server.answer("GET /api/dumps/LAB-DISK/listing", LISTING.replace("#end\t2\n", ""));

        assertThat(prompt.run("audit", "dump-listing", "LAB-DISK", "--out", file.toString()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(prompt.err()).contains("no end line");
        assertThat(folder).isDirectoryNotContaining("glob:**listing*");
        server.refuse("GET /api/dumps/LAB-DISK/listing", 503, "UNAVAILABLE", "LAB-DISK does not answer");
        assertThat(prompt.run("audit", "dump-listing", "LAB-DISK", "--out", file.toString()))
                .isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err()).contains("LAB-DISK does not answer");
    }

    @Test
    void aComparisonNeedsNoServerAndExitsOneWhenItFoundSomething() throws IOException {
        String catalogue = write("c.tsv", CATALOGUE);
        String listing = write("l.tsv", LISTING);
        Path findings = folder.resolve("findings.tsv");

        assertThat(prompt.bare(
                        "audit",
                        "compare",
                        "--catalogue",
                        catalogue,
                        "--listing",
                        listing,
                        "--out",
                        findings.toString()))
                .isEqualTo(ExitCode.FOUND_WRONG);

        assertThat(prompt.out()).contains("missing    1 (7 bytes)", "dark       1 (9 bytes)", "different  1 (8 bytes)");
        assertThat(findings).hasContent("""
                #holdfast-findings 1	LAB-DISK	2026-05-04T09:00:00Z	2026-05-04T08:00:00Z
                missing	lab/a	7	-	adler32:00000001	-	PROVED	raw:/lab/a
                different	lab/b	7	8	adler32:00000001	-	PROVED	raw:/lab/b
                dark	lab/c	-	9	-	-	-	-
                #end	3
                """);
        assertThat(prompt.bare("audit", "compare", "--catalogue", catalogue, "--listing", listing, "--json"))
                .isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out()).contains("\"recorded\" : 2", "\"dark\" : {");
    }

    @Test
    void whatAgreesExitsZeroAndABadFileIsNamedWithItsLine() throws IOException {
        String catalogue = write("c.tsv", CATALOGUE);
        String right = write("r.tsv", LISTING.replace("lab/c\t9", "lab/a\t7").replace("lab/b\t8", "lab/b\t7"));
        String wrong = write("w.tsv", LISTING.replace("lab/c\t9\t-", "lab/c\tnine\t-"));

        assertThat(prompt.bare("audit", "compare", "--catalogue", catalogue, "--listing", right))
                .isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("only sizes were compared");
        assertThat(prompt.bare("audit", "compare", "--catalogue", catalogue, "--listing", wrong))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("w.tsv:2: ").contains("nine");
        assertThat(prompt.bare("audit", "compare", "--catalogue", right, "--listing", catalogue))
                .isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("holdfast-listing-dump");
        assertThat(prompt.bare("audit", "compare", "--catalogue", catalogue, "--listing", "/nowhere"))
                .isEqualTo(ExitCode.USAGE);
    }
}
