package holdfast.server.catalog;

import holdfast.storage.PathAlgorithm;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A storage element as Rucio's clients know it: one of the sites file, or one that was added through the interface.
 *
 * @param origin who says that it is there
 * @param attributes by key; {@code true} and {@code false} are shown as such. That of its own name is among them
 * @param protocols in the order of host, scheme and port
 * @param limits in bytes or files, by name
 */
public record Rse(
        StorageName name,
        Origin origin,
        Nature nature,
        Availability availability,
        SortedMap<String, String> attributes,
        List<Protocol> protocols,
        SortedMap<String, Long> limits) {

    public Rse {
        protocols = List.copyOf(protocols);
    }

    /** Who says that an element is there. */
    public sealed interface Origin {
        /**
         * The sites file: what it says can only be changed there.
         *
         * @param stated the attributes that follow from it
         */
        record SitesFile(Set<String> stated) implements Origin {
            public SitesFile {
                stated = Set.copyOf(stated);
            }
        }

        /** A call of the interface. */
        record Added(Instant at, Instant changed) implements Origin {}
    }

    /** How an element names its files. */
    public sealed interface Naming {
        /** As the house itself writes there, by the policy in force. */
        record OfTheHouse(Layout layout) implements Naming {}

        /** By rule, as the field's algorithms do. */
        record ByRule(PathAlgorithm algorithm) implements Naming {}

        /** Whoever brings a file says where it lies. */
        record Stated() implements Naming {}
    }

    /**
     * What an element is.
     *
     * @param isVolatile whether files may vanish there by themselves; nothing may be registered there
     * @param details city, region_code, country_name, continent, time_zone, ISP, ASN, longitude, latitude, qos_class
     */
    public record Nature(
            RseType type,
            Naming naming,
            boolean isVolatile,
            boolean isStagingArea,
            SortedMap<String, JsonNode> details) {}

    /** The same for the same name, on every node and after every rebuild. */
    public UUID id() {
        return idOf(name);
    }

    static UUID idOf(StorageName name) {
        return UUID.nameUUIDFromBytes(("rse " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether its paths follow from the names of files. */
    public boolean isDeterministic() {
        return !(nature.naming() instanceof Naming.Stated);
    }

    /** Whether the sites file names it, so that a driver reaches it. */
    public boolean isOfTheHouse() {
        return origin instanceof Origin.SitesFile;
    }

    /** The attributes that stand in the sites file. */
    Set<String> stated() {
        return switch (origin) {
            case Origin.SitesFile(Set<String> stated) -> stated;
            case Origin.Added added -> Set.of();
        };
    }

    public RseType type() {
        return nature.type();
    }

    public boolean isVolatile() {
        return nature.isVolatile();
    }

    public Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    /**
     * What its {@code lfn2pfn_algorithm} is called. Clients compute those that they know by themselves and ask the server for
     * all others; the house's own {@code scope-and-name} is not their identity, which makes folders of some scopes.
     */
    public String algorithm() {
        return switch (nature.naming()) {
            case Naming.OfTheHouse(Layout layout) ->
                layout.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Naming.ByRule(PathAlgorithm algorithm) -> algorithm.attribute();
            case Naming.Stated() -> attribute(RseAttributes.ALGORITHM).orElse(PathAlgorithm.HASH.attribute());
        };
    }
}
