package holdfast.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.vocabulary.AccountName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may become a password. */
class PasswordRuleTest {
    private static final Mapping ANNA =
            new Mapping(new Identity(IdentityType.USERPASS, "anna-schmidt"), new AccountName("aschmidt"), "", true);

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord", "12345678", "baseball", "Football", "qwertyuiop", "iloveyou"})
    void whatEverybodyTakesIsRefusedInWhateverCase(String common) {
        assertThatThrownBy(() -> PasswordRule.require(ANNA, common))
                .isInstanceOf(PasswordRule.Weak.class)
                .hasMessageContaining("one of the passwords that people take most");
    }

    /** The whole password is compared: a sentence may have common words in it. */
    @ParameterizedTest
    @ValueSource(strings = {"password of a long sentence", "baseball is not what we play", "x-12345678-y"})
    void aCommonOneWithinIsNoObstacle(String sentence) {
        assertThatCode(() -> PasswordRule.require(ANNA, sentence)).doesNotThrowAnyException();
    }

    /** ASVS 5.0, 6.2.4 asks for 3,000 that fit the rule. */
    @Test
    void thousandsAreKnown() {
        assertThat(CommonPasswords.count()).isGreaterThanOrEqualTo(3_000);
    }
}
