package holdfast.server.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;

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
     */
    public record Now(
            long files,
            long copies,
            long homesDue,
            long copiesWanted,
            long copiesWaiting,
            long copiesUnread,
            long journal,
            long entriesUnnumbered) {
        /** Whether nothing is left to do that this node could do now. */
        public boolean quiet() {
            return homesDue == 0 && copiesWanted == copiesWaiting && copiesUnread == 0 && entriesUnnumbered == 0;
        }
    }

    public Now now() {
        String sql = "select (select coalesce(sum(files), 0) from census), (select coalesce(sum(files), 0) from held),"
                + " (select count(distinct home) from due), (select count(*) from demand),"
                + " (select count(*) from demand where problem is not null),"
                + " (select count(*) from copy where state in ('A', 'S', 'K')), t.size,"
                + " (select count(*) from journal_entry e where e.id > t.low_entry and not exists"
                + " (select from journal_leaf l where l.entry_id = e.id)) from journal_tree t";
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Now(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8));
            }
        });
    }
}
