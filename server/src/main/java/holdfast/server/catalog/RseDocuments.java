package holdfast.server.catalog;

import holdfast.journal.Micros;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What documents say of elements. A kind's key begins with the element's name and a slash, but for {@link #RSE}, whose key
 * is the name, and {@link #DISTANCE}, whose key is {@code SOURCE/DESTINATION}.
 */
final class RseDocuments {
    static final String RSE = "rse";
    static final String ATTRIBUTE = "rse-attribute";
    static final String PROTOCOL = "rse-protocol";
    static final String LIMIT = "rse-limit";
    static final String USAGE = "rse-usage";
    static final String QOS_POLICY = "rse-qos-policy";
    static final String DISTANCE = "rse-distance";

    /** Kinds whose keys begin with an element's name and a slash. */
    static final List<String> PARTS = List.of(ATTRIBUTE, PROTOCOL, LIMIT, USAGE, QOS_POLICY);

    /** Keys that only describe an element. */
    static final List<String> DETAILS = List.of(
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

    /** What one document of kind {@link #RSE} says; what it does not say is empty. */
    record Settings(Parameters fields) {
        static final Settings NONE = new Settings(new Parameters(JsonNodeFactory.instance.objectNode()));

        static Settings of(String text) {
            return new Settings(DocumentText.fields(text));
        }

        RseType type() {
            return fields.maybeText("rse_type").map(RseType::valueOf).orElse(RseType.DISK);
        }

        boolean isDeterministic() {
            return fields.flag("deterministic", true);
        }

        boolean isVolatile() {
            return fields.flag("volatile", false);
        }

        boolean isStagingArea() {
            return fields.flag("staging_area", false);
        }

        Availability availability() {
            return new Availability(
                    fields.flag("availability_read", true),
                    fields.flag("availability_write", true),
                    fields.flag("availability_delete", true));
        }

        SortedMap<String, JsonNode> details() {
            SortedMap<String, JsonNode> found = new TreeMap<>();
            DETAILS.forEach(key -> fields.node(key).ifPresent(value -> found.put(key, value)));
            return found;
        }

        /** Of an element that was added; empty where the document only says more of one of the sites file. */
        Optional<Rse.Origin> origin() {
            if (!fields.has("created")) {
                return Optional.empty();
            }
            return Optional.of(new Rse.Origin.Added(time("created"), time("updated")));
        }

        private Instant time(String key) {
            return Micros.instant(fields.number(key));
        }
    }

    private RseDocuments() {}

    /** The documents of a kind that belong to an element, by what follows the slash. */
    static SortedMap<String, String> of(Documents documents, String kind, StorageName rse) {
        String begin = rse + "/";
        SortedMap<String, String> found = new TreeMap<>();
        documents.under(kind, begin).forEach((key, text) -> found.put(key.substring(begin.length()), text));
        return found;
    }

    static SortedMap<String, String> attributes(Documents documents, StorageName rse) {
        SortedMap<String, String> found = new TreeMap<>();
        of(documents, ATTRIBUTE, rse)
                .forEach((key, text) -> found.put(key, DocumentText.read(text).stringValue()));
        return found;
    }

    static SortedMap<String, Long> limits(Documents documents, StorageName rse) {
        SortedMap<String, Long> found = new TreeMap<>();
        of(documents, LIMIT, rse)
                .forEach((key, text) -> found.put(key, DocumentText.read(text).longValue()));
        return found;
    }

    static List<Protocol> protocols(Documents documents, StorageName rse) {
        List<Protocol> found = new ArrayList<>();
        of(documents, PROTOCOL, rse).values().forEach(text -> found.add(protocol(DocumentText.fields(text))));
        found.sort(Protocol.SHOWN);
        return found;
    }

    private static Protocol protocol(Parameters said) {
        Map<Domain, Map<Operation, Integer>> priorities = new EnumMap<>(Domain.class);
        said.maybeObject("domains")
                .ifPresent(domains -> domains.keys()
                        .forEach(word -> priorities.put(
                                Domain.called(word).orElseThrow(),
                                priorities(domains.maybeObject(word).orElseThrow()))));
        return new Protocol(
                new Protocol.Door(said.text("scheme"), said.text("hostname"), (int) said.number("port")),
                said.text("prefix"),
                said.text("impl"),
                new Protocol.Priorities(priorities),
                said.node("extended_attributes"));
    }

    private static Map<Operation, Integer> priorities(Parameters operations) {
        Map<Operation, Integer> found = new EnumMap<>(Operation.class);
        operations
                .keys()
                .forEach(word -> operations
                        .maybeNumber(word)
                        .ifPresent(priority -> found.put(Operation.called(word).orElseThrow(), (int) priority)));
        return found;
    }

    /** The key of a protocol's document. */
    static String key(StorageName rse, Protocol.Door door) {
        return rse + "/" + door.scheme() + "/" + door.hostname() + "/" + door.port();
    }

    static String text(Protocol protocol) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("scheme", protocol.scheme());
        text.put("hostname", protocol.door().hostname());
        text.put("port", protocol.door().port());
        text.put("prefix", protocol.prefix());
        text.put("impl", protocol.implementation());
        protocol.extended().ifPresent(more -> text.set("extended_attributes", more));
        ObjectNode domains = text.putObject("domains");
        protocol.priorities().of().forEach((domain, operations) -> {
            ObjectNode of = domains.putObject(domain.word());
            operations.forEach((operation, priority) -> of.put(operation.word(), priority));
        });
        return DocumentText.of(text);
    }
}
