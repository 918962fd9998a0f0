package holdfast.access;

import holdfast.vocabulary.SiteName;
import java.util.Set;

/** At which sites somebody may do what an area has: who looks after one site does nothing at another. */
public sealed interface Reach {
    Reach EVERYWHERE = new Everywhere();

    record Everywhere() implements Reach {}

    record At(Set<SiteName> sites) implements Reach {
        public At {
            sites = Set.copyOf(sites);
        }
    }

    default boolean isNowhere() {
        return this instanceof At(Set<SiteName> sites) && sites.isEmpty();
    }

    default boolean has(SiteName site) {
        return switch (this) {
            case Everywhere _ -> true;
            case At(Set<SiteName> sites) -> sites.contains(site);
        };
    }
}
