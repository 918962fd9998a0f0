package holdfast.server.sql;

import holdfast.fixity.RecordedCopy;
import holdfast.journal.Micros;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Every copy that the catalogue records at an element, of any state, as rows come from the database. */
public final class RecordedCopies {
    private static final int FETCH = 2_000;
    private static final String SELECT = "select c.path, f.bytes, c.state, c.written_at, f.scope_id, f.name,"
            + " f.adler32, f.md5, f.sha256 from copy c join file f on f.home = c.home and f.leaf = c.leaf"
            + " where c.storage_id = ?";

    private final Database database;
    private final Words words;

    public RecordedCopies(Database database, Words words) {
        this.database = database;
        this.words = words;
    }

    /** Takes one row; what it cannot write ends the reading. */
    @FunctionalInterface
    public interface Each {
        void take(RecordedCopy copy) throws IOException;
    }

    /** Hands out every row of one snapshot, in no order. Memory does not grow with their number. */
    public void each(StorageName element, Each each) throws IOException {
        int number = words.number(Words.Kind.STORAGE, element.name());
        @Nullable
        IOException broken = database.stream(connection -> {
            try {
                read(connection, number, each);
                return null;
            } catch (IOException e) {
                return e;
            }
        });
        if (broken != null) {
            throw broken;
        }
    }

    private void read(Connection connection, int element, Each each) throws SQLException, IOException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setFetchSize(FETCH);
            select.setInt(1, element);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    each.take(copy(row));
                }
            }
        }
    }

    private RecordedCopy copy(ResultSet row) throws SQLException {
        return new RecordedCopy(
                new StoragePath(row.getString(1)),
                new ByteSize(row.getLong(2)),
                FileTable.digests(row, 7),
                Codes.copyState(row.getString(3)),
                Micros.instant(row.getLong(4)),
                new DataId(new Scope(words.text(row.getInt(5))), row.getString(6)));
    }
}
