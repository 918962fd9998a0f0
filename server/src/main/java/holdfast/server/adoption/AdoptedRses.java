package holdfast.server.adoption;

import holdfast.server.adoption.Opening.Left;
import holdfast.server.adoption.Opening.RseOpened;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.RseChanges;
import holdfast.server.catalog.RseProtocols;
import holdfast.server.catalog.Rses;
import holdfast.vocabulary.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the elements of the other server that this one does not know. No driver reaches them: what lies there stays a
 * claim until the sites file names them. What is known here is left as it is.
 */
public final class AdoptedRses {
    private final Rses rses;
    private final RseChanges changes;
    private final RseProtocols protocols;

    public AdoptedRses(Rses rses, RseChanges changes, RseProtocols protocols) {
        this.rses = rses;
        this.changes = changes;
        this.protocols = protocols;
    }

    List<RseOpened> open(List<JsonNode> said, List<Left> refused) {
        List<RseOpened> opened = new ArrayList<>();
        for (JsonNode one : said) {
            Parameters rse = new Parameters(one);
            String name = rse.maybeText("name").orElse("");
            try {
                opened.add(new RseOpened(name, open(name, rse, refused)));
            } catch (RucioError no) {
                refused.add(new Left("rse", name, no.text()));
            }
        }
        return opened;
    }

    private String open(String name, Parameters said, List<Left> refused) {
        Optional<Rse> known =
                rses.all().stream().filter(r -> r.name().name().equals(name)).findFirst();
        if (known.isPresent()) {
            return known.get().isOfTheHouse() ? "sites file" : "here already";
        }
        changes.add(AccountName.ROOT, name, settings(said));
        Rse added = rses.find(name);
        changes.attributes(AccountName.ROOT, added, attributes(added, said))
                .forEach((key, why) -> refused.add(new Left("rse attribute", name + "/" + key, why)));
        for (Parameters protocol : said.maybeList("protocols")) {
            try {
                protocols.add(AccountName.ROOT, rses.find(name), protocol.text("scheme"), protocol);
            } catch (RucioError no) {
                refused.add(new Left(
                        "rse protocol",
                        name + "/" + protocol.maybeText("scheme").orElse(""),
                        no.text()));
            }
        }
        return "added";
    }

    /** In the words that adding an element knows; the type may stand under either name. */
    private static Parameters settings(Parameters said) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        for (String key : Set.of("deterministic", "volatile", "staging_area")) {
            said.node(key).ifPresent(value -> settings.set(key, value));
        }
        said.node("type").or(() -> said.node("rse_type")).ifPresent(value -> settings.set("rse_type", value));
        Optional<Parameters> availability =
                said.node("availability").filter(JsonNode::isObject).map(Parameters::new);
        for (String what : List.of("read", "write", "delete")) {
            availability
                    .flatMap(a -> a.node(what))
                    .or(() -> said.node("availability_" + what))
                    .ifPresent(value -> settings.set("availability_" + what, value));
        }
        if (settings.properties().stream().noneMatch(e -> e.getKey().startsWith("availability_"))) {
            said.node("availability").ifPresent(value -> settings.set("availability", value));
        }
        return new Parameters(settings);
    }

    private static Map<String, JsonNode> attributes(Rse rse, Parameters said) {
        Map<String, JsonNode> attributes = new TreeMap<>();
        said.maybeObject("attributes")
                .ifPresent(all -> all.keys().forEach(key -> all.node(key).ifPresent(v -> attributes.put(key, v))));
        attributes.remove(rse.name().name());
        return attributes;
    }
}
