package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Channel;
import holdfast.formats.Result.Refused;
import holdfast.plan.Sites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files named by their defect. The first lines of each say what must be found: {@code # expect line:column: what (hint)},
 * and nothing else may be.
 */
class BrokenFilesTest {
    private static final Path BROKEN = Path.of("src", "test", "resources", "broken");

    static Stream<Path> files() throws IOException {
        return Stream.of("plan", "sites", "policy", "notify").flatMap(kind -> listed(BROKEN.resolve(kind)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachDefectIsFoundAtItsPlaceWithItsHintAndNothingElse(Path file) {
        List<String> expected = text(file)
                .lines()
                .filter(l -> l.startsWith("# expect "))
                .map(l -> l.substring("# expect ".length()))
                .toList();
        Result<?> result = read(file.getParent().getFileName().toString(), text(file));
        assertThat(result).isInstanceOf(Refused.class);
        assertThat(((Refused<?>) result).findings())
                .extracting(f -> f.say("x").substring(2))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theFilesThatTheDefectsWerePutIntoAreRight() {
        assertThat(sites().elements()).hasSize(4);
        assertThat(PlanFile.read(text(BROKEN.resolve("right-plan.yaml")), "x", sites()))
                .isInstanceOf(Result.Read.class);
        assertThat(PolicyFile.read(text(BROKEN.resolve("right-policy.yaml")), "x"))
                .isInstanceOf(Result.Read.class);
        assertThat(NotifyFile.read(text(BROKEN.resolve("right-notify.yaml")), "x")
                        .orThrow()
                        .channels())
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(Channel.Mail.class, mail -> {
                    assertThat(mail.server().port()).isEqualTo(587);
                    assertThat(mail.server().security()).isEqualTo(Channel.Security.STARTTLS);
                    assertThat(mail.alive()).isFalse();
                });
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsPlace() {
        for (String text :
                List.of("", "   ", "a: [1", "- a\n- b", "just words", "a: \"open", "a:\tb\n\tc: d", "a: b: c", "\0")) {
            Result<?> result = PlanFile.read(text, "x", sites());
            assertThat(result).as(text).isInstanceOf(Refused.class);
            assertThat(((Refused<?>) result).findings()).as(text).allMatch(f -> f.line() >= 1 && f.column() >= 1);
        }
    }

    @Test
    void nestedAliasesAndDeepNestingCostNothing() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(PlanFile.read(bomb.toString(), "x", sites())).isInstanceOf(Refused.class);
        Refused<?> deep = (Refused<?>) PlanFile.read("a: " + "[".repeat(10_000), "x", sites());
        assertThat(deep.findings()).singleElement().matches(f -> f.what().contains("nested more than 20 deep"));
    }

    private static Result<?> read(String kind, String text) {
        return switch (kind) {
            case "plan" -> PlanFile.read(text, "x", sites());
            case "sites" -> SitesFile.read(text, "x");
            case "notify" -> NotifyFile.read(text, "x");
            default -> PolicyFile.read(text, "x");
        };
    }

    private static Sites sites() {
        return SitesFile.read(text(BROKEN.resolve("sites.yaml")), "sites.yaml").orThrow();
    }

    private static Stream<Path> listed(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
