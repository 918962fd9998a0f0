package holdfast.formats.dump;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.StoragePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathOrderTest {
    private static final List<String> IN_ORDER = List.of(
            ".rewritten-/a",
            ".rewritten-1",
            ".rewritten-x/a",
            "a",
            ".rewritten-12345678901/a",
            ".rewritten-01/a",
            ".rewritten-1/a",
            ".rewritten-9/a",
            ".rewritten-10/a",
            "a-b",
            "a/b",
            "aa",
            "\uFF5E",
            ".rewritten-2/\uFF5E",
            "\uD83D\uDE00");

    @Test
    void writingsOfAFileStandTogetherInTheOrderOfTheirNumbers() {
        List<String> sorted = IN_ORDER.reversed().stream()
                .map(StoragePath::new)
                .sorted(StoragePath.BY_FILE)
                .map(StoragePath::path)
                .toList();

        // A number of more than nine digits is none of ours and counts as 0.
        assertThat(sorted).containsExactlyInAnyOrderElementsOf(IN_ORDER);
        assertThat(sorted.subList(5, sorted.size())).isEqualTo(IN_ORDER.subList(5, IN_ORDER.size()));
    }

    @Test
    void bytesCompareAsPathsDo() {
        for (String one : IN_ORDER) {
            for (String other : IN_ORDER) {
                int paths = StoragePath.BY_FILE.compare(new StoragePath(one), new StoragePath(other));
                assertThat(Integer.signum(PathOrder.BY_FILE.compare(bytes(one), bytes(other))))
                        .as("%s against %s", one, other)
                        .isEqualTo(Integer.signum(paths));
            }
            assertThat(PathOrder.plain(bytes(one))).isEqualTo(bytes(new StoragePath(one).plain()));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
