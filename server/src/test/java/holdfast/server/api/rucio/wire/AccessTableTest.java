package holdfast.server.api.rucio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.access.Viewer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Visible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTableTest {
    private static final List<Endpoint> ENDPOINTS = Endpoints.all();
    private static final Optional<Caller> ANNA = Optional.of(new Caller(new AccountName("anna"), "anna"));
    private static final Visible SOME = new Visible.Only(scope -> false);

    private static Map<String, Access> rows() {
        return new LinkedHashMap<>(AccessTable.read());
    }

    @Test
    void eachEndpointHasARowAndEachRowAnEndpoint() {
        assertThat(rows().keySet())
                .containsExactlyElementsOf(ENDPOINTS.stream().map(Endpoint::key).toList());
        assertThatCode(() -> AccessTable.check(rows(), ENDPOINTS)).doesNotThrowAnyException();
    }

    @Test
    void withoutARowTheServerDoesNotStart() {
        Map<String, Access> rows = rows();
        rows.remove("GET /rses/{rse}/usage");
        assertThatThrownBy(() -> AccessTable.check(rows, ENDPOINTS))
                .hasMessageContaining("no row for GET /rses/{rse}/usage; say who may call it");
    }

    @Test
    void aRowOfNothingAndAnOpenOneThatIsNoneAreFaults() {
        Map<String, Access> more = rows();
        more.put("GET /nowhere", new Access(Who.MEMBER, "people"));
        assertThatThrownBy(() -> AccessTable.check(more, ENDPOINTS)).hasMessageContaining("[GET /nowhere]");
        Map<String, Access> opened = rows();
        opened.put("GET /accounts/", new Access(Who.ANYBODY, "people"));
        assertThatThrownBy(() -> AccessTable.check(opened, ENDPOINTS))
                .hasMessageContaining("whether GET /accounts/ needs a token");
    }

    @Test
    void aLineThatIsNoRowIsAFault() {
        assertThatThrownBy(() -> AccessTable.rows("GET\t/ping\tanybody"))
                .hasMessageContaining("this line has not: GET\t/ping\tanybody");
        assertThatThrownBy(() -> AccessTable.rows("GET\t/ping\tanybody\thouse\nGET\t/ping\tmember\thouse"))
                .hasMessageContaining("two rows for GET /ping");
        assertThatThrownBy(() -> AccessTable.rows("GET\t/ping\tfriends\thouse"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        // who,     outsider, the account itself, member, member who sees everything, custodian
        "ANYBODY,   true,  true,  true,  true,  true",
        "ACCOUNT,   true,  true,  true,  true,  true",
        "OWN,       false, true,  true,  true,  true",
        "MEMBER,    false, false, true,  true,  true",
        "WHOLE,     false, false, false, true,  true",
        "CUSTODIAN, false, false, false, false, true"
    })
    void aRowSaysWhoIsLetThrough(Who who, boolean outsider, boolean own, boolean member, boolean whole, boolean all) {
        Eyes outside = new Eyes(new Viewer.Outsider(), SOME);
        Viewer inside = new Viewer.Member(Set.of("production"));
        assertThat(who.lets(ANNA, outside, Optional.of("bob"))).isEqualTo(outsider);
        assertThat(who.lets(ANNA, outside, Optional.of("anna"))).isEqualTo(own);
        assertThat(who.lets(ANNA, new Eyes(inside, SOME), Optional.of("bob"))).isEqualTo(member);
        assertThat(who.lets(ANNA, new Eyes(inside, Visible.EVERYTHING), Optional.of("bob")))
                .isEqualTo(whole);
        assertThat(who.lets(ANNA, new Eyes(new Viewer.Custodian(), Visible.EVERYTHING), Optional.of("bob")))
                .isEqualTo(all);
        assertThat(who.lets(Optional.empty(), outside, Optional.empty())).isEqualTo(who == Who.ANYBODY);
    }

    @Test
    void whoeverIsOutsideSeesNoSumEvenWhereNothingIsHidden() {
        Eyes outside = new Eyes(new Viewer.Outsider(), Visible.EVERYTHING);
        assertThat(Who.WHOLE.lets(ANNA, outside, Optional.empty())).isFalse();
        assertThat(Who.MEMBER.lets(ANNA, outside, Optional.empty())).isFalse();
    }
}
