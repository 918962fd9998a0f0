package holdfast.server.grid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holdfast.server.drivers.http.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * FTS3's REST interface, for tests, over TLS: jobs are taken, refused and told as the real one does, and their files really
 * copied. Held true by the published client {@code fts3}, which is not ours ({@code FtsEndpointTruthTest}).
 */
final class FtsEndpoint implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> OF_A_FILE = Set.of(
            "sources",
            "destinations",
            "source_tokens",
            "destination_tokens",
            "filesize",
            "checksum",
            "metadata",
            "staging_metadata",
            "archive_metadata",
            "activity",
            "selection_strategy",
            "scitag",
            "priority");

    private static final Set<String> STRATEGIES = Set.of(
            "orderly",
            "queue",
            "auto",
            "success",
            "throughput",
            "file-throughput",
            "pending-data",
            "waiting-time",
            "waiting-time-with-error",
            "duration");

    private final HttpsServer server;
    private final FtsJobs jobs;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> submitted = Collections.synchronizedList(new ArrayList<>());
    private volatile int refusal;
    private volatile boolean diesAfterSubmit;
    private volatile boolean silent;

    private FtsEndpoint(HttpsServer server, FtsJobs jobs) {
        this.server = server;
        this.jobs = jobs;
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static FtsEndpoint start(Path folder, TestAuthority authority) throws IOException {
        Path identity = authority.folder().resolve("fts.pem");
        Files.writeString(identity, Files.readString(authority.host()) + Files.readString(authority.hostKey()));
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(new Tls(Optional.empty(), Optional.of(identity)).context()));
        return new FtsEndpoint(https, new FtsJobs(folder, authority));
    }

    /** With a path: FTS's client writes two slashes behind it, which the JDK's server takes nowhere else. */
    URI root() {
        return URI.create(
                "https://localhost:%d/fts".formatted(server.getAddress().getPort()));
    }

    FtsJobs jobs() {
        return jobs;
    }

    /** Every request's method and path. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The bodies of all jobs that were taken. */
    List<JsonNode> submitted() {
        return List.copyOf(submitted);
    }

    /** From now on jobs are refused with a status; 0: no more. */
    void refuse(int status) {
        refusal = status;
    }

    /** From now on a job is taken, and its answer never comes. */
    void dieAfterSubmit(boolean die) {
        diesAfterSubmit = die;
    }

    /** From now on nothing is answered. */
    void fallSilent(boolean quiet) {
        silent = quiet;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/fts/*", "/");
            calls.add(exchange.getRequestMethod() + " " + path);
            if (silent) {
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "POST", "PUT" -> submit(exchange, path);
                case "GET" -> tell(exchange, path);
                case "DELETE" -> cancel(exchange, path);
                default -> problem(exchange, 405, "Method Not Allowed");
            }
        }
    }

    private void submit(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!path.equals("/jobs")) {
            problem(exchange, 404, "Not Found");
            return;
        }
        if (refusal != 0) {
            problem(exchange, refusal, refusal == 419 ? "No credentials" : "The token was refused");
            return;
        }
        try {
            JsonNode job = JSON.readTree(body);
            List<FtsFile.Asked> asked = asked(job);
            require(
                    asked.size() == 1
                            || asked.stream().allMatch(a -> a.sources().size() == 1),
                    "Multiple replica jobs must only have one unique file");
            boolean showsToken = exchange.getRequestHeaders().containsKey("Authorization");
            requireNoTape(asked.getFirst().tape(), showsToken);
            submitted.add(job);
            String id = jobs.add(asked).id();
            if (!diesAfterSubmit) {
                json(exchange, 200, JSON.createObjectNode().put("job_id", id));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            problem(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private static void requireNoTape(FtsFile.Tape tape, boolean showsToken) {
        require(
                !showsToken || tape.archive() <= 0,
                "Requests to archive to tape using token authentication are not supported");
        require(
                !showsToken || tape.bringOnline() <= 0,
                "Requests to retrieve from tape using token authentication are not supported");
    }

    private static List<FtsFile.Asked> asked(JsonNode job) {
        require(
                job.path("files").isArray() && !job.path("files").isEmpty(),
                "No transfers or deletion jobs are provided");
        require(job.path("params").isObject(), "params is not an object");
        String verify = job.path("params").path("verify_checksum").asString("");
        boolean verifies = List.of("true", "target", "both").contains(verify);
        List<FtsFile.Asked> asked = new ArrayList<>();
        for (JsonNode file : job.path("files")) {
            file.propertyNames().forEach(name -> require(OF_A_FILE.contains(name), "unknown field " + name));
            List<URI> sources = addresses(file.path("sources"));
            List<URI> destinations = addresses(file.path("destinations"));
            require(destinations.size() == 1, "one destination is all that this endpoint knows");
            tokens(file, sources.size());
            require(
                    STRATEGIES.contains(file.path("selection_strategy").asString("auto")),
                    "algorithm is not supported by Scheduler");
            JsonNode size = file.path("filesize");
            require(
                    size.isMissingNode() || size.isNull() || size.isIntegralNumber() && size.asLong() >= 0,
                    "Invalid filesize");
            String sum = file.path("checksum").asString("");
            require(sum.isEmpty() || sum.matches("\\w+(:[0-9a-fA-F]+)?"), "Invalid checksum");
            asked.add(new FtsFile.Asked(
                    sources,
                    destinations.getFirst(),
                    Optional.of(sum).filter(s -> s.contains(":")),
                    verifies,
                    tape(job.path("params"), file)));
        }
        return asked;
    }

    private static void tokens(JsonNode file, int sources) {
        int read = file.path("source_tokens").size();
        int write = file.path("destination_tokens").size();
        require(
                read == 0 == (write == 0),
                "Both source_tokens and destination_tokens are required if one of them is present.");
        require(read == 0 || read == sources, "Length of source_tokens should be equal to the length of sources.");
        require(write <= 1, "Length of destination_tokens should be equal to the length of destinations.");
    }

    private static FtsFile.Tape tape(JsonNode params, JsonNode file) {
        for (String metadata : List.of("staging_metadata", "archive_metadata")) {
            JsonNode told = file.path(metadata);
            require(told.isMissingNode() || told.isNull() || told.isObject(), metadata + " is no dictionary");
        }
        return new FtsFile.Tape(
                params.path("bring_online").asLong(-1),
                params.path("copy_pin_lifetime").asLong(-1),
                params.path("archive_timeout").asLong(-1),
                file.path("staging_metadata"));
    }

    private static List<URI> addresses(JsonNode all) {
        require(all.isArray() && !all.isEmpty(), "no address");
        List<URI> addresses = new ArrayList<>();
        all.forEach(one -> addresses.add(address(one)));
        return addresses;
    }

    private static URI address(JsonNode one) {
        URI address = URI.create(one.asString(""));
        require(address.getHost() != null && address.getPath().length() > 1, "Missing host or path: " + address);
        require(!"file".equals(address.getScheme()), "Can not transfer local files");
        return address;
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private void tell(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/");
        if (path.equals("/")) {
            ObjectNode info = JSON.createObjectNode();
            info.putObject("api").put("major", 3).put("minor", 12).put("patch", 0);
            json(exchange, 200, info);
        } else if (path.equals("/whoami")) {
            json(exchange, 200, JSON.createObjectNode().put("method", "oauth2").put("user_dn", "tests"));
        } else if (path.equals("/jobs")) {
            ArrayNode all = JSON.createArrayNode();
            jobs.all().forEach(j -> all.add(told(j, false)));
            json(exchange, 200, all);
        } else if (parts.length == 4 && parts[1].equals("jobs")) {
            part(exchange, parts[2], parts[3]);
        } else if (parts.length == 3 && parts[1].equals("jobs")) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            some(exchange, parts[2].split(","), query.contains("files="));
        } else {
            problem(exchange, 404, "Not Found");
        }
    }

    private void part(HttpExchange exchange, String id, String what) throws IOException {
        Optional<FtsJobs.Job> job = jobs.job(id);
        if (job.isEmpty()) {
            problem(exchange, 404, "No job with the id \"%s\" has been found".formatted(id));
        } else {
            json(exchange, 200, what.equals("files") ? told(job.get(), true).path("files") : JSON.createArrayNode());
        }
    }

    /** One job by itself; several in a list, with 207 where they are not all well. */
    private void some(HttpExchange exchange, String[] ids, boolean files) throws IOException {
        List<Optional<FtsJobs.Job>> found = Arrays.stream(ids).map(jobs::job).toList();
        if (found.size() == 1) {
            if (found.getFirst().isEmpty()) {
                problem(exchange, 404, "No job with the id \"%s\" has been found".formatted(ids[0]));
            } else {
                json(exchange, 200, told(found.getFirst().get(), files));
            }
            return;
        }
        ArrayNode all = JSON.createArrayNode();
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i];
            all.add(found.get(i)
                    .map(j -> told(j, files).put("http_status", "200 Ok"))
                    .orElseGet(() -> JSON.createObjectNode()
                            .put("job_id", id)
                            .put("http_status", "404 Not Found")
                            .put("http_message", "No job with the id has been found")));
        }
        json(exchange, found.stream().allMatch(Optional::isPresent) ? 200 : 207, all);
    }

    private static ObjectNode told(FtsJobs.Job job, boolean files) {
        ObjectNode told = JSON.createObjectNode()
                .put("job_id", job.id())
                .put("job_state", job.state())
                .put("job_type", job.isChoice() ? "R" : "N");
        if (files) {
            ArrayNode all = told.putArray("files");
            job.files()
                    .forEach(f -> all.addObject()
                            .put("file_state", f.state())
                            .put("reason", f.reason())
                            .put("source_surl", f.source.toString())
                            .put("dest_surl", f.asked.destination().toString()));
        }
        return told;
    }

    private void cancel(HttpExchange exchange, String path) throws IOException {
        String id = path.substring(path.lastIndexOf('/') + 1);
        Optional<FtsJobs.Job> job = jobs.job(id);
        if (job.isEmpty()) {
            problem(exchange, 404, "No job with the id \"%s\" has been found".formatted(id));
            return;
        }
        jobs.cancel(job.get());
        json(exchange, 200, told(job.get(), false));
    }

    private static void problem(HttpExchange exchange, int status, String message) throws IOException {
        json(exchange, status, JSON.createObjectNode().put("status", status).put("message", message));
    }

    private static void json(HttpExchange exchange, int status, JsonNode node) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(node);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        jobs.close();
    }
}
