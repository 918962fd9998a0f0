package holdfast.formats;

import holdfast.ingest.StatedFile;
import holdfast.plan.Attributes;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the job information that the basf2 framework writes ({@code --job-information}), or the metadata of one file
 * ({@code b2file-metadata-show --json}). Older versions lack checks and the Adler checksum; what is missing is not made
 * up. Of the metadata only what describes the data is kept: never {@code user}, {@code site} or the steering text.
 */
public final class JobInformation {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** Keys of the metadata that are kept as they are, with the names they have here. */
    private static final Map<String, String> KEPT = Map.of(
            "nEvents", "events",
            "mcEvents", "mc_events",
            "date", "date",
            "release", "release",
            "globalTag", "global_tag",
            "isMC", "is_mc",
            "randomSeed", "random_seed");

    private final List<StatedFile> files = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private JobInformation() {}

    /** Reads the whole text; what is wrong with one file of it hides no other. */
    public static Manifest read(String text) {
        JobInformation job = new JobInformation();
        try {
            job.root(JSON.readTree(text));
        } catch (JacksonException bad) {
            var at = bad.getLocation();
            job.findings.add(new Finding(
                    at == null ? 0 : Math.max(at.getLineNr(), 0),
                    at == null ? 0 : Math.max(at.getColumnNr(), 0),
                    "this is no JSON: " + bad.getOriginalMessage(),
                    "hand over the file as the job wrote it"));
        }
        return new Manifest(job.files, job.findings);
    }

    private void root(JsonNode root) {
        if (root.has("LFN")) {
            file("LFN", root.path("LFN").asString(""), root, root);
            return;
        }
        JsonNode outputs = root.path("output_files");
        if (!outputs.isArray()) {
            found("this is no job information: it has no list 'output_files' and no 'LFN'", "");
            return;
        }
        JsonNode success = root.path("basf2_status").path("success");
        if (isFalse(success)) {
            found("the job did not succeed", "run it again; its output is not taken in by this file");
            return;
        }
        int index = 0;
        for (JsonNode output : outputs) {
            file(
                    "output_files[" + index++ + "]",
                    output.path("filename").asString(""),
                    output.path("metadata"),
                    output);
        }
    }

    private void file(String where, String path, JsonNode metadata, JsonNode output) {
        if (path.isEmpty()) {
            found(where + " names no file", "");
            return;
        }
        List<String> failed = failedChecks(output.path("checks_passed"));
        if (!failed.isEmpty()) {
            found(
                    where + ": the job's own checks of '" + path + "' failed: " + String.join(", ", failed),
                    "run the job again, or take the file in without the job information");
            return;
        }
        Optional<String> name = Optional.of(metadata.path("LFN").asString("")).filter(l -> l.startsWith("/"));
        digests(where, output.path("checksums"))
                .ifPresent(d -> files.add(new StatedFile(path, name, Optional.empty(), d, attributes(metadata))));
    }

    private static List<String> failedChecks(JsonNode checks) {
        List<String> failed = new ArrayList<>();
        checks.properties().forEach(check -> {
            if (isFalse(check.getValue())) {
                failed.add(check.getKey());
            }
        });
        return failed;
    }

    /** Older versions write truth values in more than one way. */
    private static boolean isFalse(JsonNode value) {
        return value.isValueNode()
                && List.of("false", "0", "no").contains(value.asString("").toLowerCase(java.util.Locale.ROOT));
    }

    private Optional<Digests> digests(String where, JsonNode checksums) {
        Digests digests = Digests.NONE;
        for (Algorithm algorithm : Algorithm.values()) {
            String hex = checksums.path(algorithm.label()).asString("");
            try {
                digests = hex.isEmpty() ? digests : digests.with(new Digest(algorithm, hex));
            } catch (BadWord bad) {
                found(where + ": " + bad.getMessage(), "the file was not taken from this list");
                return Optional.empty();
            }
        }
        return Optional.of(digests);
    }

    private static Attributes attributes(JsonNode metadata) {
        Map<String, String> values = new LinkedHashMap<>();
        range(values, metadata, "experiment");
        range(values, metadata, "run");
        KEPT.forEach((key, name) -> text(metadata.path(key)).ifPresent(v -> values.put(name, v)));
        if (metadata.path("parents").isArray()) {
            values.put("parents", Integer.toString(metadata.path("parents").size()));
        }
        return new Attributes(values);
    }

    /** One number where both ends agree, else both; an empty file states none. */
    private static void range(Map<String, String> values, JsonNode metadata, String name) {
        Optional<String> low = text(metadata.path(name + "Low")).filter(v -> !v.startsWith("-"));
        Optional<String> high = text(metadata.path(name + "High")).filter(v -> !v.startsWith("-"));
        if (low.isPresent() && low.equals(high)) {
            values.put(name, low.get());
        } else {
            low.ifPresent(v -> values.put(name + "_low", v));
            high.ifPresent(v -> values.put(name + "_high", v));
        }
    }

    private static Optional<String> text(JsonNode value) {
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asString("")).filter(t -> !t.isEmpty())
                : Optional.empty();
    }

    private void found(String what, String hint) {
        findings.add(new Finding(0, 0, what, hint));
    }
}
