package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When names were last used, as clients say: work, not facts. Only names that are there are noted. */
public final class AccessTable {

    public void note(Connection connection, List<DataId> names, Instant at) throws SQLException {
        List<NameKey> keys = names.stream().map(DataId::key).distinct().sorted().toList();
        try (PreparedStatement upsert = connection.prepareStatement("insert into access(home, leaf, at)"
                + " select k.home, k.leaf, ? from unnest(?::bigint[], ?::bigint[]) k(home, leaf)"
                + " where exists (select 1 from file f where f.home = k.home and f.leaf = k.leaf)"
                + " or exists (select 1 from collection c where c.home = k.home and c.leaf = k.leaf)"
                + " on conflict (home, leaf) do update set at = excluded.at where access.at < excluded.at")) {
            upsert.setLong(1, Micros.of(at));
            upsert.setArray(2, Columns.longs(connection, keys, NameKey::home));
            upsert.setArray(3, Columns.longs(connection, keys, NameKey::leaf));
            upsert.executeUpdate();
        }
    }

    /** When some names were used, as far as anybody said so. */
    public Map<DataId, Instant> last(Connection connection, List<DataId> names) throws SQLException {
        Map<DataId, Instant> last = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select k.n, a.at from unnest(?::bigint[], ?::bigint[]) with ordinality k(home, leaf, n) join access a"
                        + " using (home, leaf)")) {
            select.setArray(1, Columns.longs(connection, names, n -> n.key().home()));
            select.setArray(2, Columns.longs(connection, names, n -> n.key().leaf()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    last.put(names.get((int) row.getLong(1) - 1), Micros.instant(row.getLong(2)));
                }
            }
        }
        return last;
    }
}
