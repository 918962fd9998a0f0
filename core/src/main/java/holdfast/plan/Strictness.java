package holdfast.plan;

import holdfast.vocabulary.SiteName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** How a later obligation compares with an earlier one of the same kind, by what they ask and never by their words. */
enum Strictness {
    SAME,
    TIGHTER,
    LOOSER,
    /** In part tighter and in part looser, or not to be told: as dangerous as looser. */
    OTHER;

    /** Compares two obligations; of different kinds nothing can be told. */
    static Strictness of(Obligation was, Obligation is) {
        if (was.equals(is)) {
            return SAME;
        }
        return switch (was) {
            case Obligation.CopiesAtLeast(int n) when is instanceof Obligation.CopiesAtLeast(int m) -> more(n, m);
            case Obligation.CompleteAt(PlaceRule p)
            when is instanceof Obligation.CompleteAt(PlaceRule q) -> place(p, q);
            case Obligation.CoveredBy(PlaceRule p) when is instanceof Obligation.CoveredBy(PlaceRule q) -> place(p, q);
            case Obligation.IndependentCopies a
            when is instanceof Obligation.IndependentCopies b ->
                all(more(a.copies(), b.copies()), wider(a.differing(), b.differing()));
            case Obligation.Accessible a
            when is instanceof Obligation.Accessible b ->
                all(more(a.copies(), b.copies()), maybeShorter(a.drillWithin(), b.drillWithin()));
            case Obligation.CheckedEvery a
            when is instanceof Obligation.CheckedEvery b ->
                all(shorter(a.disk(), b.disk()), shorter(a.tape(), b.tape()));
            case Obligation.Catalogued(Duration d)
            when is instanceof Obligation.Catalogued(Duration e) -> shorter(d, e);
            case Obligation.OpenTo a
            when is instanceof Obligation.OpenTo b ->
                all(narrower(a.audience(), b.audience()), shorter(a.probedEvery(), b.probedEvery()));
            case Obligation.RegisteredInFull(Duration d)
            when is instanceof Obligation.RegisteredInFull(Duration e) -> shorter(d, e);
            case Obligation.EvidenceKept a
            when is instanceof Obligation.EvidenceKept b ->
                all(shorter(a.auditedWithin(), b.auditedWithin()), shorter(a.headWithin(), b.headWithin()));
            case Obligation.WaiversBounded(Duration d)
            when is instanceof Obligation.WaiversBounded(Duration e) -> shorter(d, e);
            default -> OTHER;
        };
    }

    /** Taken together: one looser part is enough not to be tighter. */
    static Strictness all(Strictness... parts) {
        Set<Strictness> told =
                Set.copyOf(Arrays.stream(parts).filter(p -> p != SAME).toList());
        return told.isEmpty() ? SAME : told.size() == 1 ? told.iterator().next() : OTHER;
    }

    /** A set of which more is stricter. */
    static <T> Strictness wider(Set<T> was, Set<T> is) {
        if (was.equals(is)) {
            return SAME;
        }
        return is.containsAll(was) ? TIGHTER : was.containsAll(is) ? LOOSER : OTHER;
    }

    /** A span of which less is stricter. */
    static Strictness shorter(Duration was, Duration is) {
        return more(is.compareTo(was), 0);
    }

    private static Strictness more(int was, int is) {
        return was == is ? SAME : is > was ? TIGHTER : LOOSER;
    }

    /** Members alone are stricter than everybody. */
    private static Strictness narrower(Level.Audience was, Level.Audience is) {
        return was == is ? SAME : is == Level.Audience.MEMBERS ? TIGHTER : LOOSER;
    }

    private static Strictness maybeShorter(Optional<Duration> was, Optional<Duration> is) {
        if (was.isEmpty() || is.isEmpty()) {
            return was.equals(is) ? SAME : is.isPresent() ? TIGHTER : LOOSER;
        }
        return shorter(was.get(), is.get());
    }

    /** Fewer places to choose from are stricter; no places named mean any. */
    private static Strictness place(PlaceRule was, PlaceRule is) {
        if (!was.table().equals(is.table())) {
            return OTHER;
        }
        return all(narrower(was.sites(), is.sites()), wider(was.except(), is.except()));
    }

    private static Strictness narrower(Set<SiteName> was, Set<SiteName> is) {
        if (was.isEmpty() || is.isEmpty()) {
            return was.equals(is) ? SAME : was.isEmpty() ? TIGHTER : LOOSER;
        }
        return wider(is, was);
    }
}
