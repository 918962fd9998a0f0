package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.access.Capabilities.Use;
import holdfast.vocabulary.BadWord;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
    private static Set<Use> uses(String scope, String path) {
        Capabilities capabilities = Capabilities.of(scope);
        return Arrays.stream(Use.values())
                .filter(use -> capabilities.allow(use, path))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Use.class)));
    }

    @ParameterizedTest
    @CsvSource({
        "/foo, /foo, true",
        "/foo, /foo/bar, true",
        "/foo, /foobar, false",
        "/foo, /fo, false",
        "/foo, /, false",
        "/foo, /bar/foo, false",
        "/foo/, /foo/bar, true",
        "/foo/, /foo, false",
        "/foo/, /foobar, false",
        "/, /foo, true",
        "/, /foo/bar, true",
        "/foo/bar, /foo, false",
        "/foo%20bar, /foo bar/x, true",
        "/a+b, /a+b/x, true",
        "/foo, /foo/../bar, false",
        "/foo, /foo/./bar, false",
        "/foo, /foo//bar, false",
        "/foo, foo/bar, false",
        "/FOO, /foo/bar, false"
    })
    void aPathIsGrantedWithWhatLiesBelowItComponentByComponent(String granted, String asked, boolean allowed) {
        assertThat(Capabilities.of("storage.read:" + granted).allow(Use.READ, asked))
                .isEqualTo(allowed);
    }

    @Test
    void toCreateIsNotToOverwriteAndToModifyIsNotToRead() {
        assertThat(uses("storage.read:/a", "/a/x")).containsExactly(Use.READ);
        assertThat(uses("storage.create:/a", "/a/x")).containsExactly(Use.CREATE);
        assertThat(uses("storage.modify:/a", "/a/x")).containsExactly(Use.CREATE, Use.OVERWRITE, Use.DELETE);
        assertThat(uses("storage.stage:/a", "/a/x")).containsExactly(Use.RECALL);
    }

    @Test
    void eachPathHasItsOwnUses() {
        String scope = "openid storage.read:/a storage.modify:/b offline_access";
        assertThat(uses(scope, "/a/x")).containsExactly(Use.READ);
        assertThat(uses(scope, "/b/x")).doesNotContain(Use.READ).contains(Use.OVERWRITE);
        assertThat(uses(scope, "/c")).isEmpty();
    }

    @Test
    void whoeverShowsACapabilityThatIsNotKnownGetsNothingByIt() {
        Capabilities capabilities = Capabilities.of("storage.poke:/ compute.create");
        assertThat(capabilities.stated()).isTrue();
        assertThat(uses("storage.poke:/ compute.create", "/a")).isEmpty();
        assertThat(Capabilities.of("openid profile").stated()).isFalse();
        assertThat(Capabilities.of("").stated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage.read",
                "storage.read:",
                "storage.read:foo",
                "storage.read:/foo/../bar",
                "storage.read:/./foo",
                "storage.read://foo",
                "storage.read:/foo//",
                "storage.read:/foo%2Fbar",
                "storage.read:/%2E%2E/bar",
                "storage.read:/foo%2",
                "storage.create:/ok storage.modify"
            })
    void aCapabilityWithoutAPlainPathSpoilsTheToken(String scope) {
        assertThatThrownBy(() -> Capabilities.of(scope))
                .isInstanceOf(BadWord.class)
                .hasMessageContaining("capability 'storage.");
    }
}
