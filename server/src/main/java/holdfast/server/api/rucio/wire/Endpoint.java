package holdfast.server.api.rucio.wire;

import java.util.List;

/**
 * One endpoint as the field's server has it.
 *
 * @param open whether it is answered without a token
 * @param body what the request carries
 * @param produces the content types that an Accept header may ask for; empty where it is not looked at
 * @param clients methods of the official client that call it; empty where none does
 */
public record Endpoint(
        Verb verb, Template template, boolean open, BodyKind body, List<String> produces, List<String> clients) {

    public Endpoint {
        produces = List.copyOf(produces);
        clients = List.copyOf(clients);
    }

    /** What a request carries: nothing, a JSON object, a JSON list, or either. */
    public enum BodyKind {
        NONE,
        OBJECT,
        LIST,
        EITHER
    }

    /** How the code calls it: {@code GET /dids/{scope}/{name}/meta}. */
    public String key() {
        return verb + " " + template;
    }
}
