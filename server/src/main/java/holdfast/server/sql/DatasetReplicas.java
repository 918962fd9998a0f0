package holdfast.server.sql;

import holdfast.journal.Micros;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;

/** How much of each dataset is at each element: from the sums, and from the rows of homes that are due, so never stale. */
public final class DatasetReplicas {
    private static final String DUE = "exists (select from due d where d.home = h.home and d.rows)";

    private static final String HELD = "select dataset_id, storage_id, sum(files) as files, sum(bytes) as bytes from ("
            + "select h.dataset_id, h.storage_id, h.files, h.bytes from present h where %1$s and not " + DUE
            + " union all select h.dataset_id, c.storage_id, count(*), sum(f.bytes) from dataset_home h join member m"
            + " on m.home = h.home and m.dataset_id = h.dataset_id join file f on f.home = m.home and f.leaf = m.leaf"
            + " join copy c on c.home = m.home and c.leaf = m.leaf and "
            + PresentTable.AVAILABLE + " where %2$s and " + DUE + " group by 1, 2) x group by 1, 2";

    private static final String ROWS = "select c.scope_id, c.name, x.storage_id, x.files, x.bytes,"
            + " coalesce(t.files, 0), coalesce(t.bytes, 0), c.created, c.updated from (" + HELD
            + ") x join collection c on c.id = x.dataset_id left join lateral (select sum(files)::bigint as files,"
            + " sum(bytes)::bigint as bytes from dataset_home where dataset_id = c.id) t on true"
            + " where not c.removed order by x.storage_id, c.id";

    private final Words words;

    public DatasetReplicas(Words words) {
        this.words = words;
    }

    /** A dataset at an element: what is available there, and what the dataset holds. */
    public record Row(
            DataId dataset, StorageName storage, Part available, Part whole, Instant created, Instant updated) {}

    public record Part(long files, long bytes) {}

    /** One dataset at every element that has something of it. */
    public void of(Connection connection, long dataset, Consumer<Row> out) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ROWS.formatted("h.dataset_id = ?", "h.dataset_id = ?"))) {
            select.setLong(1, dataset);
            select.setLong(2, dataset);
            read(select, out);
        }
    }

    /** Every dataset of which an element has something; in a transaction. */
    public void at(Connection connection, StorageName storage, Consumer<Row> out) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ROWS.formatted("h.storage_id = ?", "c.storage_id = ?"))) {
            int number = words.number(Words.Kind.STORAGE, storage.name());
            select.setInt(1, number);
            select.setInt(2, number);
            read(select, out);
        }
    }

    private void read(PreparedStatement select, Consumer<Row> out) throws SQLException {
        select.setFetchSize(1_000);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                out.accept(new Row(
                        new DataId(new Scope(words.text(row.getInt(1))), row.getString(2)),
                        new StorageName(words.text(row.getInt(3))),
                        new Part(row.getLong(4), row.getLong(5)),
                        new Part(row.getLong(6), row.getLong(7)),
                        Micros.instant(row.getLong(8)),
                        Micros.instant(row.getLong(9))));
            }
        }
    }
}
