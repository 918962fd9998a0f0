package holdfast.server.simulation;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The bytes that each name stands for: what only the simulation knows. */
final class Truth {
    private static final Pattern REWRITTEN = Pattern.compile("^\\.rewritten-[0-9]+/");

    private final Map<String, DataId> names = new HashMap<>();
    private final Map<DataId, byte[]> bytes = new HashMap<>();

    void is(DataId id, byte[] content) {
        names.put(StoragePath.of(id, Layout.NAME, 0).path(), id);
        bytes.put(id, content);
    }

    byte[] of(DataId id) {
        return java.util.Objects.requireNonNull(bytes.get(id));
    }

    /** The file whose bytes should stand at a path; empty for canaries and the journal's segments. */
    Optional<DataId> at(StoragePath path) {
        return Optional.ofNullable(names.get(REWRITTEN.matcher(path.path()).replaceFirst("")));
    }

    boolean isRight(StoragePath path, byte[] content) {
        return at(path).map(id -> Arrays.equals(of(id), content)).orElse(true);
    }
}
