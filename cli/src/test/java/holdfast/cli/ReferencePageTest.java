package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/reference/cli.md is what the verbs say of themselves; run this test with -Dholdfast.write=true to write it. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "cli.md");
    private static final int WIDTH = 100;
    private static final String HEAD = """
            # The command line

            Every verb, as `holdfast VERB --help` prints it. This page is written by a test from the verbs themselves:
            `build/maven.sh -pl core,formats,cli test -Dtest=ReferencePageTest -Dholdfast.write=true`. The server is started by
            `holdfast serve`, which is described elsewhere.

            Exit codes: 0 all is well; 1 something was found wrong or was refused, and is named; 2 wrong use, or what is needed
            (a server, a secret, a file) is not there; 3 a proof is consistent in itself only.
            """;

    @Test
    void thePageDescribesEveryVerbAsItIs() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        describe(page, "holdfast", Holdfast.commandLine());
        if (Boolean.getBoolean("holdfast.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().as("write it anew, as its head says").isEqualTo(page.toString());
    }

    @Test
    void everyVerbThatAsksAServerCanAnswerInJson() {
        all("holdfast", Holdfast.commandLine()).forEach((name, verb) -> {
            if (verb.getCommandSpec().findOption("--url") != null) {
                assertThat(verb.getCommandSpec().findOption("--json")).as(name).isNotNull();
            }
        });
    }

    private static Map<String, CommandLine> all(String name, CommandLine verb) {
        Map<String, CommandLine> all = new java.util.TreeMap<>();
        all.put(name, verb);
        verb.getSubcommands().forEach((word, below) -> all.putAll(all(name + " " + word, below)));
        return all;
    }

    private static void describe(StringBuilder page, String name, CommandLine verb) {
        verb.setUsageHelpWidth(WIDTH);
        page.append("\n## ").append(name).append("\n```text\n");
        for (String line : verb.getUsageMessage(Ansi.OFF).split("\n", -1)) {
            page.append(line.stripTrailing()).append('\n');
        }
        page.setLength(page.length() - 1);
        page.append("```\n");
        verb.getSubcommands().forEach((word, below) -> {
            if (!word.equals("help")) {
                describe(page, name + " " + word, below);
            }
        });
    }
}
