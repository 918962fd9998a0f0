package holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.DidFilter.BadFilter;
import holdfast.catalog.DidFilter.Condition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidFilterTest {

    private static String written(DidFilter filter) {
        return filter.anyOf().stream()
                .map(group ->
                        group.conditions().stream().map(DidFilterTest::written).collect(Collectors.joining(" , ")))
                .collect(Collectors.joining(" ; "));
    }

    private static String written(Condition c) {
        return c.key() + " " + c.operator().sign() + " "
                + (c.value().isNothing() ? "nothing" : c.value().text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "name=ds*~name = ds*",
                "name==x~name = x",
                "length>3~length > 3",
                "length >= 3 , name = a~length >= 3 , name = a",
                "run != 7~run != 7",
                "3 < length <= 9~length > 3 , length <= 9",
                "9 >= length > 3~length <= 9 , length > 3",
                "a=1;b=2,c=3~a = 1 ; b = 2 , c = 3",
                "created_after=2020-01-01 00:00:00~created_at >= 2020-01-01 00:00:00",
                "created_before=2020-01-01T00:00:00~created_at <= 2020-01-01T00:00:00",
                "length.gt=3~length > 3",
            })
    void theTextFormIsRead(String text, String expected) {
        assertThat(written(DidFilter.parse(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "=x",
                "name=",
                ",",
                "a=1,",
                ";a=1",
                "a<b<c<d",
                "1=a=2",
                "1<a=2",
                "a b=1",
                "name!=x",
                "did_type>file",
                "length=much",
                "run>1*",
                "run<%",
                "name>a",
                "a=1;;b=2"
            })
    void aTextThatIsNoFilterIsRefused(String text) {
        assertThatThrownBy(() -> DidFilter.parse(text))
                .isInstanceOfSatisfying(
                        BadFilter.class, e -> assertThat(e.kind()).isEqualTo(BadFilter.Kind.SYNTAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1,a=2", "1<a<3,a>2", "a>1,a.gt=2", "created_after=2020,created_at.gte=2021"})
    void aKeyStandsOnceWithAnOperator(String text) {
        assertThatThrownBy(() -> DidFilter.parse(text))
                .isInstanceOfSatisfying(
                        BadFilter.class, e -> assertThat(e.kind()).isEqualTo(BadFilter.Kind.DUPLICATE));
        assertThat(DidFilter.parse("a=1;a=2").anyOf()).hasSize(2);
    }

    @Test
    void theStructuredFormIsRead() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("name", "ds*");
        first.put("length.gt", new BigDecimal(3));
        first.put("hidden", false);
        Map<String, Object> second = new HashMap<>();
        second.put("campaign", null);
        assertThat(written(DidFilter.of(List.of(first, second))))
                .isEqualTo("name = ds* , length > 3 , hidden = false ; campaign = nothing");
        assertThat(DidFilter.of(List.of()).anyOf()).hasSize(1);
        assertThat(written(DidFilter.of(List.of(Map.of())))).isEmpty();
    }

    @Test
    void theStructuredFormRefusesWhatIsNoValue() {
        for (Map<String, ?> bad : List.of(
                Map.of("a", List.of(1)),
                Map.of("a", Map.of()),
                Map.of("a b", 1),
                Map.of("", 1),
                Map.of("name.gt", "x"))) {
            assertThatThrownBy(() -> DidFilter.of(List.of(bad))).isInstanceOf(BadFilter.class);
        }
        Map<String, Object> twice = new LinkedHashMap<>();
        twice.put("created_after", "x");
        twice.put("created_at.gte", "y");
        assertThatThrownBy(() -> DidFilter.of(List.of(twice))).isInstanceOf(BadFilter.class);
    }

    @Test
    void aValueIsWhatItsKeyAsksFor() {
        assertThat(FilterValue.of("7.5").number()).hasValue(new BigDecimal("7.5"));
        assertThat(FilterValue.of("x").number()).isEmpty();
        assertThat(FilterValue.of("True").truth()).hasValue(true);
        assertThat(FilterValue.of("1").truth()).isEmpty();
        assertThat(FilterValue.of("a%b").hasWildcard()).isTrue();
        Instant moment = Instant.parse("2026-11-22T18:05:22Z");
        for (String form : List.of(
                "2026-11-22 18:05:22",
                "2026-11-22T18:05:22",
                "2026-11-22T18:05:22.000Z",
                "2026-11-22T18:05:22.000000Z",
                "Sun, 22 Nov 2026 18:05:22 UTC")) {
            assertThat(FilterValue.of(form).date()).as(form).hasValue(moment);
        }
        assertThat(FilterValue.of("2026-11-22").date()).isEmpty();
    }
}
