package holdfast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.ingest.NameSchema.Word;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameSchemaTest {
    private static final NameSchema SLASHED = new NameSchema(
            NameSchema.GENERIC.scope(),
            new NamePattern("/[A-Za-z0-9.\\-_+/]+"),
            NameSchema.GENERIC.account(),
            NameSchema.GENERIC.storage(),
            Optional.of(new NamePattern("/([^/]*)(/.*)")));

    @ParameterizedTest
    @CsvSource({"SCOPE, user.jdoe", "NAME, file.0-1_x", "NAME, /belongs/here", "ACCOUNT, a-b_9", "STORAGE, SITE-A_DISK2"
    })
    void whatTheGenericSchemaAllows(Word word, String value) {
        assertThat(NameSchema.GENERIC.problem(word, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SCOPE, a b",
        "SCOPE, abcdefghijklmnopqrstuvwxyz",
        "NAME, bad name!",
        "NAME, a+b",
        "NAME, .hidden",
        "ACCOUNT, Upper",
        "STORAGE, lower",
        "STORAGE, A--B"
    })
    void whatItRefusesIsSaidAsTheFieldsServerSaysIt(Word word, String value) {
        assertThat(NameSchema.GENERIC.problem(word, value).orElseThrow())
                .startsWith("Problem validating ")
                .contains("'" + value + "' does not match '^");
    }

    @Test
    void namesAreLimitedInLength() {
        assertThat(NameSchema.GENERIC.problem(Word.NAME, "x".repeat(250))).isEmpty();
        assertThat(NameSchema.GENERIC.problem(Word.NAME, "x".repeat(251))).isPresent();
        assertThat(NameSchema.GENERIC
                        .problem(Word.NAME, "x".repeat(1_000_000))
                        .orElseThrow()
                        .length())
                .isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab/mc/x", "/lab/mc/x"})
    void aSchemaThatPartsByItsOwnExpressionKeepsTheNamesFirstSlash(String inPath) {
        assertThat(SLASHED.parts("mc", inPath)).hasValue(new NameSchema.Parts("mc", "/lab/mc/x"));
        assertThat(NameSchema.GENERIC.parts("mc", inPath)).hasValue(new NameSchema.Parts("mc", inPath));
    }
}
