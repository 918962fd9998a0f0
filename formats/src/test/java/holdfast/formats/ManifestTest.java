package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.ingest.StatedFile;
import holdfast.vocabulary.Digest.Algorithm;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void gnuLinesAreReadInTextAndBinaryMode() {
        Manifest manifest = ChecksumManifest.read(SHA + "  a b.txt\r\n" + MD5 + " *c.bin\n\n# a remark\n");
        assertThat(manifest.findings()).isEmpty();
        assertThat(hex(manifest, "a b.txt", Algorithm.SHA256)).isEqualTo(SHA);
        assertThat(hex(manifest, "c.bin", Algorithm.MD5)).isEqualTo(MD5);
    }

    @Test
    void escapedNamesAreUnescapedOnlyAfterABackslash() {
        Manifest manifest = ChecksumManifest.read("\\" + MD5 + "  a\\nb\\\\c\n" + MD5 + "  d\\n\n");
        assertThat(manifest.files()).extracting(StatedFile::path).containsExactly("a\nb\\c", "d\\n");
    }

    @Test
    void bsdLinesAreRead() {
        Manifest manifest = ChecksumManifest.read(
                "SHA256 (dir/f (1)) = " + SHA + "\nMD5 (g) = " + MD5 + "\nSHA2-256 (h) = " + SHA.toUpperCase());
        assertThat(manifest.findings()).isEmpty();
        assertThat(hex(manifest, "dir/f (1)", Algorithm.SHA256)).isEqualTo(SHA);
        assertThat(hex(manifest, "g", Algorithm.MD5)).isEqualTo(MD5);
        assertThat(hex(manifest, "h", Algorithm.SHA256)).isEqualTo(SHA);
    }

    @Test
    void adlerLinesAreRead() {
        assertThat(hex(ChecksumManifest.read("0c5c0b66 /store/f.root"), "/store/f.root", Algorithm.ADLER32))
                .isEqualTo("0c5c0b66");
    }

    @Test
    void severalAlgorithmsOfOnePathArePutTogether() {
        Manifest manifest = ChecksumManifest.read(SHA + "  f\n" + MD5 + "  f\n");
        assertThat(manifest.files()).hasSize(1);
        assertThat(manifest.of("f").orElseThrow().digests().md5()).isPresent();
        assertThat(manifest.of("f").orElseThrow().digests().sha256()).isPresent();
    }

    @Test
    void aBadLineIsNamedAndHidesNoGoodOne() {
        Manifest manifest = ChecksumManifest.read("rubbish\n" + MD5 + "  good\n" + "abcdef  short\n"
                + "WHIRLPOOL (x) = " + MD5 + "\nMD5 (y) = " + SHA + "\n");
        assertThat(manifest.files()).extracting(StatedFile::path).containsExactly("good");
        assertThat(manifest.findings()).extracting(Finding::line).containsExactly(1, 3, 4, 5);
        assertThat(manifest.findings()).allMatch(f -> !f.hint().isEmpty());
    }

    @Test
    void aContradictedFileIsNotTakenFromTheList() {
        Manifest manifest = ChecksumManifest.read(MD5 + "  f\n" + MD5.replace('d', 'a') + "  f\n" + MD5 + "  g\n");
        assertThat(manifest.files()).extracting(StatedFile::path).containsExactly("g");
        assertThat(manifest.findings()).singleElement().matches(f -> f.line() == 2);
    }

    @Test
    void theJobFileGivesDigestsAndWhatDescribesTheData() {
        Manifest manifest = JobInformation.read("""
                {"basf2_apiversion":1,"output_files":[{"type":"RootOutput","filename":"out/mdst.root",
                 "metadata":{"LFN":"/belle/Data/x.root","nEvents":120,"experimentLow":7,"experimentHigh":7,"runLow":1,
                  "runHigh":15,"eventLow":1,"eventHigh":9,"parents":["a","b"],"date":"2026-01-02 03:04:05","site":"desk",
                  "user":"somebody","randomSeed":"s","release":"release-08","isMC":false,"mcEvents":0,"globalTag":"t1,t2",
                  "dataDescription":{"k":"v"},"steering":"import secret"},
                 "checks_passed":{"file_readable":true,"contains_tree":true},
                 "stats":{"filesize_kib":12.5},"checksums":{"md5":"%s","adler32":"0c5c0b66"}}],
                 "basf2_status":{"success":true}}""".formatted(MD5));
        assertThat(manifest.findings()).isEmpty();
        StatedFile file = manifest.of("out/mdst.root").orElseThrow();
        assertThat(file.name()).contains("/belle/Data/x.root");
        assertThat(file.size()).as("kibibytes are no exact size").isEmpty();
        assertThat(file.digests().md5()).isPresent();
        assertThat(file.digests().adler32()).isPresent();
        assertThat(file.attributes().values())
                .containsEntry("experiment", "7")
                .containsEntry("run_low", "1")
                .containsEntry("run_high", "15")
                .containsEntry("events", "120")
                .containsEntry("parents", "2")
                .containsEntry("global_tag", "t1,t2")
                .containsEntry("is_mc", "false");
        assertThat(file.attributes().toString()).doesNotContain("somebody", "desk", "secret");
    }

    @Test
    void oldJobFilesWithoutChecksAndAdlerAreRead() {
        Manifest manifest = JobInformation.read(
                "{\"output_files\":[{\"filename\":\"a.root\",\"metadata\":{\"LFN\":\"a.root\",\"isMC\":1,"
                        + "\"experimentLow\":-1,\"experimentHigh\":-1},\"checksums\":{\"md5\":\"" + MD5 + "\"}}]}");
        assertThat(manifest.findings()).isEmpty();
        StatedFile file = manifest.of("a.root").orElseThrow();
        assertThat(file.name()).as("a path is no logical name").isEmpty();
        assertThat(file.attributes().value("experiment"))
                .as("an empty file has no range")
                .isEmpty();
        assertThat(file.digests().adler32()).isEmpty();
    }

    @Test
    void theMetadataOfOneFileIsReadToo() {
        Manifest manifest = JobInformation.read("{\"LFN\":\"/belle/Data/x.root\",\"nEvents\":5,\"user\":\"u\"}");
        assertThat(manifest.of("/belle/Data/x.root").orElseThrow().attributes().values())
                .containsOnlyKeys("events");
    }

    @Test
    void aFileWhoseOwnChecksFailedIsNamedAndNotTaken() {
        Manifest manifest = JobInformation.read("""
                {"output_files":[{"filename":"bad.root","metadata":{},"checks_passed":{"file_readable":true,
                 "all_entries_readable":false}},{"filename":"odd.root","metadata":{},"checksums":{"md5":"xyz"}},
                 {"filename":"good.root","metadata":{}}]}""");
        assertThat(manifest.files()).extracting(StatedFile::path).containsExactly("good.root");
        assertThat(manifest.findings()).hasSize(2);
        assertThat(manifest.findings().getFirst().what()).contains("output_files[0]", "all_entries_readable");
    }

    @Test
    void brokenJsonIsNamedWithItsPlace() {
        Manifest manifest = JobInformation.read("{\"output_files\": [\n  {,}\n]}");
        assertThat(manifest.findings())
                .singleElement()
                .matches(f -> f.line() == 2 && f.what().startsWith("this is no JSON"));
        assertThat(JobInformation.read("{}").findings()).hasSize(1);
        assertThat(JobInformation.read("").findings()).hasSize(1);
        assertThat(JobInformation.read("{\"a\":1,\"a\":2}").findings()).hasSize(1);
    }

    private static String hex(Manifest manifest, String path, Algorithm algorithm) {
        return manifest.of(path)
                .orElseThrow()
                .digests()
                .by(algorithm)
                .orElseThrow()
                .hex();
    }
}
