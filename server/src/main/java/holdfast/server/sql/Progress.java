package holdfast.server.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How much is registered, and how much work stands between now and rest. */
public final class Progress {
    private final Database database;

    public Progress(Database database) {
        this.database = database;
    }

    /**
     * The state of the work.
     *
     * @param homesDue directories to be attended
     * @param copiesWanted copies on order
     * @param copiesWaiting of these, the ones whose last attempt failed
     * @param copiesUnread copies that arrived and are not read back yet, or are suspect
     * @param entriesUnnumbered journal entries that no head covers yet
     * @param actsWaiting acts that wait for signatures, or can still be undone
     * @param hold whether the house is in custody hold
     * @param quiet whether nothing is left to do that this node could do now
     */
    public record Now(
            long files,
            long copies,
            long homesDue,
            long copiesWanted,
            long copiesWaiting,
            long copiesUnread,
            long journal,
            long entriesUnnumbered,
            long actsWaiting,
            boolean hold,
            boolean quiet) {}

    public Now now() {
        String sql = "select (select coalesce(sum(files), 0) from census), (select coalesce(sum(files), 0) from held),"
                + " (select count(distinct home) from due), (select count(*) from demand),"
                + " (select count(*) from demand where problem is not null),"
                + " (select count(*) from copy where state in ('A', 'S', 'K')), t.size,"
                + " (select count(*) from journal_entry e where e.id > t.low_entry and not exists"
                + " (select from journal_leaf l where l.entry_id = e.id)), (select count(*) from act where state in ('O', 'S')),"
                + " exists (select from hold) from journal_tree t";
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return now(row);
            }
        });
    }

    private static Now now(ResultSet row) throws SQLException {
        long homesDue = row.getLong(3);
        long wanted = row.getLong(4);
        long waiting = row.getLong(5);
        long unread = row.getLong(6);
        long unnumbered = row.getLong(8);
        boolean quiet = homesDue == 0 && wanted == waiting && unread == 0 && unnumbered == 0;
        return new Now(
                row.getLong(1),
                row.getLong(2),
                homesDue,
                wanted,
                waiting,
                unread,
                row.getLong(7),
                unnumbered,
                row.getLong(9),
                row.getBoolean(10),
                quiet);
    }
}
