package holdfast.server.api.rucio.wire;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every endpoint, and what is done for it. It begins with all of them as not built yet; subjects put in what they answer.
 * An endpoint is called by its key, such as {@code GET /dids/{scope}/{name}/meta}, as it stands in the table.
 */
public final class RouteBook {
    private static final int NOT_IMPLEMENTED = 501;

    private final Map<String, Route> routes = new LinkedHashMap<>();

    private RouteBook() {
        List<Endpoint> endpoints = Endpoints.all();
        Map<String, Access> access = AccessTable.read();
        AccessTable.check(access, endpoints);
        for (Endpoint endpoint : endpoints) {
            Access row = Objects.requireNonNull(access.get(endpoint.key()));
            routes.put(endpoint.key(), new Route(endpoint, row, Support.NOT_YET, "", call -> {
                throw RucioError.of(
                        NOT_IMPLEMENTED,
                        "RucioException",
                        endpoint.key() + " is not built yet in Holdfast; docs/rucio-compatibility.md lists what is");
            }));
        }
    }

    public static RouteBook of(Collection<? extends Subject> subjects) {
        RouteBook book = new RouteBook();
        subjects.forEach(subject -> subject.contribute(book));
        return book;
    }

    /** Answers as the field's server does. */
    public RouteBook supports(String key, Handler handler) {
        return put(key, Support.SUPPORTED, "", handler);
    }

    /**
     * Answers, but differs on purpose.
     *
     * @param note what differs and why, in one sentence for the compatibility page
     */
    public RouteBook differs(String key, String note, Handler handler) {
        return put(key, Support.DIFFERS, note, handler);
    }

    /**
     * Never answers: 409 UnsupportedOperation with the note.
     *
     * @param note why, and what to use instead
     */
    public RouteBook refuses(String key, String note) {
        return put(key, Support.REFUSED, note, call -> {
            throw RucioError.conflict("UnsupportedOperation", key + " is not supported by Holdfast: " + note);
        });
    }

    private RouteBook put(String key, Support support, String note, Handler handler) {
        Route stands = routes.get(key);
        if (stands == null) {
            throw new IllegalArgumentException("no endpoint is called '" + key + "'; see rucio/endpoints.tsv");
        }
        if (stands.support() != Support.NOT_YET) {
            throw new IllegalArgumentException("two subjects answer '" + key + "'");
        }
        routes.put(key, new Route(stands.endpoint(), stands.access(), support, note, handler));
        return this;
    }

    /** In the order of the table. */
    public List<Route> routes() {
        return List.copyOf(routes.values());
    }
}
