package holdfast.access;

import holdfast.vocabulary.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an experiment says about permission, as its policy file states it: data, no code.
 *
 * @param roles the areas that an account attribute with the value true opens, by attribute
 * @param restricted scopes in which only administrators and roles make rules
 * @param open scopes in which everybody may add and change DIDs
 * @param openNames everybody may add DIDs whose names begin with one of these
 * @param elements where everybody may add replicas
 */
public record AccessPolicy(
        Map<String, Set<Area>> roles,
        Set<Scope> restricted,
        Set<Scope> open,
        List<String> openNames,
        Elements elements) {

    /** The attribute that makes an account an administrator. */
    public static final String ADMIN = "admin";

    /** What holds where a policy file says nothing: the field's generic policy. */
    public static final AccessPolicy GENERIC = new AccessPolicy(
            Map.of(),
            Set.of(),
            Set.of(new Scope("mock")),
            List.of(),
            new Elements(List.of("SCRATCHDISK", "USERDISK", "MOCK", "LOCALGROUPDISK"), List.of()));

    public AccessPolicy {
        roles = Map.copyOf(roles);
        if (roles.values().stream().flatMap(Set::stream).anyMatch(area -> !area.isForRoles())) {
            throw new IllegalArgumentException("no role opens accounts or identities");
        }
        restricted = Set.copyOf(restricted);
        open = Set.copyOf(open);
        openNames = List.copyOf(openNames);
    }

    /**
     * Where everybody may add replicas, by the ends of elements' names.
     *
     * @param free everybody may
     * @param country those may who have the attribute {@code country-XX} of the element's country XX
     */
    public record Elements(List<String> free, List<String> country) {
        public Elements {
            free = List.copyOf(free);
            country = List.copyOf(country);
        }
    }
}
