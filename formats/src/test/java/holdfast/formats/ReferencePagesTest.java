package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The generated part of each reference page is what the readers know. With {@code -Dholdfast.write.reference=true} the
 * pages are written again instead.
 */
class ReferencePagesTest {
    private static final Path PAGES = Path.of("..", "docs", "reference");
    private static final String BEGIN = "<!-- made from the code: begin -->\n";
    private static final String END = "<!-- made from the code: end -->\n";
    private static final Map<String, String> MADE = Map.of(
            "plan-file.md", ReferencePages.plan(),
            "sites-file.md", ReferencePages.sites(),
            "policy-file.md", ReferencePages.policy(),
            "register-file.md", ReferencePages.register(),
            "notify-file.md", ReferencePages.notifying(),
            "openers-file.md", ReferencePages.openers(),
            "issuers-file.md", ReferencePages.issuers(),
            "members-file.md", ReferencePages.members());

    @Test
    void eachPageSaysWhatItsReaderKnows() throws IOException {
        for (Map.Entry<String, String> page : MADE.entrySet()) {
            Path file = PAGES.resolve(page.getKey());
            String text = Files.readString(file);
            String expected = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + "\n" + page.getValue() + "\n"
                    + text.substring(text.indexOf(END));
            if (Boolean.getBoolean("holdfast.write.reference")) {
                Files.writeString(file, expected);
            } else {
                assertThat(text)
                        .as(page.getKey() + "; write it again with -Dholdfast.write.reference=true")
                        .isEqualTo(expected);
            }
        }
    }
}
