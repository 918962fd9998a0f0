package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.AccessPolicy;
import holdfast.access.Area;
import holdfast.vocabulary.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessReaderTest {
    private static final String NAMES = """
        holdfast-policy: 1
        names: { form: '.+' }
        layout: scope-and-name
        scope: { from: caller }
        """;

    @Test
    void aPolicyThatSaysNothingIsTheGenericOne() {
        assertThat(PolicyFile.access(NAMES, "p").orThrow()).isEqualTo(AccessPolicy.GENERIC);
    }

    @Test
    void rolesScopesNamesAndElementsAreRead() {
        AccessPolicy access = PolicyFile.access(NAMES + """
            access:
              roles:
                - { attribute: rule_admin, opens: [rules, quotas] }
              restricted-scopes: raw
              open-names: [/scout/]
              open-elements: '-TMP'
            """, "p").orThrow();
        assertThat(access.roles()).containsOnlyKeys("rule_admin");
        assertThat(access.roles().get("rule_admin"))
                .isEqualTo(new AccessPolicy.Role(Set.of(Area.RULES, Area.QUOTAS), Set.of()));
        assertThat(access.restricted()).containsExactly(new Scope("raw"));
        assertThat(access.open()).containsExactly(new Scope("mock"));
        assertThat(access.openNames()).containsExactly("/scout/");
        assertThat(access.elements().free()).containsExactly("-TMP");
    }

    @Test
    void noRoleOpensAccounts() {
        String text = NAMES + "access: { roles: [ { attribute: boss, opens: accounts } ] }\n";
        assertThat(PolicyFile.access(text, "p"))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.say()).contains("'accounts'"));
        assertThat(PolicyFile.read(text, "p")).isInstanceOf(Result.Refused.class);
    }

    @Test
    void theShippedPoliciesAreRead() throws Exception {
        for (String name : new String[] {"belle2-policy.yaml", "small-lab-policy.yaml"}) {
            PolicyFile.access(Files.readString(Path.of("../plans", name)), name).orThrow();
        }
    }
}
