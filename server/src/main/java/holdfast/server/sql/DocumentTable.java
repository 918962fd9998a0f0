package holdfast.server.sql;

import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of documents. */
public final class DocumentTable {

    void take(Connection connection, DocumentsChanged fact) throws SQLException {
        List<Change> kept =
                fact.changes().stream().filter(c -> c.text().isPresent()).toList();
        List<Change> gone =
                fact.changes().stream().filter(c -> c.text().isEmpty()).toList();
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into document(kind, key, text) select * from unnest(?::text[], ?::text[], ?::text[]) on"
                        + " conflict (kind, key) do update set text = excluded.text")) {
            upsert.setArray(1, Columns.texts(connection, kept, c -> c.name().kind()));
            upsert.setArray(2, Columns.texts(connection, kept, c -> c.name().key()));
            upsert.setArray(3, Columns.texts(connection, kept, c -> c.text().orElseThrow()));
            upsert.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from document where (kind, key) in" + " (select * from unnest(?::text[], ?::text[]))")) {
            delete.setArray(1, Columns.texts(connection, gone, c -> c.name().kind()));
            delete.setArray(2, Columns.texts(connection, gone, c -> c.name().key()));
            delete.executeUpdate();
        }
    }

    /** One document as it stands. */
    public Optional<Document> find(Connection connection, Document.Name name) throws SQLException {
        return find(connection, name, "select text from document where kind = ? and key = ?");
    }

    private static Optional<Document> find(Connection connection, Document.Name name, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, name.kind());
            select.setString(2, name.key());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Document(name, row.getString(1))) : Optional.empty();
            }
        }
    }

    /** One document, which nobody changes until the transaction ends. */
    Optional<Document> share(Connection connection, Document.Name name) throws SQLException {
        return find(connection, name, "select text from document where kind = ? and key = ? for share");
    }

    /** Every document, in the order of kinds and keys. */
    public List<Document> all(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select kind, key, text from document order by kind, key");
                ResultSet row = select.executeQuery()) {
            List<Document> documents = new ArrayList<>();
            while (row.next()) {
                documents.add(Document.of(row.getString(1), row.getString(2), row.getString(3)));
            }
            return documents;
        }
    }

    /** Keeps all documents as they are until the transaction ends, but for its own changes; readers go on. */
    void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("lock table document in share row exclusive mode")) {
            lock.execute();
        }
    }
}
