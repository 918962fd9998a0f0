package holdfast.server.sql;

import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Keeps files out of collections while a copy of theirs is released: what a rule over the collection holds must not change
 * between the last look and the removal. Directories share a few locks, so that a call takes few however many it names.
 * They are taken before any row of a collection is locked, and in order.
 */
public final class MembershipLocks {
    private static final int CLASS = 0x6d_65_6d_62;
    private static final int LOCKS = 64;

    private MembershipLocks() {}

    /** Until the transaction ends no copy of these files is released. */
    static void keep(Connection connection, Collection<DataId> files) throws SQLException {
        lock(connection, files, "pg_advisory_xact_lock_shared");
    }

    /** Until the transaction ends these files come into no collection. */
    static void keepOut(Connection connection, Collection<DataId> files) throws SQLException {
        lock(connection, files, "pg_advisory_xact_lock");
    }

    private static void lock(Connection connection, Collection<DataId> files, String how) throws SQLException {
        List<Integer> locks = files.stream()
                .map(file -> Math.floorMod(file.key().home(), LOCKS))
                .distinct()
                .sorted()
                .toList();
        // One statement each would be slower; a list keeps its order where a set would not.
        try (PreparedStatement lock =
                connection.prepareStatement("select " + how + "(?, n) from unnest(?::int[]) with ordinality t(n, i)")) {
            lock.setInt(1, CLASS);
            lock.setArray(2, Columns.ints(connection, locks, n -> n));
            lock.executeQuery().close();
        }
    }
}
