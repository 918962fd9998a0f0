package holdfast.durability;

import static holdfast.durability.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holdfast.durability.Forecast.Shape;
import holdfast.durability.Levers.Lever;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {
    @Test
    void filesAreToldByTheirCopiesAndPlacesAndThoseWithoutAnyApart() {
        Forecast raw = Forecast.of(
                raw(30, files(5, HOME, FAR), files(3, HOME, NEAR), files(2, FAR), files(4), files(1, HOME, ABROAD)),
                assumed());
        assertThat(raw.shapes())
                .containsExactly(new Shape(0, 0, 4), new Shape(1, 1, 2), new Shape(2, 1, 3), new Shape(2, 2, 6));
        assertThat(raw.uncounted()).isEqualTo(4);
        assertThat(raw.files()).isEqualTo(15);
    }

    @Test
    void twoCopiesInOneHazardZoneFallToOneDisaster() {
        double together = Forecast.of(raw(30, files(1000, HOME, NEAR)), assumed())
                .expected()
                .oneSite();
        double apart = Forecast.of(raw(30, files(1000, HOME, ABROAD)), assumed())
                .expected()
                .oneSite();
        assertThat(together).isCloseTo(1000.0 / 200, within(0.02));
        assertThat(apart).isLessThan(together / 1000);
    }

    @Test
    void theStrongestInputIsNamedAndHalvingItsValueHalvesTheLoss() {
        ClassHolding raw = raw(30, files(1_000_000, HOME, FAR));
        Inputs inputs = stated(Map.of(InputName.COMMON_CAUSE, 1e-3));
        Levers levers = Forecast.of(raw, inputs).levers();
        Lever most = levers.dominant().orElseThrow();
        assertThat(most.input()).isEqualTo(InputName.COMMON_CAUSE);
        assertThat(most.strength()).isCloseTo(1, within(0.05));
        double now = Forecast.expected(raw, inputs).total();
        double then = Forecast.expected(
                        raw,
                        stated(Map.of(InputName.COMMON_CAUSE, most.halvesAt().orElseThrow())))
                .total();
        assertThat(then).isCloseTo(now / 2, within(now * 1e-6));
        assertThat(levers.inputs())
                .filteredOn(l -> l.input() == InputName.REPAIR)
                .allMatch(l -> l.halvesAt().isEmpty());
    }

    @Test
    void atTheEvenCommonCauseHalfOfAllLossIsItsOwn() {
        ClassHolding raw = raw(30, files(1_000_000, HOME, FAR));
        double even = Forecast.of(raw, assumed()).levers().commonCauseEven();
        LossRate then = Forecast.expected(raw, stated(Map.of(InputName.COMMON_CAUSE, even)));
        assertThat(then.commonCause()).isCloseTo(then.total() / 2, within(then.total() * 1e-4));
    }

    @Test
    void aFurtherCopyHelpsAgainstAllButTheCommonCause() {
        Forecast raw = Forecast.of(raw(30, files(1_000_000, HOME, FAR)), assumed());
        assertThat(raw.levers().oneCopyMore())
                .isLessThan(raw.expected().total())
                .isGreaterThanOrEqualTo(raw.expected().commonCause() * 0.999);
    }

    @Test
    void losingASiteNowCostsWhatTheOtherProofsAreOld() {
        SiteLoss fresh = lost(30, "home");
        SiteLoss old = lost(300, "home");
        assertThat(fresh.hidden()).isCloseTo(1000 * 1e-3 * 30 / 365.25, within(1e-9));
        assertThat(old.hidden()).isCloseTo(fresh.hidden() * 10, within(1e-9));
        assertThat(old.rebuilding()).isCloseTo(1000 * 1e-3 * 0.5, within(1e-9));
        assertThat(old.survivorDays()).isEqualTo(300);
        assertThat(old.oldestDays()).isEqualTo(450);
    }

    @Test
    void losingASiteTakesFilesThatHaveNoOtherCopyForCertain() {
        ClassHolding raw = raw(
                30,
                files(10, HOME),
                files(5, HOME, HOME_TAPE),
                doubtful(3, List.of(HOME), List.of(FAR)),
                files(1, FAR));
        SiteLoss home = Forecast.of(raw, assumed()).sites().getLast();
        assertThat(home.site()).isEqualTo(new SiteName("home"));
        assertThat(home.files()).isEqualTo(18);
        assertThat(home.noOther()).isEqualTo(15);
        assertThat(home.onlyDoubtful()).isEqualTo(3);
        assertThat(home.hidden()).isZero();
        assertThat(home.survivorDays()).isZero();
    }

    private static SiteLoss lost(double days, String site) {
        return Forecast.of(raw(days, files(1000, HOME, FAR)), assumed()).sites().stream()
                .filter(s -> s.site().name().equals(site))
                .findFirst()
                .orElseThrow();
    }
}
