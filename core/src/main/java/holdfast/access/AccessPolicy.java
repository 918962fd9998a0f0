package holdfast.access;

import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an experiment says about permission, as its policy file states it: data, no code.
 *
 * @param roles what an account attribute with the value true opens, by attribute
 * @param restricted scopes in which only administrators and roles make rules
 * @param open scopes in which everybody may add and change DIDs
 * @param openNames everybody may add DIDs whose names begin with one of these
 * @param elements where everybody may add replicas
 */
public record AccessPolicy(
        Map<String, Role> roles, Set<Scope> restricted, Set<Scope> open, List<String> openNames, Elements elements) {

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
        if (roles.values().stream().flatMap(role -> role.opens().stream()).anyMatch(area -> !area.isForRoles())) {
            throw new IllegalArgumentException("no role opens accounts or identities");
        }
        restricted = Set.copyOf(restricted);
        open = Set.copyOf(open);
        openNames = List.copyOf(openNames);
    }

    /**
     * What a role opens.
     *
     * @param at the sites at whose elements alone it does; empty for everywhere
     */
    public record Role(Set<Area> opens, Set<SiteName> at) {
        public Role {
            opens = Set.copyOf(opens);
            at = Set.copyOf(at);
        }

        /** Whether it opens an area for all elements that something is about; what is about none is about the whole house. */
        boolean opens(Area area, List<Subject.Element> elements) {
            return opens.contains(area)
                    && (at.isEmpty()
                            || !elements.isEmpty()
                                    && elements.stream()
                                            .allMatch(element -> at.stream()
                                                    .anyMatch(site -> site.name()
                                                            .equals(element.attributes()
                                                                    .get(Subject.SITE)))));
        }
    }

    /** Where somebody's roles and attributes open an area. */
    public Reach reach(Asker asker, Area area) {
        Set<SiteName> sites = new HashSet<>();
        for (Map.Entry<String, Role> role : roles.entrySet()) {
            if (asker.has(role.getKey()) && role.getValue().opens().contains(area)) {
                if (role.getValue().at().isEmpty()) {
                    return Reach.EVERYWHERE;
                }
                sites.addAll(role.getValue().at());
            }
        }
        return new Reach.At(sites);
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
