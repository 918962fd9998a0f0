package holdfast.plan;

import holdfast.vocabulary.SiteName;
import java.util.Optional;
import java.util.Set;

/**
 * Where a copy must stand to serve an obligation.
 *
 * @param sites these sites; empty for any
 * @param table a sharing agreement whose sites are meant, those of the period of the file's run date
 * @param except sites that do not serve
 */
public record PlaceRule(Set<SiteName> sites, Optional<String> table, Set<SiteName> except) {
    public static final PlaceRule ANYWHERE = new PlaceRule(Set.of(), Optional.empty(), Set.of());

    public PlaceRule {
        sites = Set.copyOf(sites);
        except = Set.copyOf(except);
    }
}
