package holdfast.server.sql;

import holdfast.placement.RuleLock;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a rule covers against what it has locked: the datasets or files without a lock, and locks of what it covers no more. */
public final class RuleCover {
    private static final String FILES_WITHOUT =
            "select f.scope_id, f.name, f.bytes, array(select c.storage_id from copy c"
                    + " where c.home = f.home and c.leaf = f.leaf and " + PresentTable.AVAILABLE
                    + ") from member m join file f on f.home = m.home and f.leaf = m.leaf where m.dataset_id = ? and"
                    + " m.home = any(array(select home from dataset_home where dataset_id = ?)) and not exists (select"
                    + " from rule_lock l where l.home = m.home and l.leaf = m.leaf and l.rule_id = ?) order by f.home,"
                    + " f.leaf limit ?";

    private static final String FILES_BEYOND = "select l.rule_id, l.scope_id, l.name, l.dataset_id, l.storage_id"
            + " from rule_lock l where l.rule_id = ? and l.dataset_id is null and not exists (select from member m"
            + " where m.home = l.home and m.leaf = l.leaf and m.dataset_id = any(?)) limit ?";

    private final Words words;
    private final RuleTables rules;

    public RuleCover(Words words) {
        this.words = words;
        this.rules = new RuleTables(words);
    }

    /** A file that a rule covers and has not locked yet. @param at the elements where it is available */
    public record Unlocked(DataId file, long bytes, Set<StorageName> at) {}

    /** Files of a dataset that a rule has no lock on. */
    public List<Unlocked> unlocked(Connection connection, UUID rule, long dataset, int most) throws SQLException {
        List<Unlocked> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FILES_WITHOUT)) {
            select.setLong(1, dataset);
            select.setLong(2, dataset);
            select.setObject(3, rule);
            select.setInt(4, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DataId id = new DataId(new Scope(words.text(row.getInt(1))), row.getString(2));
                    found.add(new Unlocked(id, row.getLong(3), elements(row.getArray(4))));
                }
            }
        }
        return found;
    }

    /** Locks on files that are in none of these datasets any more. */
    public List<RuleLock> beyond(Connection connection, UUID rule, List<Long> datasets, int most) throws SQLException {
        List<RuleLock> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FILES_BEYOND)) {
            select.setObject(1, rule);
            select.setArray(2, Columns.longs(connection, datasets, d -> d));
            select.setInt(3, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(rules.lock(row));
                }
            }
        }
        return found;
    }

    /** The elements at which one file is available. */
    public Set<StorageName> available(Connection connection, NameKey file) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select array_agg(c.storage_id) from copy c where c.home = ? and c.leaf = ? and "
                        + PresentTable.AVAILABLE)) {
            select.setLong(1, file.home());
            select.setLong(2, file.leaf());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Array at = row.getArray(1);
                return at == null ? Set.of() : elements(at);
            }
        }
    }

    /** The size of a registered file. */
    public long bytes(Connection connection, NameKey file) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select bytes from file where home = ? and leaf = ?")) {
            select.setLong(1, file.home());
            select.setLong(2, file.leaf());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Set<StorageName> elements(Array numbers) throws SQLException {
        Set<StorageName> names = new HashSet<>();
        for (Integer number : (Integer[]) numbers.getArray()) {
            names.add(new StorageName(words.text(number)));
        }
        return names;
    }
}
