package holdfast.server.sql;

import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Which rows of each table are read, in the order of their keys. */
sealed interface FileRanges {
    /** The homes that they lie in. */
    List<Long> homes();

    /** The rows of one table. */
    KeyedRows rows(Connection connection, String columns, String table, String order) throws SQLException;

    /** The keys that are wanted. */
    KeyedRows members(Connection connection, List<Long> datasets) throws SQLException;

    /** The numbers of the datasets that hold them. */
    KeyedRows parents(Connection connection) throws SQLException;

    /** The keys of the archives that hold them. */
    default KeyedRows archives(Connection connection) throws SQLException {
        return rows(
                connection, "home, leaf, archive_home, archive_leaf", "constituent", ", archive_home, archive_leaf");
    }

    /** Whole homes. */
    record Homes(List<Long> homes) implements FileRanges {
        @Override
        public KeyedRows rows(Connection connection, String columns, String table, String order) throws SQLException {
            return over(connection, "select " + columns + " from " + table + " where ", " order by home, leaf" + order);
        }

        @Override
        public KeyedRows members(Connection connection, List<Long> datasets) throws SQLException {
            return FileRanges.members(connection, homes, datasets);
        }

        @Override
        public KeyedRows parents(Connection connection) throws SQLException {
            return rows(connection, "home, leaf, dataset_id", "member", ", dataset_id");
        }

        /** One home is one range of the index, in its order; several are sorted. */
        private KeyedRows over(Connection connection, String before, String after) throws SQLException {
            PreparedStatement select =
                    connection.prepareStatement(before + (homes.size() == 1 ? "home = ?" : "home = any(?)") + after);
            if (homes.size() == 1) {
                select.setLong(1, homes.getFirst());
            } else {
                select.setArray(1, Columns.longs(connection, homes, h -> h));
            }
            return new KeyedRows(select);
        }
    }

    /** The few files of one home that some datasets hold of the many that are there. */
    record Members(List<Long> homes, List<Long> datasets) implements FileRanges {
        private static final String WANTED = "(select distinct home, leaf from member where home = any(?)"
                + " and dataset_id = any(?) order by home, leaf) w cross join lateral (select ";

        @Override
        public KeyedRows rows(Connection connection, String columns, String table, String order) throws SQLException {
            PreparedStatement select = connection.prepareStatement("select t.* from " + WANTED + columns + " from "
                    + table + " where home = w.home and leaf = w.leaf offset 0) t order by home, leaf" + order);
            return set(connection, select);
        }

        @Override
        public KeyedRows members(Connection connection, List<Long> sets) throws SQLException {
            return FileRanges.members(connection, homes, sets);
        }

        @Override
        public KeyedRows parents(Connection connection) throws SQLException {
            PreparedStatement select = connection.prepareStatement("select t.* from " + WANTED
                    + "m.home, m.leaf, m.dataset_id from dataset_home d join member m on m.home = d.home"
                    + " and m.dataset_id = d.dataset_id where d.home = w.home and m.leaf = w.leaf offset 0) t"
                    + " order by home, leaf, dataset_id");
            return set(connection, select);
        }

        private KeyedRows set(Connection connection, PreparedStatement select) throws SQLException {
            select.setArray(1, Columns.longs(connection, homes, h -> h));
            select.setArray(2, Columns.longs(connection, datasets, d -> d));
            return new KeyedRows(select);
        }
    }

    /** Single names. */
    record Keys(List<NameKey> keys) implements FileRanges {
        @Override
        public List<Long> homes() {
            return keys.stream().map(NameKey::home).distinct().toList();
        }

        @Override
        public KeyedRows rows(Connection connection, String columns, String table, String order) throws SQLException {
            return over(
                    connection,
                    "select " + columns + " from " + table
                            + " where (home, leaf) in (select * from unnest(?::bigint[], ?::bigint[]))"
                            + " order by home, leaf" + order);
        }

        @Override
        public KeyedRows members(Connection connection, List<Long> datasets) throws SQLException {
            return over(connection, "select * from unnest(?::bigint[], ?::bigint[]) w(home, leaf) order by home, leaf");
        }

        @Override
        public KeyedRows parents(Connection connection) throws SQLException {
            return over(
                    connection,
                    "select w.home, w.leaf, m.dataset_id from unnest(?::bigint[], ?::bigint[]) w(home, leaf)"
                            + " join dataset_home d on d.home = w.home join member m on m.home = d.home"
                            + " and m.dataset_id = d.dataset_id and m.leaf = w.leaf order by 1, 2, 3");
        }

        private KeyedRows over(Connection connection, String sql) throws SQLException {
            PreparedStatement select = connection.prepareStatement(sql);
            select.setArray(1, Columns.longs(connection, keys, NameKey::home));
            select.setArray(2, Columns.longs(connection, keys, NameKey::leaf));
            return new KeyedRows(select);
        }
    }

    private static KeyedRows members(Connection connection, List<Long> homes, List<Long> datasets) throws SQLException {
        boolean one = homes.size() == 1 && datasets.size() == 1;
        PreparedStatement select = connection.prepareStatement("select home, leaf from member where "
                + (one ? "home = ? and dataset_id = ?" : "home = any(?) and dataset_id = any(?)")
                + " order by home, leaf");
        if (one) {
            select.setLong(1, homes.getFirst());
            select.setLong(2, datasets.getFirst());
        } else {
            select.setArray(1, Columns.longs(connection, homes, h -> h));
            select.setArray(2, Columns.longs(connection, datasets, d -> d));
        }
        return new KeyedRows(select);
    }
}
