package holdfast.server.sql;

import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Scopes that another server manages and this house only observes: each has a document of kind {@link #KIND} while it is
 * so. No document, no observation; a scope that was never adopted is managed.
 */
public final class ObservedScopes {
    public static final String KIND = "scope-mode";

    private static final String ALL = "select key from document where kind = '" + KIND + "'";

    private ObservedScopes() {}

    /** All of them, as of this statement. */
    public static Set<Scope> in(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            return read(select);
        }
    }

    /** Those of some scopes that are observed; they stay so until the transaction ends. */
    public static Set<Scope> keep(Connection connection, Collection<Scope> scopes) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ALL + " and key = any(?::text[]) order by key for share")) {
            select.setArray(1, Columns.texts(connection, List.copyOf(scopes), Scope::name));
            return read(select);
        }
    }

    /** Whether a scope is observed; nobody adds anything to it, or to the documents, until the transaction ends. */
    public static boolean lock(Connection connection, Scope scope) throws SQLException {
        new DocumentTable().lock(connection);
        try (PreparedStatement select = connection.prepareStatement(ALL + " and key = ? for update")) {
            select.setString(1, scope.name());
            return !read(select).isEmpty();
        }
    }

    /** How many files a scope has. */
    public static long files(Connection connection, Words words, Scope scope) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from folder d join file f using (home) where d.scope_id = ?")) {
            select.setInt(1, words.number(Words.Kind.SCOPE, scope.name()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Whether files or collections stand in a scope, removed ones too; until the transaction ends none is added anywhere.
     */
    public static boolean isInUse(Connection connection, Words words, Scope scope) throws SQLException {
        int number = words.number(Words.Kind.SCOPE, scope.name());
        try (PreparedStatement lock = connection.prepareStatement("lock table file, collection in share mode")) {
            lock.execute();
        }
        try (PreparedStatement select = connection.prepareStatement("select exists (select from folder d join file f"
                + " using (home) where d.scope_id = ?) or exists (select from collection where scope_id = ?)")) {
            select.setInt(1, number);
            select.setInt(2, number);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static Set<Scope> read(PreparedStatement select) throws SQLException {
        Set<Scope> found = new HashSet<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Scope(row.getString(1)));
            }
        }
        return found;
    }
}
