package holdfast.cli.adopt;

import holdfast.cli.adopt.RucioWire.Question;
import holdfast.cli.adopt.RucioWire.Refusal;
import holdfast.formats.rucio.RucioAnswers;
import holdfast.formats.rucio.RucioCollection;
import holdfast.formats.rucio.RucioDid;
import holdfast.formats.rucio.RucioElement;
import holdfast.formats.rucio.RucioFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a Rucio server says of up to a thousand names: their columns, their free metadata, their replicas. */
final class Described {
    /** How servers of different versions say that they keep none. */
    private static final Set<Integer> NONE_KEPT = Set.of(400, 404, 409);

    private final RucioWire wire;
    private final Map<String, RucioElement> elements;
    private final boolean freeOfFiles;

    /** @param freeOfFiles whether the free metadata of files are asked for too, which that server looks up one by one */
    Described(RucioWire wire, Map<String, RucioElement> elements, boolean freeOfFiles) {
        this.wire = wire;
        this.elements = elements;
        this.freeOfFiles = freeOfFiles;
    }

    private record Metadata(List<Map<String, String>> dids, boolean inherit, String plugin) {}

    /** In the order of their names. */
    List<RucioFile> files(List<RucioDid> names) {
        Map<RucioDid, RucioFile> said = new HashMap<>();
        Map<RucioDid, Map<String, Object>> free = freeOfFiles ? free(names) : Map.of();
        for (String line : columns(names)) {
            RucioFile file = RucioAnswers.described(RucioAnswers.row(line, Question.METADATA.call()));
            said.put(file.did(), RucioAnswers.with(file, free.getOrDefault(file.did(), Map.of())));
        }
        return replicas(names, said);
    }

    /** The same without what the columns say. */
    List<RucioFile> bare(List<RucioDid> names) {
        return replicas(names, Map.of());
    }

    private List<RucioFile> replicas(List<RucioDid> names, Map<RucioDid, RucioFile> said) {
        Map<String, Object> asked = Map.of(
                "dids", asked(names), "all_states", true, "ignore_availability", true, "resolve_archives", false);
        return wire.ask(Question.REPLICAS, asked).stream()
                .map(line -> RucioAnswers.row(line, Question.REPLICAS.call()))
                .map(row -> RucioAnswers.file(row, said.get(RucioAnswers.did(row)), elements))
                .sorted((one, other) -> one.did().compareTo(other.did()))
                .toList();
    }

    List<RucioCollection> collections(List<RucioDid> names) {
        Map<RucioDid, Map<String, Object>> free = free(names);
        return columns(names).stream()
                .map(line -> RucioAnswers.collection(RucioAnswers.row(line, Question.METADATA.call())))
                .map(one -> RucioAnswers.with(one, free.getOrDefault(one.did(), Map.of())))
                .toList();
    }

    private List<String> columns(List<RucioDid> names) {
        return wire.ask(Question.METADATA, new Metadata(asked(names), false, "DID_COLUMN"));
    }

    /** Servers that keep no free metadata say so with a refusal. */
    private Map<RucioDid, Map<String, Object>> free(List<RucioDid> names) {
        Map<RucioDid, Map<String, Object>> found = new HashMap<>();
        try {
            for (String line : wire.ask(Question.METADATA, new Metadata(asked(names), false, "JSON"))) {
                var row = RucioAnswers.row(line, Question.METADATA.call());
                found.put(RucioAnswers.did(row), RucioAnswers.free(row));
            }
        } catch (Refusal none) {
            if (!NONE_KEPT.contains(none.status())) {
                throw none;
            }
        }
        return found;
    }

    private static List<Map<String, String>> asked(List<RucioDid> names) {
        return names.stream()
                .map(d -> Map.of("scope", d.scope(), "name", d.name()))
                .toList();
    }
}
