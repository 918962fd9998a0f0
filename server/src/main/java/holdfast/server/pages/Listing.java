package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Agreement;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.SiteName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The one order of clauses, risks and sites that every table, drawing and CSV keeps. */
final class Listing {
    private Listing() {}

    static List<ClauseVerdict> inOrder(PageData page) {
        return page.verdicts().stream()
                .sorted(Comparator.comparing(v -> v.clause().id()))
                .toList();
    }

    /** Danger leads age; of equal danger the oldest first, and what began nobody knows when before that. */
    static List<AtRisk> worstFirst(PageData page) {
        return page.atRisk().stream()
                .sorted(Comparator.comparing(AtRisk::danger)
                        .thenComparing(r -> r.since().orElse(Instant.MIN)))
                .toList();
    }

    /** The site where new files land, then those with the largest agreed share, then by name. */
    static List<SiteName> sites(PageData page) {
        Optional<SiteName> landing =
                page.sites().element(page.sites().landing()).map(StorageElement::site);
        LocalDate today = LocalDate.ofInstant(page.takenAt(), ZoneOffset.UTC);
        return page.sites().names().stream()
                .sorted(Comparator.comparing((SiteName s) -> !landing.equals(Optional.of(s)))
                        .thenComparing(s -> -agreed(page, s, today))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static double agreed(PageData page, SiteName site, LocalDate day) {
        return page.sites().agreements().values().stream()
                .flatMap(a -> a.on(day).map(Agreement.Period::shares).stream())
                .mapToDouble(shares -> shares.getOrDefault(site, 0.0))
                .max()
                .orElse(0);
    }
}
