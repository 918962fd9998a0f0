package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.ContentTable;
import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses containers that would hold themselves, at any depth. It walks up from the container, over what stands and over
 * what the same transaction puts in; up is short where down may be a hundred thousand collections.
 */
public final class Circles {
    private final CollectionTable collections;
    private final ContentTable contents;
    private final Map<DataId, Set<DataId>> parentsToBe = new HashMap<>();

    public Circles(CollectionTable collections, ContentTable contents) {
        this.collections = collections;
        this.contents = contents;
    }

    /**
     * These containers go into the container, unless one of them holds it or is it. Nobody else may nest containers until
     * the transaction ends.
     */
    public void add(Connection connection, DataId container, Set<DataId> in) throws SQLException {
        if (in.isEmpty()) {
            return;
        }
        if (in.contains(container) || !java.util.Collections.disjoint(above(connection, container), in)) {
            throw RucioError.conflict(
                    "UnsupportedOperation", "Circular attachment detected: %s would hold itself".formatted(container));
        }
        in.forEach(child ->
                parentsToBe.computeIfAbsent(child, c -> new HashSet<>()).add(container));
    }

    private Set<DataId> above(Connection connection, DataId container) throws SQLException {
        Set<DataId> above = new HashSet<>();
        Deque<DataId> open = new ArrayDeque<>(Set.of(container));
        while (!open.isEmpty()) {
            DataId next = open.pop();
            Set<DataId> parents = new HashSet<>(parentsToBe.getOrDefault(next, Set.of()));
            Optional<CollectionTable.Numbered> standing = collections.find(connection, next);
            if (standing.isPresent()) {
                contents.parents(connection, standing.get().number())
                        .forEach(p -> parents.add(p.row().id()));
            }
            parents.stream().filter(above::add).forEach(open::push);
        }
        return above;
    }
}
