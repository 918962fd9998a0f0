package holdfast.server.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * How much of each dataset is there, by home and element. Files of a dataset change on one side and copies on another, so
 * the sums are never added to: whoever holds the home's lock recomputes them to absolute numbers.
 */
final class PresentTable {
    /** Copies that a client is shown as available: they stand, and no program says otherwise. */
    static final String AVAILABLE = "c.state in ('A', 'P', 'S', 'K') and not exists (select from mark k where"
            + " k.home = c.home and k.leaf = c.leaf and k.storage_id = c.storage_id and k.state in ('C', 'U', 'D'))";

    private static final String FRESH = "select h.home, x.dataset_id, x.storage_id, x.files, x.bytes from"
            + " unnest(?::bigint[]) h(home) cross join lateral (select m.dataset_id, c.storage_id, count(*) as files,"
            + " sum(f.bytes) as bytes from member m join file f on f.home = h.home and f.leaf = m.leaf"
            + " join copy c on c.home = h.home and c.leaf = m.leaf and " + AVAILABLE
            + " where m.home = h.home group by 1, 2) x";

    private static final String RECOMPUTE = "with fresh as materialized (" + FRESH + "), gone as (delete from present p"
            + " where p.home = ? and not exists (select from fresh x where x.dataset_id = p.dataset_id"
            + " and x.storage_id = p.storage_id)) insert into present(home, dataset_id, storage_id, files, bytes)"
            + " select * from fresh on conflict (home, dataset_id, storage_id) do update set files = excluded.files,"
            + " bytes = excluded.bytes where (present.files, present.bytes) is distinct from"
            + " (excluded.files, excluded.bytes)";

    /** Recomputes a home whose lock the caller holds. */
    void recompute(Connection connection, long home) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from dataset_home where home = ? union all"
                        + " select 1 from present where home = ? limit 1")) {
            select.setLong(1, home);
            select.setLong(2, home);
            if (!select.executeQuery().next()) {
                return;
            }
        }
        try (PreparedStatement write = connection.prepareStatement(RECOMPUTE)) {
            write.setArray(1, Columns.longs(connection, new long[] {home}));
            write.setLong(2, home);
            write.executeUpdate();
        }
    }
}
