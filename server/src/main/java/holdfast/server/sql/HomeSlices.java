package holdfast.server.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The homes of some datasets, in their order, cut into slices that are read together. */
final class HomeSlices {
    private static final int HOMES = 20;
    private static final int FILES = 20_000;

    /** A dataset that holds less than one of so many files of a large home is read file by file. */
    private static final int SPARSE = 20;

    private HomeSlices() {}

    /** @param isSparse whether these datasets hold few of the many files there */
    record Slice(List<Long> homes, boolean isSparse) {}

    static List<Slice> of(Connection connection, List<Long> datasets) throws SQLException {
        List<Slice> slices = new ArrayList<>();
        List<Long> homes = new ArrayList<>();
        long files = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "select h.home, sum(h.files), coalesce(max(d.slice_bits), 0) from dataset_home h left join directory d"
                        + " using (home) where h.dataset_id = any(?) group by h.home order by h.home")) {
            select.setArray(1, Columns.longs(connection, datasets, d -> d));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int bits = row.getInt(3);
                    long there = ((long) Homes.SLICE) << bits;
                    if (bits > 0) {
                        slices.add(new Slice(List.of(row.getLong(1)), row.getLong(2) * SPARSE < there));
                        continue;
                    }
                    homes.add(row.getLong(1));
                    files += row.getLong(2);
                    if (homes.size() == HOMES || files >= FILES) {
                        slices.add(new Slice(List.copyOf(homes), false));
                        homes.clear();
                        files = 0;
                    }
                }
            }
        }
        if (!homes.isEmpty()) {
            slices.add(new Slice(List.copyOf(homes), false));
        }
        return slices;
    }
}
