package holdfast.server.sql;

import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Work that is due, append only: writers never wait here. A row of a writer that has not committed yet is seen by the
 * next look, so that summaries, which are recomputed to absolute numbers, cannot drift.
 */
final class DueTable {
    /** The lock of what judgements rest on: shared by who judges homes, held alone by who makes homes due for a change. */
    private static final long GROUND = 0x67_72_6f_75_6e_64L;

    /** Until the transaction ends nobody makes homes due for a change of what judgements rest on, and nobody is about to. */
    static void keepGround(Connection connection) throws SQLException {
        lock(connection, "select pg_advisory_xact_lock_shared(?)");
    }

    /** After the change was written, before homes are looked for: who judged by what was has committed by then. */
    private static void changeGround(Connection connection) throws SQLException {
        lock(connection, "select pg_advisory_xact_lock(?)");
    }

    private static void lock(Connection connection, String sql) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setLong(1, GROUND);
            lock.executeQuery().close();
        }
    }

    /** A directory that is attended whole anyway needs one row, however many names of it changed. */
    void names(Connection connection, List<NameKey> keys) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("with n as (select * from unnest(?::bigint[], ?::bigint[]) n(home, leaf)),"
                        + " h as (select distinct home from n), d as (insert into directory(home) select home from h order"
                        + " by home on conflict do nothing) insert into due(home, leaf) select h.home, null::bigint from h"
                        + " left join directory x using (home) where coalesce(x.slice_bits, 0) = 0 union all select"
                        + " n.home, n.leaf from n join directory x using (home) where x.slice_bits > 0")) {
            insert.setArray(1, Columns.longs(connection, keys, NameKey::home));
            insert.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            insert.executeUpdate();
        }
    }

    /** Every home is due: the plan changed, or a hold began or was lifted. */
    void everywhere(Connection connection) throws SQLException {
        changeGround(connection);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into due(home, rows) select home, false from directory")) {
            insert.executeUpdate();
        }
    }

    /** Every home of some scopes is due: which of them are observed changed. */
    void everywhereOf(Connection connection, List<Integer> scopes) throws SQLException {
        changeGround(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into due(home, rows) select home, false from folder where scope_id = any(?)")) {
            insert.setArray(1, Columns.ints(connection, scopes, s -> s));
            insert.executeUpdate();
        }
    }

    /**
     * Homes that a change at an element may concern, by the summaries: those with a copy or an order there, those in which
     * something falls short and may have waited for it, and those of which a rule wants a copy there. Homes not yet summed
     * up are due anyway, and whoever sums one up meanwhile waits for this change to be committed (see {@link
     * State#keptGround}).
     */
    private static final String AT =
            "insert into due(home, rows) select distinct home, false from held where storage_id = ? union select"
                    + " distinct home, false from demand where storage_id = ? union select distinct home, false from"
                    + " shortfall where arriving or verdict = 'B' union select l.home, false from rule_lock l where"
                    + " l.storage_id = ? and l.dataset_id is null union select d.home, false from rule_lock l join"
                    + " dataset_home d on d.dataset_id = l.dataset_id left join present p on p.home = d.home and"
                    + " p.dataset_id = d.dataset_id and p.storage_id = l.storage_id where l.storage_id = ? and d.files >"
                    + " coalesce(p.files, 0)";

    void everywhereAt(Connection connection, int storage) throws SQLException {
        changeGround(connection);
        try (PreparedStatement insert = connection.prepareStatement(AT)) {
            for (int i = 1; i <= 4; i++) {
                insert.setInt(i, storage);
            }
            insert.executeUpdate();
        }
    }
}
