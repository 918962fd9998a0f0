package holdfast.server.api.holdfast;

import holdfast.server.adoption.AdoptedCollections;
import holdfast.server.adoption.AdoptedContents;
import holdfast.server.adoption.AdoptedFiles;
import holdfast.server.adoption.AdoptedLocks;
import holdfast.server.adoption.AdoptedRules;
import holdfast.server.adoption.Adopting;
import holdfast.server.adoption.AdoptionStatus.OfScope;
import holdfast.server.adoption.CollectionSaid;
import holdfast.server.adoption.CollectionSaid.ContentSaid;
import holdfast.server.adoption.FileSaid;
import holdfast.server.adoption.Opening;
import holdfast.server.adoption.RuleSaid;
import holdfast.server.adoption.RuleSaid.LockSaid;
import holdfast.server.sql.AdoptedSums.Listed;
import holdfast.vocabulary.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Taking over what another Rucio knows, batch by batch; the administrator's alone. */
@RestController
@RequestMapping("/holdfast/v1/adoption")
class AdoptionApi {
    /** The most files, collections, children, rules or locks of one batch. */
    private static final int MOST = 1_000;

    private static final int BUFFER = 1 << 16;
    private static final ObjectWriter LINES = JsonMapper.shared().writer().withRootValueSeparator("");

    private final Adopting adopting;

    AdoptionApi(Adopting adopting) {
        this.adopting = adopting;
    }

    record Files(@Nullable List<FileSaid> files) {}

    record Collections(@Nullable List<CollectionSaid> collections) {}

    record Contents(@Nullable List<ContentSaid> contents) {}

    record Rules(@Nullable List<RuleSaid> rules) {}

    record Locks(@Nullable List<LockSaid> locks) {}

    @PostMapping("/scopes")
    Opening.Opened scopes(@RequestBody Opening opening) {
        return adopting.scopes().open(opening);
    }

    @PostMapping("/files")
    AdoptedFiles.Taken files(@RequestBody Files sent) {
        return adopting.files().take(batch("files", sent.files));
    }

    @PostMapping("/collections")
    AdoptedCollections.Taken collections(@RequestBody Collections sent) {
        return adopting.collections().take(batch("collections", sent.collections));
    }

    @PostMapping("/contents")
    AdoptedContents.Taken contents(@RequestBody Contents sent) {
        List<ContentSaid> contents = batch("contents", sent.contents);
        long children = contents.stream()
                .mapToLong(c -> c.children() == null ? 0 : c.children().size())
                .sum();
        if (children > MOST) {
            throw tooMany("children");
        }
        return adopting.contents().take(contents);
    }

    @PostMapping("/rules")
    AdoptedRules.Taken rules(@RequestBody Rules sent) {
        return adopting.rules().take(batch("rules", sent.rules));
    }

    @PostMapping("/locks")
    AdoptedLocks.Taken locks(@RequestBody Locks sent) {
        return adopting.locks().take(batch("locks", sent.locks));
    }

    /** The burn-down: what is still claimed, scope by scope. */
    @GetMapping("/scopes")
    Map<String, List<OfScope>> status() {
        return Map.of("scopes", adopting.status().scopes());
    }

    /** One file a line, in the order of names; an answer that breaks off does not end in a line feed. */
    @GetMapping("/scopes/{scope}/files")
    void list(@PathVariable String scope, HttpServletResponse response) throws IOException {
        Scope wanted = new Scope(scope);
        response.setContentType("application/x-ndjson");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        try (JsonGenerator json = LINES.createGenerator(out)) {
            adopting.status().list(wanted, file -> write(json, file));
        }
    }

    private static void write(JsonGenerator json, Listed file) {
        json.writeStartObject();
        json.writeStringProperty("name", file.name());
        json.writeNumberProperty("bytes", file.bytes());
        json.writeStringProperty("adler32", file.adler32().orElse(null));
        json.writeStringProperty("md5", file.md5().orElse(null));
        json.writeArrayPropertyStart("copies");
        file.copies().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static <T> List<T> batch(String what, @Nullable List<T> sent) {
        if (sent == null || sent.size() > MOST) {
            throw tooMany(what);
        }
        return sent;
    }

    private static Problem.Told tooMany(String what) {
        return new Problem.Told(
                Problem.BAD_REQUEST,
                "a batch has '%s', at most %,d of them; send what is more in further batches".formatted(what, MOST));
    }
}
