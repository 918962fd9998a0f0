package holdfast.server.sql;

import holdfast.evidence.StateLines;
import holdfast.registry.Document;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Collections, their content, what archives hold, rules, locks and documents as lines of state. */
final class CatalogLines {
    private static final int FETCH = 1_000;

    private final Words words;
    private final CollectionTable collections;
    private final RuleTables rules;

    CatalogLines(Words words) {
        this.words = words;
        this.collections = new CollectionTable(words);
        this.rules = new RuleTables(words);
    }

    /** Reads one line off a row. */
    private interface Reading {
        String line(ResultSet row) throws SQLException;
    }

    void add(Connection connection, List<String> lines) throws SQLException {
        each(
                connection,
                "select id, " + CollectionTable.COLUMNS + " from collection",
                row -> StateLines.collection(collections.row(row).row()),
                lines);
        each(
                connection,
                "select p.scope_id, p.name, f.scope_id, f.name from member m join collection p on p.id = m.dataset_id"
                        + " join file f on f.home = m.home and f.leaf = m.leaf",
                row -> StateLines.content(id(row, 1), id(row, 3)),
                lines);
        each(
                connection,
                "select p.scope_id, p.name, c.scope_id, c.name from containment k join collection p on p.id ="
                        + " k.parent_id join collection c on c.id = k.child_id",
                row -> StateLines.content(id(row, 1), id(row, 3)),
                lines);
        each(
                connection,
                "select a.scope_id, a.name, f.scope_id, f.name from constituent k join file a on a.home ="
                        + " k.archive_home and a.leaf = k.archive_leaf join file f on f.home = k.home and f.leaf = k.leaf",
                row -> StateLines.constituent(id(row, 1), id(row, 3)),
                lines);
        each(connection, "select line from rule", row -> StateLines.rule(RuleTables.rule(row.getString(1))), lines);
        each(
                connection,
                "select rule_id, scope_id, name, dataset_id, storage_id from rule_lock",
                row -> StateLines.lock(rules.lock(row)),
                lines);
        each(
                connection,
                "select kind, key, text from document",
                row -> StateLines.document(Document.of(row.getString(1), row.getString(2), row.getString(3))),
                lines);
    }

    private DataId id(ResultSet row, int first) throws SQLException {
        return new DataId(new Scope(words.text(row.getInt(first))), row.getString(first + 1));
    }

    private static void each(Connection connection, String sql, Reading reading, List<String> lines)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lines.add(reading.line(row));
                }
            }
        }
    }
}
