package holdfast.server.api.rucio.rses;

import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.catalog.Domain;
import holdfast.server.catalog.Operation;
import holdfast.server.catalog.Protocol;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.RseAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/** Writes elements in the forms that clients know. */
public final class RseJson {
    private static final List<String> DESCRIBING = List.of(
            "city", "region_code", "country_name", "continent", "time_zone", "ISP", "ASN", "longitude", "latitude");

    private RseJson() {}

    /** One row of the list of all. */
    static void row(JsonOut out, Rse rse) {
        out.begin().put("id", rse.id()).put("rse", rse.name().name()).put("vo", "def");
        kinds(out, rse);
        availability(out, rse);
        DESCRIBING.forEach(key -> out.put(key, detail(rse, key)));
        out.put("qos_class", detail(rse, "qos_class")).put("deleted", false).putNull("deleted_at");
        out.put("created_at", created(rse)).put("updated_at", updated(rse)).end();
    }

    private static void kinds(JsonOut out, Rse rse) {
        out.put("rse_type", rse.type().name())
                .put("deterministic", rse.isDeterministic())
                .put("volatile", rse.isVolatile())
                .put("staging_area", rse.nature().isStagingArea());
    }

    private static void availability(JsonOut out, Rse rse) {
        out.put("availability", rse.availability().number());
        readWriteDelete(out, rse);
    }

    private static void readWriteDelete(JsonOut out, Rse rse) {
        out.put("availability_read", rse.availability().read())
                .put("availability_write", rse.availability().write())
                .put("availability_delete", rse.availability().delete());
    }

    /** What upload and download need to know, with the availability as one number too. */
    static void settings(JsonOut out, Rse rse) {
        out.begin();
        fields(out, rse);
        out.put("availability", rse.availability().number()).end();
    }

    /** The same without the number. */
    static void protocols(JsonOut out, Rse rse) {
        out.begin();
        fields(out, rse);
        out.end();
    }

    private static void fields(JsonOut out, Rse rse) {
        readWriteDelete(out, rse);
        out.putNull("credentials").putList("domain", List.of(Domain.values()), (o, domain) -> o.value(domain.word()));
        out.put("id", rse.id())
                .put("lfn2pfn_algorithm", rse.algorithm())
                .putList("protocols", rse.protocols(), RseJson::protocol)
                .put("qos_class", detail(rse, "qos_class"))
                .put("rse", rse.name().name());
        kinds(out, rse);
        out.put("sign_url", rse.attribute("sign_url"))
                .put(
                        "verify_checksum",
                        rse.attribute("verify_checksum")
                                .map(RseAttributes::value)
                                .orElse(true));
    }

    static void protocol(JsonOut out, Protocol protocol) {
        out.begin()
                .put("hostname", protocol.door().hostname())
                .put("scheme", protocol.scheme())
                .put("port", protocol.door().port())
                .put("prefix", protocol.prefix())
                .put("impl", protocol.implementation());
        out.key("domains").begin();
        for (Domain domain : Domain.values()) {
            out.key(domain.word()).begin();
            for (Operation operation : Operation.values()) {
                if (operation.isOf(domain)) {
                    out.put(operation.word(), protocol.priorities().said(domain, operation));
                }
            }
            out.end();
        }
        out.end().put("extended_attributes", protocol.extended()).end();
    }

    static void attributes(JsonOut out, SortedMap<String, String> attributes) {
        out.begin();
        attributes.forEach((key, text) -> out.put(key, RseAttributes.value(text)));
        out.end();
    }

    /** One element in an export. */
    public static void exported(JsonOut out, Rse rse) {
        out.begin();
        fields(out, rse);
        out.put("vo", "def").put("availability", rse.availability().number());
        List.of("city", "region_code", "country_name", "time_zone", "longitude", "latitude")
                .forEach(key -> out.put(key, detail(rse, key)));
        out.put("created_at", created(rse)).put("updated_at", updated(rse));
        out.key("attributes");
        attributes(out, rse.attributes());
        out.put("MinFreeSpace", Optional.ofNullable(rse.limits().get("MinFreeSpace")))
                .end();
    }

    private static Optional<JsonNode> detail(Rse rse, String key) {
        return Optional.ofNullable(rse.nature().details().get(key));
    }

    private static Optional<Instant> created(Rse rse) {
        return switch (rse.origin()) {
            case Rse.Origin.Added added -> Optional.of(added.at());
            case Rse.Origin.SitesFile file -> Optional.empty();
        };
    }

    private static Optional<Instant> updated(Rse rse) {
        return switch (rse.origin()) {
            case Rse.Origin.Added added -> Optional.of(added.changed());
            case Rse.Origin.SitesFile file -> Optional.empty();
        };
    }
}
