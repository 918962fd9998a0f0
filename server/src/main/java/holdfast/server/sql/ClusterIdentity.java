package holdfast.server.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Which database cluster this is and on which of its timelines it writes. Both numbers are the cluster's own and lie
 * outside every table, so a restored backup cannot bring its old ones along: a promotion, of a standby or at the end of a
 * restore to a point in time, begins a new timeline; a dump that is read in, or a rebuilt house, lies in another cluster.
 * What it does not show is a folder copied back while the database was stopped: there the heads outside tell.
 *
 * @param cluster the system identifier, made when the cluster was
 * @param timeline from 1; of the write-ahead log as it is written now, which the control file learns only later
 */
public record ClusterIdentity(long cluster, long timeline) {
    /** How a cluster differs from the one that was remembered. */
    public enum Change {
        NONE,
        /** A standby was promoted, or a backup restored to a point in time: the tree's size tells which. */
        ANOTHER_TIMELINE,
        /** The database was read into another cluster, or the address now names somebody else's. */
        ANOTHER_CLUSTER
    }

    /**
     * Reads the identity; no rights are needed for it.
     *
     * @throws SQLException also at a standby, which writes no log of its own
     */
    public static ClusterIdentity read(Connection connection) throws SQLException {
        String sql = "select (select system_identifier from pg_control_system()),"
                + " ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new ClusterIdentity(row.getLong(1), row.getLong(2));
        }
    }

    /** What changed since this identity was remembered. */
    public Change to(ClusterIdentity now) {
        if (cluster != now.cluster) {
            return Change.ANOTHER_CLUSTER;
        }
        return timeline == now.timeline ? Change.NONE : Change.ANOTHER_TIMELINE;
    }

    /** As it is remembered: {@code CLUSTER/TIMELINE}, both decimal. */
    public String text() {
        return cluster + "/" + timeline;
    }

    /** Reads what {@link #text} wrote. */
    public static ClusterIdentity of(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("a cluster's identity is CLUSTER/TIMELINE, not '" + text + "'");
        }
        return new ClusterIdentity(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }
}
