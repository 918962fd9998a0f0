package holdfast.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import holdfast.durability.Inputs.CopyHazard;
import holdfast.durability.Inputs.SiteHazard;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossFormulaTest {
    private static final SiteHazard SAFE = new SiteHazard(0, 0);

    /** Ten million files, repair in a tenth of a year; one disaster of a site in 200 years, half a year to rebuild. */
    @ParameterizedTest
    @CsvSource({
        "1e-5,  1, 0.0012,  1.0",
        "1e-5,  5, 0.0052,  3.0",
        "1e-4,  1, 0.12,   10",
        "1e-4,  5, 0.52,   30",
        "1e-4, 10, 1.02,   55",
        "1e-3,  1, 12,    100"
    })
    void theExpectedTableOfTwoCopiesComesOut(double lambda, double scrub, double media, double oneSite) {
        long files = 10_000_000;
        CopyHazard repaired = new CopyHazard(lambda, scrub / 2 + 0.1);
        LossRate rate = LossFormula.of(apart(repaired, repaired), SAFE, 0);
        assertThat(rate.media() * files).isCloseTo(media, within(media * 1e-9));
        assertThat(rate.total()).isEqualTo(rate.media());

        // The table's column of one site leaves out the repair, which ours adds.
        CopyHazard hidden = new CopyHazard(lambda, scrub / 2);
        LossRate disasters = LossFormula.of(apart(hidden, hidden), new SiteHazard(1.0 / 200, 0.5), 0);
        assertThat(disasters.oneSite() * files).isCloseTo(oneSite, within(oneSite * 1e-9));
    }

    @Test
    void bothSitesWithinOneRebuildingAreAsRareAsTheirProduct() {
        CopyHazard copy = new CopyHazard(1e-5, 0.6);
        assertThat(LossFormula.of(apart(copy, copy), new SiteHazard(1.0 / 200, 0.5), 0)
                        .everySite())
                .isCloseTo(2.5e-5, within(1e-12));
        assertThat(LossFormula.of(apart(copy, copy), new SiteHazard(1.0 / 1000, 0.5), 0)
                        .everySite())
                .isCloseTo(1e-6, within(1e-15));
    }

    @Test
    void oneCopyIsLostByItsDamageOrItsSite() {
        LossRate rate = LossFormula.of(apart(new CopyHazard(1e-3, 1)), new SiteHazard(0.005, 0.5), 0);
        assertThat(rate.media()).isEqualTo(1e-3);
        assertThat(rate.oneSite()).isEqualTo(0.005);
        assertThat(rate.everySite()).isZero();
    }

    @Test
    void theCommonCauseIsAddedWhateverTheCopies() {
        CopyHazard copy = new CopyHazard(1e-4, 0.6);
        for (int copies = 1; copies < 5; copies++) {
            assertThat(LossFormula.of(rows(copies, copy), SAFE, 1e-5).commonCause())
                    .isEqualTo(1e-5);
        }
    }

    @Test
    void aFileWithoutCopiesHasNoRate() {
        assertThatThrownBy(() -> LossFormula.of(List.of(), SAFE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noFileIsLostMoreOftenThanTheLeastOftenLostOfItsPlaces() {
        CopyHazard hopeless = new CopyHazard(5, 10);
        assertThat(LossFormula.of(apart(hopeless, hopeless, hopeless), SAFE, 0).total())
                .isLessThanOrEqualTo(5);
        assertThat(LossFormula.of(apart(hopeless), SAFE, 0).withinYear(100).total())
                .isLessThanOrEqualTo(100);
    }

    @Test
    void aFurtherCopyNeverRaisesTheLossBesideTheOthersOrElsewhere() {
        each((random, places, site) -> {
            CopyHazard more = hazard(random);
            double now = LossFormula.of(places, site, 0).total();
            double elsewhere =
                    LossFormula.of(with(places, List.of(more)), site, 0).total();
            List<List<CopyHazard>> beside = new ArrayList<>(places);
            List<CopyHazard> first = new ArrayList<>(beside.getFirst());
            first.add(more);
            beside.set(0, first);
            double there = LossFormula.of(beside, site, 0).total();
            assertThat(elsewhere).isLessThanOrEqualTo(now);
            assertThat(there).isLessThanOrEqualTo(now);
        });
    }

    @Test
    void lessDamageShorterDwellFewerDisastersAndFasterRebuildingNeverRaiseTheLoss() {
        each((random, places, site) -> {
            double factor = random.nextDouble();
            double now = LossFormula.of(places, site, 1e-6).total();
            assertThat(LossFormula.of(scaled(places, factor, 1), site, 1e-6).total())
                    .isLessThanOrEqualTo(now);
            assertThat(LossFormula.of(scaled(places, 1, factor), site, 1e-6).total())
                    .isLessThanOrEqualTo(now);
            SiteHazard rarer = new SiteHazard(site.disaster() * factor, site.rebuild());
            SiteHazard faster = new SiteHazard(site.disaster(), site.rebuild() * factor);
            assertThat(LossFormula.of(places, rarer, 1e-6).total()).isLessThanOrEqualTo(now);
            assertThat(LossFormula.of(places, faster, 1e-6).total()).isLessThanOrEqualTo(now);
        });
    }

    @Test
    void theOrderOfPlacesAndCopiesChangesNothing() {
        each((random, places, site) -> {
            List<List<CopyHazard>> turned =
                    places.reversed().stream().map(List::reversed).toList();
            assertThat(LossFormula.of(turned, site, 0).total())
                    .isCloseTo(LossFormula.of(places, site, 0).total(), within(1e-15));
        });
    }

    private interface Case {
        void check(SplittableRandom random, List<List<CopyHazard>> places, SiteHazard site);
    }

    private static void each(Case one) {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 5_000; i++) {
            List<List<CopyHazard>> places = new ArrayList<>();
            for (int p = random.nextInt(1, 4); p > 0; p--) {
                List<CopyHazard> copies = new ArrayList<>();
                for (int c = random.nextInt(1, 3); c > 0; c--) {
                    copies.add(hazard(random));
                }
                places.add(copies);
            }
            one.check(random, places, new SiteHazard(random.nextDouble() * 0.05, random.nextDouble() * 2));
        }
    }

    /** Damage from one in ten million to one in ten a year, found and repaired within five years. */
    private static CopyHazard hazard(SplittableRandom random) {
        return new CopyHazard(Math.pow(10, -7 + 6 * random.nextDouble()), random.nextDouble() * 5);
    }

    private static List<List<CopyHazard>> scaled(List<List<CopyHazard>> places, double damage, double dwell) {
        return places.stream()
                .map(place -> place.stream()
                        .map(c -> new CopyHazard(c.damage() * damage, c.dwell() * dwell))
                        .toList())
                .toList();
    }

    private static List<List<CopyHazard>> with(List<List<CopyHazard>> places, List<CopyHazard> more) {
        List<List<CopyHazard>> all = new ArrayList<>(places);
        all.add(more);
        return all;
    }

    private static List<List<CopyHazard>> apart(CopyHazard... copies) {
        List<List<CopyHazard>> places = new ArrayList<>();
        for (CopyHazard copy : copies) {
            places.add(List.of(copy));
        }
        return places;
    }

    private static List<List<CopyHazard>> rows(int copies, CopyHazard copy) {
        return java.util.Collections.nCopies(copies, List.of(copy));
    }
}
