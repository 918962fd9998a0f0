package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.server.sql.Homes.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/**
 * When each breach of a clause by a file began and ended. It is written beside the summaries, under the home's lock, by
 * one statement whose cost is that of the breaches that stand in the slice, not of those that ever stood.
 */
final class BreachTable {
    private static final String REPLACE =
            "with now_short as (select leaf, clause, scope_id, name, reasons from shortfall where home = ?"
                    + " and leaf between ? and ? and verdict = 'B' and not arriving),"
                    + " over as (update breach b set ended = ? where b.home = ? and b.leaf between ? and ?"
                    + " and b.ended is null and (b.leaf, b.clause) not in (select leaf, clause from now_short))"
                    + " insert into breach(home, began, leaf, clause, scope_id, name, reasons)"
                    + " select ?, ?, s.leaf, s.clause, s.scope_id, s.name, s.reasons from now_short s"
                    + " on conflict (home, leaf, clause) where ended is null do update set reasons = excluded.reasons"
                    + " where breach.reasons <> excluded.reasons";

    private BreachTable() {}

    /** After the shortfalls of a slice were written: ends what is over, begins what is new. */
    static void follow(Connection connection, Slice slice, Instant now) throws SQLException {
        try (PreparedStatement replace = connection.prepareStatement(REPLACE)) {
            replace.setLong(1, slice.home());
            replace.setLong(2, slice.firstLeaf());
            replace.setLong(3, slice.lastLeaf());
            replace.setLong(4, Micros.of(now));
            replace.setLong(5, slice.home());
            replace.setLong(6, slice.firstLeaf());
            replace.setLong(7, slice.lastLeaf());
            replace.setLong(8, slice.home());
            replace.setLong(9, Micros.of(now));
            replace.executeUpdate();
        }
    }
}
