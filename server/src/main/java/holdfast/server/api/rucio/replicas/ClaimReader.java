package holdfast.server.api.rucio.replicas;

import holdfast.plan.Attributes;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.FileMeta;
import holdfast.server.catalog.ReplicaClaim;
import holdfast.server.catalog.ReplicaState;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads the body of a call that says where files lie, file by file, without a tree of it. */
final class ClaimReader {
    private static final String DICTIONARY = "body must be a json dictionary";

    private final JsonParser json;
    private final Map<String, Scope> scopes = new HashMap<>();

    private @Nullable String rse;
    private @Nullable List<ReplicaClaim> files;
    private boolean anyway;

    private ClaimReader(JsonParser json) {
        this.json = json;
    }

    /** @param anyway also where the element takes no writes now */
    record Claims(String rse, List<ReplicaClaim> files, boolean anyway) {}

    static Claims read(JsonParser json) {
        ClaimReader reader = new ClaimReader(json);
        reader.body();
        if (reader.rse == null) {
            throw missing("rse");
        }
        if (reader.files == null) {
            throw missing("files");
        }
        return new Claims(reader.rse, reader.files, reader.anyway);
    }

    private void body() {
        @Nullable JsonToken begin = json.nextToken();
        if (begin == null) {
            throw RucioError.bad("ValueError", "cannot decode json parameter dictionary");
        }
        if (begin != JsonToken.START_OBJECT) {
            throw RucioError.bad("TypeError", DICTIONARY);
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (key) {
                case "rse" -> rse = text(key, value);
                case "files" -> files = files(value);
                case "ignore_availability" -> anyway = flag(key, value);
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw RucioError.bad("ValueError", "cannot decode json parameter dictionary");
        }
    }

    private List<ReplicaClaim> files(JsonToken begin) {
        if (begin != JsonToken.START_ARRAY) {
            throw wrong("files", "a list");
        }
        List<ReplicaClaim> all = new ArrayList<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw wrong("files", "a list of dictionaries");
            }
            all.add(new OneFile().read());
        }
        return all;
    }

    /** What is known of one file so far. */
    private final class OneFile {
        private @Nullable String scope;
        private @Nullable String name;
        private long bytes = -1;
        private Digests digests = Digests.NONE;
        private Optional<String> pfn = Optional.empty();
        private Attributes meta = Attributes.NONE;
        private ReplicaState state = ReplicaState.AVAILABLE;

        ReplicaClaim read() {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (value != JsonToken.VALUE_NULL) {
                    take(key, value);
                }
            }
            if (scope == null || name == null || bytes < 0) {
                throw missing(scope == null ? "scope" : name == null ? "name" : "bytes");
            }
            DataId id = new DataId(scopes.computeIfAbsent(scope, Scope::new), name);
            return new ReplicaClaim(id, new ByteSize(bytes), digests, pfn, meta, state);
        }

        private void take(String key, JsonToken value) {
            switch (key) {
                case "scope" -> scope = text(key, value);
                case "name" -> name = text(key, value);
                case "bytes" -> bytes = bytes(value);
                case "adler32" -> digests = digests.with(new Digest(Algorithm.ADLER32, text(key, value)));
                case "md5" -> digests = digests.with(new Digest(Algorithm.MD5, text(key, value)));
                case "pfn" -> pfn = Optional.of(text(key, value));
                case "meta" -> meta = meta(value);
                case "state" -> state = state(text(key, value));
                default -> json.skipChildren();
            }
        }
    }

    private long bytes(JsonToken value) {
        if (value == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long bytes = json.getLongValue();
            if (bytes < 0) {
                throw RucioError.invalid("'bytes' must not be less than 0");
            }
            return bytes;
        }
        throw wrong("bytes", "an integer of 64 bits");
    }

    private Attributes meta(JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            throw wrong("meta", "a dictionary");
        }
        JsonNode tree = json.readValueAsTree();
        return FileMeta.attributes(tree);
    }

    private static ReplicaState state(String word) {
        return ReplicaState.of(word)
                .orElseThrow(() -> RucioError.bad("ValueError", "'" + word + "' is not a valid ReplicaState"));
    }

    private String text(String key, JsonToken value) {
        if (value != JsonToken.VALUE_STRING) {
            throw wrong(key, "a string");
        }
        return json.getString();
    }

    private static boolean flag(String key, JsonToken value) {
        return switch (value) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(key, "a boolean");
        };
    }

    private static RucioError missing(String key) {
        return RucioError.bad("KeyError", "'" + key + "' not defined");
    }

    private static RucioError wrong(String key, String wanted) {
        return RucioError.bad("TypeError", "'" + key + "' must be " + wanted);
    }
}
