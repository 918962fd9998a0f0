package holdfast.server.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of datasets and of all that holds them, read for all datasets of some homes at once; for one answer. */
final class NamesAbove {
    private static final int KEPT = 100_000;

    private static final String UP = "with recursive up(dataset, id) as (select distinct dataset_id, dataset_id from"
            + " dataset_home where home = any(?) union select u.dataset, k.parent_id from up u join containment k"
            + " on k.child_id = u.id) select u.dataset, c.scope_id, c.name from up u join collection c on c.id = u.id"
            + " where not c.removed order by u.dataset, u.id <> u.dataset, c.id";

    private final Words words;
    private final Map<Long, List<String>> known = new HashMap<>();

    NamesAbove(Words words) {
        this.words = words;
    }

    /**
     * A dataset's own name, and then those above it, each once, as {@code scope:name}.
     *
     * @param homes where the dataset has files: what else has files there is read along
     */
    List<String> of(Connection connection, long dataset, List<Long> homes) throws SQLException {
        if (!known.containsKey(dataset)) {
            read(connection, homes);
            known.putIfAbsent(dataset, List.of());
        }
        return known.getOrDefault(dataset, List.of());
    }

    private void read(Connection connection, List<Long> homes) throws SQLException {
        if (known.size() > KEPT) {
            known.clear();
        }
        try (PreparedStatement select = connection.prepareStatement(UP)) {
            select.setArray(1, Columns.longs(connection, homes, h -> h));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.computeIfAbsent(row.getLong(1), d -> new ArrayList<>(2))
                            .add(words.text(row.getInt(2)) + ":" + row.getString(3));
                }
            }
        }
    }
}
