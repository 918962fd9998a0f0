package holdfast.formats;

import holdfast.access.AccessPolicy;
import holdfast.access.AccessPolicy.Role;
import holdfast.access.Area;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the part of a policy file that says who may do what. */
final class AccessReader {
    private static final Area[] AREAS =
            Arrays.stream(Area.values()).filter(Area::isForRoles).toArray(Area[]::new);

    private final Fields access;
    private final Findings findings;

    private AccessReader(Fields access) {
        this.access = access;
        this.findings = access.findings();
    }

    /** @param policy the fields of the whole policy */
    static AccessPolicy read(Fields policy) {
        if (!policy.has("access")) {
            return AccessPolicy.GENERIC;
        }
        Fields access =
                new Fields(policy.spot("access"), policy.table("access"), PolicyShapes.ACCESS, policy.findings());
        return new AccessReader(access).read();
    }

    private AccessPolicy read() {
        AccessPolicy generic = AccessPolicy.GENERIC;
        return new AccessPolicy(
                roles(),
                scopes("restricted-scopes"),
                access.has("open-scopes") ? scopes("open-scopes") : generic.open(),
                texts("open-names"),
                new AccessPolicy.Elements(
                        access.has("open-elements")
                                ? texts("open-elements")
                                : generic.elements().free(),
                        texts("country-elements")));
    }

    private Map<String, Role> roles() {
        Map<String, Role> roles = new TreeMap<>();
        for (Item row : access.rows("roles")) {
            if (row instanceof Item.Table table) {
                Fields role = new Fields(row.spot(), table, PolicyShapes.ROLE, findings);
                Set<Area> areas = EnumSet.noneOf(Area.class);
                role.words("opens")
                        .forEach(word -> role.choice("area", word, AREAS).ifPresent(areas::add));
                if (roles.put(role.text("attribute"), new Role(areas, sites(role))) != null) {
                    findings.add(row.spot(), "the attribute stands twice", "name all its areas in one role");
                }
            } else {
                findings.add(row.spot(), "a role is " + row.form(), "its keys: attribute, opens, at");
            }
        }
        return roles;
    }

    private Set<SiteName> sites(Fields role) {
        Set<SiteName> sites = new TreeSet<>();
        role.words("at").stream()
                .map(word -> role.as(word, SiteName::new))
                .flatMap(Optional::stream)
                .forEach(sites::add);
        if (role.has("at") && sites.isEmpty()) {
            findings.add(role.spot("at"), "the role is for no site", "name its sites, or leave out 'at' for all");
        }
        return sites;
    }

    private Set<Scope> scopes(String key) {
        Set<Scope> scopes = new TreeSet<>();
        access.words(key).stream()
                .map(word -> access.as(word, Scope::new))
                .flatMap(Optional::stream)
                .forEach(scopes::add);
        return scopes;
    }

    private List<String> texts(String key) {
        return access.words(key).stream().map(Item.Word::text).toList();
    }
}
