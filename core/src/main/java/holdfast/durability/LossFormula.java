package holdfast.durability;

import holdfast.durability.Inputs.CopyHazard;
import holdfast.durability.Inputs.SiteHazard;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How often a file with these copies is lost. A copy is bad for the share {@code u = lambda w} of time, with
 * {@code w = S/2 + r}; a place is gone for the share {@code s T}. A file is lost when its last good copy goes: the rate of
 * each copy's and each place's end, times the share of time in which all others are bad or gone. For two alike copies at
 * two places that is {@code 2 lambda^2 w + 2 s lambda (w + T) + 2 s^2 T + c}; for three {@code 3 lambda^3 w^2 + ...}.
 *
 * <p>Copies and places fail independently of each other; what breaks that is the number {@code c}. Mean dwell and rates
 * suffice, whatever the distributions (the frequency of a parallel system of repaired parts; Baker et al., EuroSys 2006,
 * for latent faults). Holds while shares are small; compared with a simulation in the tests.
 */
public final class LossFormula {
    private LossFormula() {}

    /**
     * The rate at which one file is lost.
     *
     * @param places the file's copies by place; copies of one place go in one disaster
     * @param commonCause losses a year by one cause at every place
     */
    public static LossRate of(List<List<CopyHazard>> places, SiteHazard site, double commonCause) {
        if (places.isEmpty() || places.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a file without copies has no rate of loss");
        }
        double media = ends(places, LossFormula::badRate, LossFormula::bad);
        double everySite = ends(places, place -> site.disaster(), place -> site.gone());
        double all =
                ends(places, place -> badRate(place) + site.disaster(), place -> Math.min(1, bad(place) + site.gone()));
        // Where damage outruns repair the shares mean nothing; but no file goes more often than any one of its places.
        double capped = Math.min(all, seldomest(places, site));
        // A file at one place needs one disaster only, which is no coincidence of several.
        LossRate rate = places.size() == 1
                ? new LossRate(media, everySite, 0, 0)
                : new LossRate(media, Math.max(0, all - media - everySite), everySite, 0);
        return (all <= capped ? rate : rate.times(capped / all)).plus(new LossRate(0, 0, 0, commonCause));
    }

    /** The rate of the place that goes least often. */
    private static double seldomest(List<List<CopyHazard>> places, SiteHazard site) {
        return places.stream().mapToDouble(LossFormula::badRate).min().orElse(0) + site.disaster();
    }

    /** The share of time in which all copies of a place are bad. */
    static double bad(List<CopyHazard> copies) {
        return copies.stream().mapToDouble(CopyHazard::bad).reduce(1, (a, b) -> a * b);
    }

    /** How often the last good copy of a place goes bad. */
    private static double badRate(List<CopyHazard> copies) {
        return ends(copies, CopyHazard::damage, CopyHazard::bad);
    }

    /** How often the last of some parts goes: each part's rate, times the share of time in which all others are down. */
    private static <T> double ends(List<T> parts, ToDoubleFunction<T> rate, ToDoubleFunction<T> down) {
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            double others = 1;
            for (int j = 0; j < parts.size(); j++) {
                others *= j == i ? 1 : down.applyAsDouble(parts.get(j));
            }
            sum += rate.applyAsDouble(parts.get(i)) * others;
        }
        return sum;
    }
}
