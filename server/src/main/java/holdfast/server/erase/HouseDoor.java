package holdfast.server.erase;

import holdfast.journal.Line;
import holdfast.retention.SignedAct;
import holdfast.retention.SiteRemoval.Handed;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the house says of removals at one site; none of it is believed here. */
final class HouseDoor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int GOOD = 200;
    private static final int REFUSED = 409;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String removals;
    private final Path token;

    HouseDoor(URI house, SiteName site, Path token) {
        this.removals = house + "/api/sites/" + site + "/removals";
        this.token = token;
    }

    /** A copy that waits, by the house's word. */
    record Waiting(UUID act, DataId file, StorageName from, Instant mayGoFrom) {}

    /** What was asked for, or why there is none. */
    record Answer<T>(Optional<T> value, String why) {}

    /** Everything that waits, page by page. */
    List<Waiting> waiting() throws IOException {
        List<Waiting> all = new ArrayList<>();
        while (true) {
            JsonNode page =
                    ask(request(all.isEmpty() ? "" : after(all.getLast())).GET());
            if (page.isEmpty()) {
                return all;
            }
            for (JsonNode one : page) {
                all.add(new Waiting(
                        UUID.fromString(text(one, "act")),
                        DataId.parse(text(one, "file")),
                        new StorageName(text(one, "element")),
                        Instant.parse(text(one, "mayGoFrom"))));
            }
        }
    }

    private static String after(Waiting last) {
        return "?act=" + last.act + "&file=" + URLEncoder.encode(last.file.toString(), StandardCharsets.UTF_8);
    }

    SignedAct act(UUID id) throws IOException {
        return SignedAct.read(Line.of(text(ask(request("/acts/" + id).GET()), "line")));
    }

    /** Leave for one copy; none where the house does not give it. */
    Answer<Handed> leave(UUID act, DataId file) throws IOException {
        Answer<JsonNode> said = post("/leave", act, file);
        return new Answer<>(said.value().map(HouseDoor::handed), said.why());
    }

    private static Handed handed(JsonNode said) {
        return new Handed(
                UUID.fromString(text(said, "act")),
                DataId.parse(text(said, "file")),
                new StorageName(text(said, "element")),
                new StoragePath(text(said, "path")),
                new ByteSize(said.path("size").asLong(-1)),
                Instant.parse(text(said, "until")));
    }

    /** Has the house look; answers whether it saw that the copy has gone. */
    boolean look(UUID act, DataId file) throws IOException {
        return post("/outcome", act, file)
                .value()
                .map(said -> said.path("gone").asBoolean(false))
                .orElse(false);
    }

    private Answer<JsonNode> post(String path, UUID act, DataId file) throws IOException {
        String body = JSON.writeValueAsString(Map.of("act", act.toString(), "file", file.toString()));
        HttpResponse<String> answer = send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() == REFUSED) {
            return new Answer<>(Optional.empty(), answer.body());
        }
        return new Answer<>(Optional.of(good(answer)), "");
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException {
        return good(send(request.build()));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(removals + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + Files.readString(token).strip());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the house", e);
        }
    }

    private static JsonNode good(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != GOOD) {
            throw new IOException(
                    "the house answered %d to %s: %s".formatted(answer.statusCode(), answer.uri(), answer.body()));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("the house answered with no JSON to " + answer.uri(), e);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    @Override
    public void close() {
        client.close();
    }
}
