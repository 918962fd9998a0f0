package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes in elements and distances as an export writes them: what is not there is added, what differs is changed, nothing is
 * taken away. All of it is one change.
 */
public final class RseImport {
    private static final Set<String> FIXED = Set.of("deterministic", "volatile", "staging_area", "rse_type");
    private static final List<String> SETTINGS = List.of(
            "deterministic",
            "volatile",
            "staging_area",
            "rse_type",
            "availability_read",
            "availability_write",
            "availability_delete",
            "city",
            "region_code",
            "country_name",
            "continent",
            "time_zone",
            "ISP",
            "ASN",
            "longitude",
            "latitude",
            "qos_class");
    private static final List<String> LIMITS = List.of("MinFreeSpace", "MaxBeingDeletedFiles", "MaxSpaceAvailable");

    private final Registry registry;
    private final Rses rses;
    private final RseChanges changes;
    private final RseProtocols protocols;
    private final Distances distances;

    public RseImport(Registry registry, Rses rses, RseChanges changes, RseProtocols protocols, Distances distances) {
        this.registry = registry;
        this.rses = rses;
        this.changes = changes;
        this.protocols = protocols;
        this.distances = distances;
    }

    /** @param sent rses by name, and distances by source and destination */
    public void take(AccountName who, Parameters sent) {
        for (String key : sent.keys()) {
            if (!key.equals("rses") && !key.equals("distances")) {
                throw RucioError.conflict(
                        "UnsupportedOperation",
                        "only rses and distances are imported, not '" + key + "'; add accounts and scopes one by one");
            }
        }
        Shelf.together(registry, who, () -> takeAll(who, sent));
    }

    private void takeAll(AccountName who, Parameters sent) {
        sent.maybeObject("rses").ifPresent(all -> all.keys().forEach(name -> rse(who, name, object(all, name))));
        sent.maybeObject("distances")
                .ifPresent(all -> all.keys().forEach(from -> distancesFrom(who, from, object(all, from))));
    }

    private static Parameters object(Parameters all, String key) {
        return all.maybeObject(key)
                .orElseThrow(() -> RucioError.bad("TypeError", "'" + key + "' must be a dictionary"));
    }

    private void rse(AccountName who, String name, Parameters sent) {
        Optional<Rse> there = Rses.name(name).flatMap(rses::maybe);
        if (there.isEmpty()) {
            changes.add(who, name, settings(sent, Set.of()));
        } else {
            changes.update(who, there.get(), settings(sent, there.get().isOfTheHouse() ? FIXED : Set.of()));
        }
        Rse rse = rses.find(name);
        sent.maybeObject("attributes").ifPresent(attributes -> attributes(who, rse, attributes));
        for (String limit : LIMITS) {
            sent.maybeNumber(limit).ifPresent(value -> changes.limit(who, rse, limit, value));
        }
        if (!rse.isOfTheHouse()) {
            sent.maybeList("protocols").forEach(protocol -> protocol(who, name, protocol));
        }
    }

    private static Parameters settings(Parameters sent, Set<String> but) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        SETTINGS.stream()
                .filter(key -> !but.contains(key))
                .forEach(key -> sent.node(key).ifPresent(value -> settings.set(key, value)));
        boolean single = SETTINGS.stream().anyMatch(key -> key.startsWith("availability_") && settings.has(key));
        if (!single) {
            sent.node("availability").ifPresent(value -> settings.set("availability", value));
        }
        return new Parameters(settings);
    }

    /** What an element has of itself, or stands in the sites file, stays. */
    private void attributes(AccountName who, Rse rse, Parameters attributes) {
        Set<String> fixed = new HashSet<>(rse.stated());
        fixed.add(rse.name().name());
        for (String key : attributes.keys()) {
            if (!fixed.contains(key) && attributes.node(key).isPresent()) {
                changes.attribute(who, rse, key, attributes.mustNode(key));
            }
        }
    }

    private void protocol(AccountName who, String name, Parameters sent) {
        Rse rse = rses.find(name);
        String scheme = sent.text("scheme");
        String host = sent.maybeText("hostname").orElse("localhost");
        int port = Math.toIntExact(sent.maybeNumber("port").orElse(0));
        boolean known = rse.protocols().stream()
                .anyMatch(p -> p.scheme().equals(scheme)
                        && p.door().hostname().equals(host)
                        && p.door().port() == port);
        if (known) {
            protocols.update(who, rse, new RseProtocols.Which(scheme, Optional.of(host), OptionalInt.of(port)), sent);
        } else {
            protocols.add(who, rse, scheme, sent);
        }
    }

    private void distancesFrom(AccountName who, String from, Parameters to) {
        for (String name : to.keys()) {
            Distances.Way way =
                    new Distances.Way(rses.find(from).name(), rses.find(name).name());
            long distance = object(to, name).number("distance");
            if (distances.find(way).isPresent()) {
                distances.update(who, way, distance, false);
            } else {
                distances.add(who, way, distance, false);
            }
        }
    }
}
