package holdfast.formats.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust in our Java is not needed: sixty lines of Python come to the same leaves and root. Runs where python3 is. */
class StrangersCheckTest {
    private static final Path TOOL = Path.of("..", "tools", "check_entries.py");

    @TempDir
    private Path folder;

    private final World world = new World();

    private record Ran(int exit, String text) {}

    @BeforeAll
    static void pythonIsThere() throws InterruptedException {
        boolean there;
        try {
            there = run(List.of("python3", "--version")).exit() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(
                there, "python3 is not on the PATH: install it to check the journal with a program that is not ours");
    }

    @Test
    void aStrangersProgramComesToTheSameRoot() throws IOException, InterruptedException {
        Path bundle = world.bundle(folder.resolve("bundle.zip"));
        Path head = Files.writeString(folder.resolve("head.txt"), world.head().text() + "\n");
        Ran ran = check(bundle, head);
        assertThat(ran.text())
                .isEqualToIgnoringNewLines(
                        "16 entries give the root " + world.head().root());
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aStrangersProgramFindsWhatWasDroppedOrChanged() throws IOException, InterruptedException {
        Path head = Files.writeString(folder.resolve("head.txt"), world.head().text() + "\n");
        world.entries.removeLast();
        Ran dropped = check(world.bundle(folder.resolve("dropped.zip")), head);
        assertThat(dropped.text()).startsWith("REFUSED 15 entries do not contain the journal of the head");
        assertThat(dropped.exit()).isEqualTo(1);
    }

    private static Ran check(Path bundle, Path head) throws IOException, InterruptedException {
        return run(List.of("python3", TOOL.toString(), bundle.toString(), head.toString()));
    }

    private static Ran run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), text);
    }
}
