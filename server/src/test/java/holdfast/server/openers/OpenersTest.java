package holdfast.server.openers;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.FileRow;
import holdfast.formats.Opener;
import holdfast.plan.Attributes;
import holdfast.server.openers.Opened.Fails;
import holdfast.server.openers.Opened.NotKnown;
import holdfast.server.openers.Opened.Opens;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenersTest {
    private static final byte[] BYTES = "ten events".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Duration limit = Duration.ofSeconds(30);

    private FileRow file(Map<String, String> attributes) {
        return new FileRow(
                DataId.parse("raw:/lab/raw/e1/-we;ird $(name).root"),
                new ByteSize(BYTES.length),
                Digests.of(Digest.sha256(BYTES)),
                FileRow.DigestOrigin.SOURCE,
                Optional.empty(),
                new Attributes(attributes),
                Instant.EPOCH,
                new FileRow.Source("lab", FileRow.SourceState.HELD),
                true,
                false);
    }

    /** What a shell script that gets the file's path as $1 makes of some bytes. */
    private Opened open(String script, byte[] bytes, Map<String, String> attributes) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, script);
        Opener opener = new Opener("root", List.of("/bin/sh", program.toString(), Opener.FILE), limit);
        return new Openers(folder.resolve("copies"), List.of(opener))
                .open("root", file(attributes), new ByteArrayInputStream(bytes));
    }

    private Opened open(String script) throws IOException {
        return open(script, BYTES, Map.of());
    }

    private static String lines(String... script) {
        return String.join("\n", script) + "\n";
    }

    /** Whatever came of it, nothing is left. */
    @AfterEach
    void nothingIsLeft() throws IOException {
        if (Files.exists(folder.resolve("copies"))) {
            try (Stream<Path> left = Files.list(folder.resolve("copies"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void aProgramThatEndsWellOpensTheFile() throws IOException {
        assertThat(open(lines("test \"$(cat \"$1\")\" = 'ten events'"))).isEqualTo(new Opens(OptionalLong.empty()));
    }

    @Test
    void aProgramThatEndsOtherwiseDoesNotAndTellsItsLastLine() throws IOException {
        assertThat(open(lines("echo reading", "echo no tree in it >&2", "exit 3")))
                .isEqualTo(new Fails("exit 3, no tree in it"));
    }

    @Test
    void theNumberOfEventsHasToBeTheCatalogues() throws IOException {
        String ten = lines("echo events=10");
        assertThat(open(ten, BYTES, Map.of("events", "10"))).isEqualTo(new Opens(OptionalLong.of(10)));
        assertThat(open(ten, BYTES, Map.of("events", "11")))
                .isEqualTo(new Fails("it holds 10 events, the catalogue says 11"));
        assertThat(open(ten, BYTES, Map.of())).isEqualTo(new Opens(OptionalLong.of(10)));
        assertThat(open("exit 0", BYTES, Map.of("events", "11"))).isEqualTo(new Opens(OptionalLong.empty()));
    }

    @Test
    void aProgramThatDoesNotEndIsEndedWithItsChildren() throws IOException {
        limit = Duration.ofMillis(300);
        Path pid = folder.resolve("pid");
        Opened opened = open(lines("sleep 600 & echo $! > " + pid, "wait"));
        assertThat(opened).isInstanceOf(NotKnown.class);
        assertThat(opened.toString()).contains("did not end within");
        long child = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false) && !isEnding(child))
                .isFalse();
    }

    /** A killed child may be there until somebody asked how it ended. */
    private static boolean isEnding(long child) throws IOException {
        for (int i = 0; i < 200; i++) {
            Path stat = Path.of("/proc", Long.toString(child), "stat");
            if (!Files.exists(stat) || Files.readString(stat).contains(") Z ")) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    @Test
    void aProgramThatPrintsForEverIsEnded() throws IOException {
        Opened opened = open(lines("while :; do echo and on and on; done"));
        assertThat(opened).isInstanceOf(NotKnown.class);
        assertThat(opened.toString()).contains("printed more than");
    }

    @Test
    void aProgramThatIsNotThereOrIsKilledSaysNothingOfTheFile() throws IOException {
        assertThat(open("exec /no/such/program")).isInstanceOf(NotKnown.class);
        assertThat(open("kill -9 $$")).isInstanceOf(NotKnown.class);
        Openers none = new Openers(
                folder.resolve("copies"), List.of(new Opener("root", List.of("/no/such/program", Opener.FILE), limit)));
        assertThat(none.open("root", file(Map.of()), new ByteArrayInputStream(BYTES)))
                .isInstanceOf(NotKnown.class);
    }

    @Test
    void aFailureThatDoesNotComeAgainSaysNothing() throws IOException {
        Path once = folder.resolve("once");
        assertThat(open(lines("test -e " + once + " && exit 0", "touch " + once, "exit 1")))
                .isEqualTo(new NotKnown("it opened only when it was tried again"));
    }

    @Test
    void theProgramSeesNothingOfOurEnvironmentAndAnEmptyFolderOfItsOwn() throws IOException {
        Path seen = folder.resolve("seen");
        open(lines(
                "env | cut -d= -f1 | sort > " + seen, "pwd >> " + seen, "ls -a >> " + seen, "stat -c %a . >> " + seen));
        List<String> lines = Files.readAllLines(seen);
        assertThat(lines).contains("HOME", "PATH", "TMPDIR", "file-we_ird___name_.root", "700");
        assertThat(lines.subList(0, lines.indexOf("TMPDIR") + 1))
                .isSubsetOf("HOME", "LANG", "OLDPWD", "PATH", "PWD", "SHLVL", "TMPDIR", "_");
    }

    @Test
    void bytesThatAreNotTheFilesAreNotOpened() throws IOException {
        byte[] other = BYTES.clone();
        other[0] ^= 1;
        assertThat(open("exit 0", other, Map.of())).isInstanceOf(NotKnown.class);
        assertThat(open("exit 0", new byte[BYTES.length - 1], Map.of())).isInstanceOf(NotKnown.class);
        assertThat(open("exit 0", new byte[BYTES.length + 1], Map.of())).isInstanceOf(NotKnown.class);
    }
}
