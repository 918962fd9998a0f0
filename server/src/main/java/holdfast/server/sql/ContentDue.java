package holdfast.server.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Collections whose content changed, append only: rules over them are looked at again. */
public final class ContentDue {

    /** Some due rows, by id, and the collections they name. */
    public record Batch(List<Long> ids, List<Long> collections) {}

    public Batch oldest(Connection connection, int most) throws SQLException {
        List<Long> ids = new ArrayList<>();
        LinkedHashSet<Long> collections = new LinkedHashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id, collection_id from content_due order by id limit ?")) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    collections.add(row.getLong(2));
                }
            }
        }
        return new Batch(ids, List.copyOf(collections));
    }

    /** Takes away what was looked at; rows that came meanwhile stay. */
    public int done(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from content_due where id = any(?)")) {
            delete.setArray(1, Columns.longs(connection, batch.ids(), i -> i));
            return delete.executeUpdate();
        }
    }
}
