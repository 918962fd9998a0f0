package holdfast.server.sql;

import holdfast.journal.Line;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recorded condition of elements, one by one. A fact states a condition whole, so whoever changes one reads it under
 * a lock first; the lock is that of the element's word, which stands there before there is any condition.
 */
public final class Conditions {
    private final Words words;

    public Conditions(Words words) {
        this.words = words;
    }

    /** What is recorded now. */
    public Condition read(Connection connection, StorageName element) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select line from condition where storage_id = ?")) {
            select.setInt(1, number(element));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? condition(row.getString(1)) : Condition.unknown(element);
            }
        }
    }

    /** Locks the conditions of some elements until the transaction ends, and reads them as they are then. */
    public List<Condition> lock(Connection connection, Collection<StorageName> elements) throws SQLException {
        Map<Integer, StorageName> sorted = new TreeMap<>();
        elements.forEach(element -> sorted.put(number(element), element));
        List<Integer> numbers = List.copyOf(sorted.keySet());
        try (PreparedStatement lock =
                connection.prepareStatement("select id from word where id = any(?) order by id for no key update")) {
            lock.setArray(1, Columns.ints(connection, numbers, Integer::intValue));
            lock.executeQuery().close();
        }
        List<Condition> conditions = new java.util.ArrayList<>();
        for (StorageName element : sorted.values()) {
            conditions.add(read(connection, element));
        }
        return conditions;
    }

    private static Condition condition(String line) {
        return ConditionChanged.read(ConditionChanged.Cause.CLEARED.kind(), List.of(Line.of(line)))
                .conditions()
                .getFirst();
    }

    private int number(StorageName element) {
        return words.number(Words.Kind.STORAGE, element.name());
    }
}
