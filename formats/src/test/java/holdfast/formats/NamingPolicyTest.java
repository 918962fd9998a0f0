package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.ingest.NamingPolicy;
import holdfast.ingest.NamingPolicy.Named;
import holdfast.vocabulary.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamingPolicyTest {
    private static final Set<Scope> KNOWN = Set.of(new Scope("user.auser"), new Scope("group.data"));
    private static final NamingPolicy BELLE = Shipped.read("belle2").policy();
    private static final NamingPolicy LAB = Shipped.read("small-lab").policy();
    private static final String RAW = "/belle/Raw/e0003/r04794/sub00/physics.0003.04794.HLT2.f00000.root";

    static List<String[]> golden() throws IOException {
        var stream = Objects.requireNonNull(NamingPolicyTest.class.getResourceAsStream("/names-and-scopes.tsv"));
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t", -1))
                    .toList();
        }
    }

    @Test
    void theGoldenTableIsWhole() throws IOException {
        assertThat(golden()).hasSize(37);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void scopeAndFormOfEachGoldenNameAreAsMeasured(String name, String scope, String valid) {
        assertThat(BELLE.scopeOf(name, KNOWN::contains)).contains(new Scope(scope));
        assertThat(BELLE.hasForm(name)).isEqualTo(Boolean.parseBoolean(valid.toLowerCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/belle/raw/e0003/r04794",
                "/belle/raw",
                "/belle/RAW/e0003/r04794",
                "/Belle/Raw/e0003/r1",
                "/belle/hraw/Data/x",
                "/belle/Raw//e0003/r1",
                "/belle/Raw/../user/x",
                "/belle/Raw/./x",
                "/belle/Raw/x/..",
                "/belle/Raw/e0003/",
                "/belle/invalid@/did",
                "invalid_name",
                "/belle/Data/release-06/a b/c"
            })
    void theHolesOfTheFormAreRefusedWithAReason(String name) {
        assertThat(BELLE.refusals(name)).isNotEmpty().allMatch(r -> r.length() > 10);
        assertThat(BELLE.accepts(name)).isFalse();
    }

    @Test
    void aNameOver250CharactersIsRefused() {
        String name = "/belle/Raw/" + "a".repeat(239);
        assertThat(BELLE.accepts(name)).isTrue();
        assertThat(BELLE.hasForm(name + "a")).isFalse();
        assertThat(BELLE.refusals(name + "a"))
                .containsExactly("the name has 251 characters and at most 250 are allowed");
    }

    @Test
    void aGoodNameIsAcceptedUnderItsScope() {
        assertThat(BELLE.name(RAW, Optional.empty(), KNOWN::contains))
                .isEqualTo(new Named.Accepted(new holdfast.vocabulary.DataId(new Scope("raw"), RAW)));
    }

    @Test
    void aStatedScopeThatIsNotTheNamesOwnIsRefused() {
        assertThat(BELLE.name(RAW, Optional.of(new Scope("data")), KNOWN::contains))
                .isEqualTo(new Named.Refused(List.of("the name belongs to scope raw, not data")));
    }

    @Test
    void whereTheCallerGivesTheScopeAMissingOneIsRefused() {
        assertThat(LAB.scopeIsInName()).isFalse();
        assertThat(LAB.name("share/doc/a b/é.txt", Optional.empty(), s -> false))
                .isInstanceOf(Named.Refused.class);
        assertThat(LAB.name("share/doc/a b/é.txt", Optional.of(new Scope("instrument")), s -> false))
                .isInstanceOf(Named.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "../a", "a/../b", "a/.", "line\nbreak", ".rewritten-1/a"})
    void noPolicyLetsANameLeaveItsElement(String name) {
        assertThat(LAB.accepts(name)).isFalse();
    }
}
