package holdfast.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.vocabulary.BadWord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FQANs of VOMS in the forms in which front ends write them, and what a login keeps of them. */
class GroupClaimsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /lab                                                                 | [/lab]
        /lab/Role=NULL/Capability=NULL                                       | [/lab]
        fqan:/lab/Role=NULL/Capability=NULL                                  | [/lab]
        /lab/Role=production/Capability=NULL                                 | [/lab/Role=production]
        /lab/Role=production                                                 | [/lab/Role=production]
        /lab/sub-group/Role=NULL, /lab/Role=NULL/Capability=NULL             | [/lab, /lab/sub-group]
        /lab.example.org/x_1;/lab.example.org/Role=a-b.c                     | [/lab.example.org/Role=a-b.c, /lab.example.org/x_1]
        ''                                                                   | []
        ', ,'                                                                | []
        """)
    void whatIsNullIsLeftOut(String header, String groups) {
        assertThat(GroupClaims.voms(header, Instant.EPOCH).groups()).hasToString(groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lab", "/", "/lab/", "/lab//x", "/lab/Role=", "/lab/Role=a/x", "/lab x", "(null)", "/lab\u0000"})
    void whatIsNoFqanIsRefusedWithAllThatStandsBesideIt(String bad) {
        assertThatThrownBy(() -> GroupClaims.voms("/lab," + bad, Instant.EPOCH))
                .isInstanceOf(BadWord.class)
                .hasMessageContaining("FQAN");
    }

    @Test
    void aLoginKeepsWhatWasSaid() {
        var claim = Optional.of(
                GroupClaims.voms("/lab,/lab/Role=production", Instant.parse("2026-11-24T10:00:00.123456Z")));
        assertThat(KeptClaim.read(KeptClaim.text(claim))).isEqualTo(claim);
        assertThat(KeptClaim.read(KeptClaim.text(Optional.empty()))).isEmpty();
        assertThat(new GroupClaims(List.of())
                        .of("https://x.example.org", Map.of("groups", List.of("/lab")), Instant.EPOCH))
                .as("an issuer that nobody named")
                .isEmpty();
    }
}
