package holdfast.server.sql;

import holdfast.catalog.FileRow;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The directories of names, so that names can be found by how they begin. Work: it follows from the files' names. */
final class FolderTable {
    private final Words words;

    FolderTable(Words words) {
        this.words = words;
    }

    private record Folder(long home, int scope, String path) {}

    void note(Connection connection, List<FileRow> files) throws SQLException {
        Map<Long, Folder> folders = new TreeMap<>();
        for (FileRow file : files) {
            long home = file.id().key().home();
            folders.computeIfAbsent(
                    home,
                    h -> new Folder(
                            h,
                            words.number(Words.Kind.SCOPE, file.id().scope().name()),
                            NameKey.directory(file.id().name())));
        }
        List<Folder> rows = List.copyOf(folders.values());
        try (PreparedStatement insert = connection.prepareStatement("insert into folder(home, scope_id, path)"
                + " select * from unnest(?::bigint[], ?::int[], ?::text[]) on conflict do nothing")) {
            insert.setArray(1, Columns.longs(connection, rows, Folder::home));
            insert.setArray(2, Columns.ints(connection, rows, Folder::scope));
            insert.setArray(3, Columns.texts(connection, rows, Folder::path));
            insert.executeUpdate();
        }
    }
}
