package holdfast.server.api.rucio.wire;

import holdfast.access.Viewer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** One request: what a handler may ask of it. What it asks for and does not find is Rucio's error, not a null. */
public final class RucioCall {
    /** The attribute of a request that a front end handed in which is named as one. */
    public static final String FRONT_END = "holdfast.front-end";

    private static final String DICTIONARY = "dictionary";
    private static final String LIST = "list";
    private static final int LONGEST_TOLD = 80;

    /** The one attribute of old certificates that has no name in RFC 2253. */
    private static final Map<String, String> MAIL = Map.of("1.2.840.113549.1.9.1", "emailAddress");

    private final HttpServletRequest request;
    private final Endpoint endpoint;
    private final Map<String, String> variables;
    private final Asking asking;
    private final Query query;
    private @Nullable Body body;

    /** Who asks, and what they may know of. */
    record Asking(Optional<Caller> caller, Eyes eyes) {}

    RucioCall(
            HttpServletRequest request, Endpoint endpoint, Map<String, String> variables, Asking asking, Query query) {
        this.request = request;
        this.endpoint = endpoint;
        this.variables = variables;
        this.asking = asking;
        this.query = query;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whose token came along; endpoints that need none must not ask. */
    public Caller caller() {
        return asking.caller.orElseThrow(() -> new IllegalStateException(endpoint.key() + " is open to everybody"));
    }

    /** What the caller may know of: what else there is, is for this call as if it were not there. */
    public Visible sees() {
        return asking.eyes.sees();
    }

    /** Who the caller is to the plan. */
    public Viewer viewer() {
        return asking.eyes.viewer();
    }

    public AccountName account() {
        return caller().account();
    }

    /** A variable of the template, decoded. */
    public String path(String variable) {
        @Nullable String value = variables.get(variable);
        if (value == null) {
            throw new IllegalStateException(endpoint.key() + " has no variable " + variable);
        }
        return value;
    }

    /** The variables scope and name; 404 DataIdentifierNotFound where they cannot be a data identifier. */
    public DataId did() {
        try {
            return new DataId(new Scope(path("scope")), path("name"));
        } catch (BadWord bad) {
            throw RucioError.notFound(
                    "DataIdentifierNotFound",
                    "Data identifier '%s:%s' not found".formatted(path("scope"), brief(path("name"))));
        }
    }

    public Query query() {
        return query;
    }

    /** The subject of the certificate that the client showed on this line and that was checked (RFC 2253). */
    public Optional<String> certificate() {
        return request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                        && chain.length > 0
                ? Optional.of(chain[0].getSubjectX500Principal().getName(X500Principal.RFC2253, MAIL))
                : Optional.empty();
    }

    /** Whether a front end handed it in whose word is believed. */
    public boolean isThroughFrontEnd() {
        return request.getAttribute(FRONT_END) != null;
    }

    /** The address that it came from, as front ends that are trusted with it say. */
    public String network() {
        return String.valueOf(request.getRemoteAddr());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** A header that comes once or not at all; 400 where it comes again, since nobody can tell whose word which is. */
    public Optional<String> onlyHeader(String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw RucioError.bad("InvalidObject", "the header %s came %d times".formatted(name, values.size()));
        }
        return values.stream().findFirst();
    }

    /** Whether the Accept header names this content type itself; a wildcard does not count. */
    public boolean asksFor(String contentType) {
        return Accept.of(request).names(contentType);
    }

    /** The body as a JSON object. */
    public Parameters parameters() {
        JsonNode tree = body().tree(DICTIONARY);
        if (!tree.isObject()) {
            throw Body.notA(DICTIONARY);
        }
        return new Parameters(tree);
    }

    /** The body as a JSON object; an empty body is an empty one. */
    public Parameters parametersIfAny() {
        return body().isEmpty()
                ? new Parameters(tools.jackson.databind.node.JsonNodeFactory.instance.objectNode())
                : parameters();
    }

    /** The body as a list of JSON objects. */
    public List<Parameters> list() {
        JsonNode tree = body().tree(LIST);
        if (!tree.isArray()) {
            throw Body.notA(LIST);
        }
        return objects(tree);
    }

    /** The body as any JSON object or list. */
    public JsonNode json() {
        JsonNode tree = body().tree("dictionary or list");
        if (!tree.isObject() && !tree.isArray()) {
            throw Body.notA("dictionary or list");
        }
        return tree;
    }

    /** Each item of a list as an object; 400 TypeError where one is none. */
    public static List<Parameters> objects(JsonNode list) {
        List<Parameters> objects = new ArrayList<>();
        for (JsonNode item : list) {
            if (!item.isObject()) {
                throw RucioError.bad("TypeError", "body must be a json list of dictionaries");
            }
            objects.add(new Parameters(item));
        }
        return objects;
    }

    /**
     * The body as it is parsed, for large ones. Texts are clean already; what the parser throws (JacksonException) becomes
     * 400 by itself.
     */
    public JsonParser parser() {
        return body().parser(DICTIONARY);
    }

    private Body body() {
        if (body == null) {
            try {
                body = Body.read(request.getInputStream());
            } catch (IOException e) {
                throw RucioError.bad("ValueError", "the body did not come: " + e.getMessage());
            }
        }
        return body;
    }

    /** A bad word's message, which may hold a name of any length. */
    static String brief(BadWord bad) {
        return brief(String.valueOf(bad.getMessage()));
    }

    private static String brief(String text) {
        return text.length() <= 4 * LONGEST_TOLD
                ? text
                : text.substring(0, LONGEST_TOLD) + " ... " + text.substring(text.length() - 2 * LONGEST_TOLD);
    }
}
