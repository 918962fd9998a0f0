package holdfast.server.drivers.taperest;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Bearer.Want;
import holdfast.server.credentials.Right;
import holdfast.server.drivers.http.Answer;
import holdfast.server.drivers.http.Door;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of the WLCG Tape REST API, version 1, to one element. Where it is served is asked of the element's own endpoint
 * (RFC 8615); it may be another host and port only where the sites file names that one too. Every call blocks and is one request.
 */
final class TapeRest {
    static final String WELL_KNOWN = "/.well-known/wlcg-tape-rest-api";
    private static final String VERSION = "v1";
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Door door;
    private final Bearer bearer;
    /** The element's own folder, which a token is asked for: a scope for each of a thousand files is too long for a header. */
    private final ServerPath folder;

    private volatile @Nullable String api;

    TapeRest(Door door, Bearer bearer, ServerPath folder) {
        this.door = door;
        this.bearer = bearer;
        this.folder = folder;
    }

    /** An answer that is no answer to the question. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final @Nullable Duration after;

        Refused(String what, Answer answer) {
            super("%s: %s".formatted(what, answer.words()));
            status = answer.status();
            after = answer.header("Retry-After").map(Refused::seconds).orElse(null);
        }

        /** A date there is not read: our clocks may differ, and the pause that grows does as well. */
        private static @Nullable Duration seconds(String text) {
            return text.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
        }

        int status() {
            return status;
        }

        /** How long it wants to be left alone. */
        Optional<Duration> after() {
            return Optional.ofNullable(after);
        }
    }

    /** Asks for files to be brought to disk and kept there for some time. */
    RequestId stage(List<ServerPath> paths, Duration keep) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode files = body.putArray("files");
        paths.forEach(p -> files.addObject().put("path", p.text()).put("diskLifetime", keep.toString()));
        try (Answer answer = post("/stage", body)) {
            requireGood("stage of %d files".formatted(paths.size()), answer);
            String id = json(answer).path("requestId").asString("");
            return new RequestId(id.isEmpty() ? lastOf(answer.header("Location").orElse("")) : id);
        }
    }

    private static String lastOf(String location) throws IOException {
        String id = location.substring(location.lastIndexOf('/') + 1);
        if (id.isEmpty()) {
            throw new IOException("a stage request was taken and given no id");
        }
        return id;
    }

    /** How far the files of a request are, in no order; empty when the server knows no such request. */
    Optional<Map<ServerPath, StageState>> status(RequestId id) throws IOException {
        try (Answer answer = send(new HttpGet(address("/stage/" + encoded(id))))) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            requireGood("state of a stage request", answer);
            Map<ServerPath, StageState> states = new HashMap<>();
            for (JsonNode file : json(answer).path("files")) {
                states.put(new ServerPath(file.path("path").asString("")), StageState.of(file));
            }
            return Optional.of(states);
        }
    }

    /** No longer wants files of a request; a server may bring them all the same. */
    void cancel(RequestId id, Collection<ServerPath> paths) throws IOException {
        tell("/stage/" + encoded(id) + "/cancel", paths);
    }

    /** Lets go of files that a request brought: their copies on disk may be removed. */
    void release(RequestId id, Collection<ServerPath> paths) throws IOException {
        tell("/release/" + encoded(id), paths);
    }

    /** A request that is gone holds nothing any more. */
    private void tell(String call, Collection<ServerPath> paths) throws IOException {
        try (Answer answer = post(call, paths(paths))) {
            if (answer.status() != 404) {
                requireGood(call, answer);
            }
        }
    }

    /** Where files are now; those of which the server tells nothing are left out. */
    Map<ServerPath, Whereabouts> archiveInfo(Collection<ServerPath> paths) throws IOException {
        try (Answer answer = post("/archiveinfo", paths(paths))) {
            requireGood("archiveinfo", answer);
            Map<ServerPath, Whereabouts> found = new HashMap<>();
            for (JsonNode item : json(answer)) {
                found.put(new ServerPath(item.path("path").asString("")), Whereabouts.of(item));
            }
            return found;
        }
    }

    private static ObjectNode paths(Collection<ServerPath> paths) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode all = body.putArray("paths");
        paths.forEach(p -> all.add(p.text()));
        return body;
    }

    private Answer post(String call, ObjectNode body) throws IOException {
        HttpPost request = new HttpPost(address(call));
        request.setEntity(new StringEntity(body.toString(), ContentType.APPLICATION_JSON));
        return send(request);
    }

    private Answer send(HttpUriRequestBase request) throws IOException {
        request.setHeader("Accept", "application/json");
        bearer.token(List.of(new Want(Right.STAGE, folder.text())))
                .ifPresent(t -> request.setHeader("Authorization", "Bearer " + t.reveal()));
        return door.transfer(request);
    }

    /** Makes sure that the site offers the API, and has it where it may be. */
    void find() throws IOException {
        address("");
    }

    private URI address(String call) throws IOException {
        String known = api;
        if (known == null) {
            known = discovered();
            api = known;
        }
        return URI.create(known + call);
    }

    private String discovered() throws IOException {
        URI at = door.told(Door.Settings::own).uri().resolve(WELL_KNOWN);
        try (Answer answer = door.ask(new HttpGet(at))) {
            requireGood("the site offers no Tape REST API at " + at, answer);
            for (JsonNode endpoint : json(answer).path("endpoints")) {
                if (endpoint.path("version").asString("").equals(VERSION)) {
                    return at.resolve(endpoint.path("uri").asString(""))
                            .toString()
                            .replaceAll("/+$", "");
                }
            }
            throw new IOException("%s names no endpoint of version %s".formatted(at, VERSION));
        } catch (IllegalArgumentException e) {
            throw new IOException("%s names an endpoint that is no address".formatted(at), e);
        }
    }

    private static JsonNode json(Answer answer) throws IOException {
        try {
            byte[] bytes = answer.body().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("an answer of more than %d bytes".formatted(MOST_BYTES));
            }
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** An API that moved away is looked for again. */
    private void requireGood(String what, Answer answer) throws Refused {
        if (!answer.isGood()) {
            if (answer.status() == 404 || answer.status() == 410) {
                api = null;
            }
            throw new Refused(what, answer);
        }
    }

    private static String encoded(RequestId id) {
        return URLEncoder.encode(id.text(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
