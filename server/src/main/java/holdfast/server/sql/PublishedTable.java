package holdfast.server.sql;

import holdfast.journal.Line;
import holdfast.retention.RetentionFact.Published;
import holdfast.retention.Selected;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which files an act made public, and of what. */
public final class PublishedTable {

    /** One file, made by one act. */
    public record Made(UUID act, Selected file) {
        private static Made of(String line) {
            Published one = Published.read(List.of(Line.of(line)));
            return new Made(one.act(), one.files().getFirst());
        }
    }

    void take(Connection connection, Published fact) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into published(home, leaf, act, line) values (?, ?, ?, ?)"
                        + " on conflict (home, leaf) do update set act = excluded.act, line = excluded.line")) {
            for (Selected file : fact.files()) {
                NameKey key = file.to().key();
                insert.setLong(1, key.home());
                insert.setLong(2, key.leaf());
                insert.setObject(3, fact.act());
                insert.setString(4, Published.line(fact.act(), file).text());
                insert.executeUpdate();
            }
        }
    }

    /** How a file became public; empty where no act made it. */
    public Optional<Made> of(Connection connection, DataId file) throws SQLException {
        NameKey key = file.key();
        try (PreparedStatement select =
                connection.prepareStatement("select line from published where home = ? and leaf = ?")) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            return many(select).stream().findFirst();
        }
    }

    /** The acts that made files of a slice of a directory. */
    Map<NameKey, UUID> inRange(Connection connection, long home, long firstLeaf, long lastLeaf) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select leaf, act from published where home = ? and leaf between ? and ?")) {
            select.setLong(1, home);
            select.setLong(2, firstLeaf);
            select.setLong(3, lastLeaf);
            Map<NameKey, UUID> acts = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    acts.put(new NameKey(home, row.getLong(1)), row.getObject(2, UUID.class));
                }
            }
            return acts;
        }
    }

    /** What an act made so far. */
    public List<Made> by(Connection connection, UUID act) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select line from published where act = ?")) {
            select.setObject(1, act);
            return many(select);
        }
    }

    /** All of them. */
    List<Made> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select line from published")) {
            return many(select);
        }
    }

    private static List<Made> many(PreparedStatement select) throws SQLException {
        List<Made> made = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                made.add(Made.of(row.getString(1)));
            }
        }
        return made;
    }
}
