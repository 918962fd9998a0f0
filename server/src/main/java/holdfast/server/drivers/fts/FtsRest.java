package holdfast.server.drivers.fts;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.http.Answer;
import holdfast.server.drivers.http.Door;
import holdfast.storage.ThirdPartyCopy.Recall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests of FTS3's REST interface, version 3. Every call blocks and is one request. */
final class FtsRest {
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "FINISHEDDIRTY", "CANCELED");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Door door;
    private final URI root;
    private final Bearer bearer;
    private final Optional<FtsArchive> archive;

    FtsRest(Door door, Fts.Settings settings, Bearer bearer) {
        this.door = door;
        this.root = settings.endpoint();
        this.archive = settings.archive();
        this.bearer = bearer;
    }

    /** FTS3 took nothing of a request, and said so. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refused(String what, Answer answer) {
            super("FTS refused %s: %s".formatted(what, answer.words()));
            status = answer.status();
        }

        /** Whether people have to do something: a token or a certificate, or the request itself. */
        boolean needsPeople() {
            return status >= 400 && status < 500 && status != 408 && status != 429;
        }
    }

    /** Submits files as one job; any error but {@link Refused} leaves open whether there is a job now. */
    JobId submit(List<FtsCopy> files) throws IOException {
        HttpPost request = new HttpPost(address("/jobs"));
        String body = JSON.writeValueAsString(job(files));
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
        try (Answer answer = send(request)) {
            if (answer.status() >= 400 && answer.status() < 500) {
                throw new Refused("a job of %d files".formatted(files.size()), answer);
            }
            requireGood("a job of %d files".formatted(files.size()), answer);
            return new JobId(json(answer).path("job_id").asString(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("FTS took a job and gave it no id", e);
        }
    }

    private ObjectNode job(List<FtsCopy> files) {
        ObjectNode job = JSON.createObjectNode();
        ArrayNode all = job.putArray("files");
        files.forEach(one -> file(one, all.addObject()));
        boolean known = files.stream().allMatch(f -> f.adler32().isPresent());
        ObjectNode params = job.putObject("params")
                .put("verify_checksum", known ? "target" : "both")
                .put("overwrite", false)
                // Less than none: each try of ours goes to a name of its own.
                .put("retry", -1);
        files.getFirst()
                .recall()
                .ifPresent(recall -> params.put("bring_online", recall.within().toSeconds())
                        .put("copy_pin_lifetime", recall.keep().toSeconds()));
        archive.ifPresent(a -> params.put("archive_timeout", a.within().toSeconds()));
        params.putObject("job_metadata").put("issuer", "holdfast");
        return job;
    }

    private void file(FtsCopy one, ObjectNode file) {
        addresses(one.sources(), file, "sources", "source_tokens");
        addresses(List.of(one.destination()), file, "destinations", "destination_tokens");
        if (one.hasChoice()) {
            file.put("selection_strategy", "orderly");
        }
        file.put("filesize", one.size().bytes());
        one.adler32().ifPresent(sum -> file.put("checksum", "ADLER32:" + sum));
        one.recall().flatMap(Recall::note).ifPresent(n -> file.set("staging_metadata", JSON.readTree(n.json())));
        archive.flatMap(FtsArchive::note).ifPresent(n -> file.set("archive_metadata", JSON.readTree(n.json())));
    }

    private static void addresses(List<FtsCopy.End> ends, ObjectNode file, String addresses, String tokens) {
        ArrayNode all = file.putArray(addresses);
        ends.forEach(end -> all.add(end.address().toString()));
        if (ends.stream().allMatch(end -> end.pass().isPresent())) {
            ArrayNode shown = file.putArray(tokens);
            ends.forEach(end -> shown.add(end.pass().orElseThrow().token()));
        }
    }

    /** How far the files of some jobs are, by destination; jobs that FTS3 does not know are left out. */
    Map<JobId, Map<URI, Tried>> status(List<JobId> jobs) throws IOException {
        String ids = jobs.stream().map(JobId::text).collect(Collectors.joining(","));
        HttpGet request = new HttpGet(address("/jobs/" + ids + "?files=file_state,reason,dest_surl,source_surl"));
        try (Answer answer = send(request)) {
            if (answer.status() == 404) {
                return Map.of();
            }
            requireGood("the state of %d jobs".formatted(jobs.size()), answer);
            JsonNode found = json(answer);
            Map<JobId, Map<URI, Tried>> states = new HashMap<>();
            // One job is told by itself, several in a list.
            for (JsonNode job : found.isArray() ? found : JSON.createArrayNode().add(found)) {
                if (!job.path("job_state").asString("").isEmpty()) {
                    states.put(new JobId(job.path("job_id").asString("")), files(job));
                }
            }
            return states;
        } catch (IllegalArgumentException e) {
            throw new IOException("FTS told of a job without an id, or of a file without an address", e);
        }
    }

    /** A file that may come from several sources is told once for each of them. */
    private static Map<URI, Tried> files(JsonNode job) {
        Map<URI, List<Tried.OneSource>> files = new HashMap<>();
        for (JsonNode file : job.path("files")) {
            files.computeIfAbsent(URI.create(file.path("dest_surl").asString("")), d -> new ArrayList<>())
                    .add(new Tried.OneSource(
                            URI.create(file.path("source_surl").asString("")),
                            FileState.of(file.path("file_state").asString("")),
                            file.path("reason").asString("")));
        }
        boolean isOver = ENDED.contains(job.path("job_state").asString(""));
        Map<URI, Tried> tried = new HashMap<>();
        files.forEach((destination, sources) -> tried.put(destination, new Tried(sources, isOver)));
        return tried;
    }

    /** No longer wants a job; what is over stays over. */
    void cancel(JobId job) throws IOException {
        try (Answer answer = send(new HttpDelete(address("/jobs/" + job)))) {
            if (answer.status() != 404) {
                requireGood("the end of job " + job, answer);
            }
        }
    }

    private Answer send(HttpUriRequestBase request) throws IOException {
        Optional<String> token = bearer.token(List.of()).map(t -> t.reveal());
        token.ifPresent(t -> request.setHeader("Authorization", "Bearer " + t));
        request.setHeader("Accept", "application/json");
        return door.ask(request);
    }

    private URI address(String call) {
        return URI.create(root.toString().replaceAll("/+$", "") + call);
    }

    private static void requireGood(String what, Answer answer) throws IOException {
        if (!answer.isGood()) {
            throw new IOException("FTS did not answer about %s: %s".formatted(what, answer.words()));
        }
    }

    private static JsonNode json(Answer answer) throws IOException {
        byte[] bytes = answer.body().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("FTS answered with more than %d bytes".formatted(MOST_BYTES));
        }
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new IOException("FTS answered with something else than JSON", e);
        }
    }
}
