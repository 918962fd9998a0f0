package holdfast.server.sql;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.util.HashMap;
import java.util.Map;

/** The keys of the names of one fact, each worked out once: a key is two hashes, and several tables want it. */
final class Keys {
    private final Map<DataId, NameKey> known = new HashMap<>();

    NameKey of(DataId id) {
        return known.computeIfAbsent(id, DataId::key);
    }
}
