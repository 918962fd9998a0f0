package holdfast.server.api.holdfast;

import holdfast.catalog.FileRow;
import holdfast.custody.InForce;
import holdfast.ingest.Finding;
import holdfast.ingest.NamingPolicy.Named;
import holdfast.ingest.Submission;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.server.config.Adoption;
import holdfast.server.work.Intake;
import holdfast.server.work.Intake.Arriving;
import holdfast.server.work.Intake.Outcome;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Files come in here: first asked about by name, then brought in packs. */
@RestController
@RequestMapping("/api/ingest")
class IngestController {
    private static final int GATHERED_FILES = 4_096;
    private static final long GATHERED_BYTES = 64L << 20;
    private static final long GATHERED_SIZE = 256 << 10;

    private final Intake intake;
    private final Supplier<InForce> inForce;
    private final JsonMapper json;

    IngestController(Intake intake, Adoption inForce, JsonMapper json) {
        this.intake = intake;
        this.inForce = inForce;
        this.json = json;
    }

    /** A file that somebody is about to bring. */
    record Asked(String name, @Nullable String scope) {}

    /**
     * What is known of a name.
     *
     * @param state {@code NEW}, {@code REGISTERED}, {@code WANTED} (registered, and no good copy is left) or
     *     {@code REFUSED}
     */
    record Known(
            String name,
            String state,
            @Nullable String did,
            @Nullable Long size,
            Map<String, String> digests,
            List<Finding> findings) {}

    /** The header of a file in a pack. */
    record Header(
            String name,
            @Nullable String scope,
            long size,
            @Nullable Map<String, String> digests,
            @Nullable Map<String, String> attributes,
            String source) {}

    /** What the source saw while it read: its own digests, and whether the file changed meanwhile. */
    record Trailer(
            @Nullable Map<String, String> digests, @Nullable String changed) {}

    /**
     * What became of a file: {@code REGISTERED}, {@code ALREADY}, {@code RETURNED} or {@code REFUSED}.
     *
     * @param digests what this server measured of the bytes that are registered, by algorithm
     */
    record Result(
            String name, String outcome, @Nullable String did, Map<String, String> digests, List<Finding> findings) {
        static Result refused(String name, List<Finding> findings) {
            return new Result(name, "REFUSED", null, Map.of(), findings);
        }

        static Result kept(String name, String outcome, FileRow row) {
            return new Result(name, outcome, row.id().toString(), texts(row.digests()), List.of());
        }
    }

    /** What became of a pack, in its order. */
    record Results(List<Result> results) {}

    @PostMapping("/known")
    List<Known> known(@RequestBody List<Asked> asked) {
        List<Named> named = asked.stream().map(a -> name(a.name, a.scope)).toList();
        List<DataId> ids = named.stream()
                .flatMap(n -> n instanceof Named.Accepted(DataId id)
                        ? Optional.of(id).stream()
                        : Optional.<DataId>empty().stream())
                .toList();
        Map<DataId, Holding> holdings = intake.known(ids);
        List<Known> known = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            String name = asked.get(i).name;
            known.add(
                    switch (named.get(i)) {
                        case Named.Refused refused ->
                            new Known(name, "REFUSED", null, null, Map.of(), findings(refused.reasons()));
                        case Named.Accepted(DataId id) -> known(name, id, Optional.ofNullable(holdings.get(id)));
                    });
        }
        return known;
    }

    @PostMapping("/pack")
    Results pack(HttpServletRequest request) throws IOException {
        PackReader pack = new PackReader(request.getInputStream());
        List<Result> results = new ArrayList<>();
        Gathered gathered = new Gathered();
        for (Optional<String> text = pack.header(); text.isPresent(); text = pack.header()) {
            Header header = WholeBodies.whole(json.readValue(text.get(), Header.class));
            Named named = name(header.name, header.scope);
            PackReader.Content content = pack.content(header.size);
            if (named instanceof Named.Refused refused) {
                content.drain();
                pack.trailer();
                results.add(Result.refused(header.name, findings(refused.reasons())));
                continue;
            }
            DataId id = ((Named.Accepted) named).id();
            if (header.size <= GATHERED_SIZE) {
                byte[] bytes = content.readAllBytes();
                gather(gathered, results, id, header, bytes, trailer(pack));
            } else {
                results.add(large(pack, id, header, content));
            }
        }
        gathered.flush(intake, results);
        return new Results(results);
    }

    private void gather(
            Gathered gathered, List<Result> results, DataId id, Header header, byte[] bytes, Trailer trailer) {
        if (trailer.changed != null) {
            results.add(changed(header, trailer.changed));
            return;
        }
        if (gathered.isFull(bytes.length) || gathered.has(id)) {
            gathered.flush(intake, results);
        }
        gathered.add(
                new Arriving(id, said(header), digests(trailer.digests), () -> new ByteArrayInputStream(bytes)),
                bytes.length);
    }

    /** A large file is carried straight through; its trailer is read by the stream's end, before the bytes are kept. */
    private Result large(PackReader pack, DataId id, Header header, PackReader.Content content) throws IOException {
        LargeContent through = new LargeContent(content, () -> trailer(pack));
        Arriving file = new Arriving(id, said(header), Digests.NONE, () -> through);
        Outcome outcome = intake.take(List.of(file)).getFirst();
        Optional<String> changed = through.finish();
        return changed.isPresent() ? changed(header, changed.get()) : result(header.name, outcome);
    }

    private Trailer trailer(PackReader pack) throws IOException {
        return WholeBodies.whole(json.readValue(pack.trailer(), Trailer.class));
    }

    private Named name(String name, @Nullable String scope) {
        return inForce.get().naming().name(name, Optional.ofNullable(scope).map(Scope::new), any -> true);
    }

    private static Known known(String name, DataId id, Optional<Holding> holding) {
        Optional<FileRow> row = holding.flatMap(Holding::file);
        if (row.isEmpty()) {
            return new Known(name, "NEW", id.toString(), null, Map.of(), List.of());
        }
        boolean stands = holding.get().copies().stream().anyMatch(c -> c.state().stands());
        return new Known(
                name,
                stands ? "REGISTERED" : "WANTED",
                id.toString(),
                row.get().size().bytes(),
                texts(row.get().digests()),
                List.of());
    }

    private static Submission said(Header header) {
        Map<String, String> attributes = header.attributes == null ? Map.of() : header.attributes;
        return new Submission(
                header.name,
                Optional.ofNullable(header.scope).map(Scope::new),
                new ByteSize(header.size),
                digests(header.digests),
                new Attributes(attributes),
                header.source);
    }

    static Digests digests(@Nullable Map<String, String> texts) {
        Digests digests = Digests.NONE;
        if (texts != null) {
            for (Map.Entry<String, String> one : texts.entrySet()) {
                Algorithm algorithm = Algorithm.valueOf(one.getKey().toUpperCase(Locale.ROOT));
                digests = digests.with(new Digest(algorithm, one.getValue()));
            }
        }
        return digests;
    }

    private static Map<String, String> texts(Digests digests) {
        Map<String, String> texts = new java.util.TreeMap<>();
        for (Algorithm algorithm : Algorithm.values()) {
            digests.by(algorithm).ifPresent(d -> texts.put(algorithm.label(), d.hex()));
        }
        return texts;
    }

    private static List<Finding> findings(List<String> reasons) {
        return reasons.stream()
                .map(r -> new Finding(Finding.Code.NAME_REFUSED, r))
                .toList();
    }

    private static Result changed(Header header, String how) {
        return Result.refused(
                header.name,
                List.of(new Finding(Finding.Code.CHANGED_WHILE_READ, how + "; send it again once its writer is done")));
    }

    static Result result(String name, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Registered done -> Result.kept(name, "REGISTERED", done.row());
            case Outcome.Already already -> Result.kept(name, "ALREADY", already.row());
            case Outcome.Returned back -> Result.kept(name, "RETURNED", back.row());
            case Outcome.Refused refused -> Result.refused(name, refused.findings());
        };
    }

    /** Small files that are taken in together. */
    private static final class Gathered {
        private final List<Arriving> files = new ArrayList<>();
        private final Set<DataId> ids = new HashSet<>();
        private long bytes;

        boolean isFull(long more) {
            return files.size() >= GATHERED_FILES || bytes + more > GATHERED_BYTES;
        }

        boolean has(DataId id) {
            return ids.contains(id);
        }

        void add(Arriving file, long size) {
            files.add(file);
            ids.add(file.id());
            bytes += size;
        }

        void flush(Intake intake, List<Result> results) {
            List<Outcome> outcomes = files.isEmpty() ? List.of() : intake.take(files);
            for (int i = 0; i < outcomes.size(); i++) {
                results.add(result(files.get(i).said().name(), outcomes.get(i)));
            }
            files.clear();
            ids.clear();
            bytes = 0;
        }
    }
}
