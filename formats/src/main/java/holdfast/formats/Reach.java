package holdfast.formats;

import holdfast.plan.Agreement;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.plan.Sites;
import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the elements of a sites file can fulfil at best, so that an impossible obligation is refused when it is written
 * and not found out when data are lost.
 */
final class Reach {
    private final Sites sites;
    private final List<StorageElement> archival;

    Reach(Sites sites) {
        this.sites = sites;
        this.archival = sites.all().stream()
                .filter(e -> e.isArchival() && e.use() != Use.LEFT)
                .toList();
    }

    /** What makes an obligation impossible, with a hint. */
    record Impossible(String what, String hint) {}

    /** Why an obligation can never be met; empty when it can. Places are asked by {@link #whyEmpty}. */
    Optional<Impossible> whyNever(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CopiesAtLeast(int copies) -> tooFewSites(copies);
            case Obligation.Accessible(int copies, Optional<java.time.Duration> drill) -> tooFewSites(copies);
            case Obligation.IndependentCopies(int copies, Set<FailureDomain> differing) ->
                tooFewSites(copies).or(() -> tooDependent(copies, differing));
            case Obligation.CompleteAt o -> Optional.empty();
            case Obligation.CoveredBy o -> Optional.empty();
            case Obligation.Opened o -> Optional.empty();
            case Obligation.CheckedEvery o -> Optional.empty();
            case Obligation.OneLevel o -> Optional.empty();
            case Obligation.ReleasedByAct o -> Optional.empty();
            case Obligation.Catalogued o -> Optional.empty();
            case Obligation.OpenTo o -> Optional.empty();
            case Obligation.RegisteredInFull o -> Optional.empty();
            case Obligation.KeptUntil o -> Optional.empty();
            case Obligation.FollowShares o -> Optional.empty();
            case Obligation.EvidenceKept o -> Optional.empty();
            case Obligation.PlanVersioned o -> Optional.empty();
            case Obligation.WaiversBounded o -> Optional.empty();
            case Obligation.Unmeasured o -> Optional.empty();
        };
    }

    /** Why no copy that counts can stand at a place; empty when one can. */
    Optional<Impossible> whyEmpty(PlaceRule place) {
        return place.table().isPresent() ? emptyTable(place) : emptyList(place);
    }

    private Optional<Impossible> emptyTable(PlaceRule place) {
        String table = place.table().orElseThrow();
        Agreement agreement = sites.agreements().get(table);
        if (agreement == null) {
            return Optional.empty();
        }
        return agreement.periods().stream()
                .filter(p -> serving(p.shares().keySet(), place.except()).isEmpty())
                .findFirst()
                .map(p -> new Impossible(
                        "no site of " + table + " can hold a copy that counts in the period from " + p.from(),
                        "give one of its sites an archival element in the sites file"));
    }

    private Optional<Impossible> emptyList(PlaceRule place) {
        Set<SiteName> named = place.sites().isEmpty() ? sites.names() : place.sites();
        Set<SiteName> left = new TreeSet<>(named);
        left.removeAll(place.except());
        if (left.isEmpty()) {
            return Optional.of(new Impossible("no site is left to hold a copy", "every one of them is excepted"));
        }
        return serving(named, place.except()).isEmpty()
                ? Optional.of(new Impossible(
                        join(left) + " has no archival element",
                        "archival media are tape, archival-disk and object-archive; see the sites file"))
                : Optional.empty();
    }

    private Set<SiteName> serving(Set<SiteName> among, Set<SiteName> except) {
        return archival.stream()
                .map(StorageElement::site)
                .filter(s -> among.contains(s) && !except.contains(s))
                .collect(Collectors.toSet());
    }

    private Optional<Impossible> tooFewSites(int copies) {
        Set<SiteName> able = serving(sites.names(), Set.of());
        return able.size() >= copies
                ? Optional.empty()
                : Optional.of(new Impossible(
                        "%d copies at different sites are required, and %d %s an archival element"
                                .formatted(copies, able.size(), able.size() == 1 ? "site has" : "sites have"),
                        "lower the number, or add archival elements to the sites file"));
    }

    private Optional<Impossible> tooDependent(int copies, Set<FailureDomain> differing) {
        return independent(copies, differing, new ArrayList<>(), 0)
                ? Optional.empty()
                : Optional.of(new Impossible(
                        "no %d archival elements differ in all of %s"
                                .formatted(
                                        copies,
                                        differing.stream()
                                                .sorted()
                                                .map(holdfast.plan.InWords::say)
                                                .collect(Collectors.joining(", "))),
                        "an element whose domain is not stated differs from none; see the sites file"));
    }

    /** Looks for a set of elements that differ pairwise, by trying each in turn. */
    private boolean independent(int wanted, Set<FailureDomain> differing, List<StorageElement> chosen, int from) {
        if (chosen.size() == wanted) {
            return true;
        }
        for (int i = from; i < archival.size(); i++) {
            StorageElement next = archival.get(i);
            if (chosen.stream().allMatch(c -> differ(c, next, differing))) {
                chosen.add(next);
                if (independent(wanted, differing, chosen, i + 1)) {
                    return true;
                }
                chosen.removeLast();
            }
        }
        return false;
    }

    private static boolean differ(StorageElement a, StorageElement b, Set<FailureDomain> domains) {
        return domains.stream()
                .allMatch(d ->
                        d.of(a).isPresent() && d.of(b).isPresent() && !d.of(a).equals(d.of(b)));
    }

    private static String join(Set<SiteName> sites) {
        return sites.stream().map(SiteName::name).collect(Collectors.joining(" and "));
    }
}
