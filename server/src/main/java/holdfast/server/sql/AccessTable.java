package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    public Optional<Instant> last(Connection connection, DataId name) throws SQLException {
        NameKey key = name.key();
        try (PreparedStatement select =
                connection.prepareStatement("select at from access where home = ? and leaf = ?")) {
            select.setLong(1, key.home());
            select.setLong(2, key.leaf());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Micros.instant(row.getLong(1))) : Optional.empty();
            }
        }
    }
}
