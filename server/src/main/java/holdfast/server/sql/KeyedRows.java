package holdfast.server.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows in the order of their names' keys, of which the first two columns are; read one after the other, none kept. */
final class KeyedRows implements AutoCloseable {
    /** Rows fetched at once: memory holds that many, however many there are. */
    private static final int FETCHED = 4_000;

    private final PreparedStatement select;
    private final ResultSet row;
    private boolean has;
    private long home;
    private long leaf;

    /** @param select with its parameters, in a transaction; closed with these rows */
    KeyedRows(PreparedStatement select) throws SQLException {
        this.select = select;
        select.setFetchSize(FETCHED);
        row = select.executeQuery();
        next();
    }

    boolean has() {
        return has;
    }

    /** The row that stands now. */
    ResultSet row() {
        return row;
    }

    long home() {
        return home;
    }

    long leaf() {
        return leaf;
    }

    void next() throws SQLException {
        has = row.next();
        if (has) {
            home = row.getLong(1);
            leaf = row.getLong(2);
        }
    }

    /** Goes on to a key, or to the first one behind it; answers whether it is there. */
    boolean reach(long wantedHome, long wantedLeaf) throws SQLException {
        while (has && (home < wantedHome || home == wantedHome && leaf < wantedLeaf)) {
            next();
        }
        return isAt(wantedHome, wantedLeaf);
    }

    boolean isAt(long wantedHome, long wantedLeaf) {
        return has && home == wantedHome && leaf == wantedLeaf;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
