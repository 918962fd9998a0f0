package holdfast.server.sql;

import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Goes through the names of a scope that begin alike. Files are found by their directories, which have an index of their
 * own: what it costs is the files of the directories that can hold such names. To be called within {@link
 * Database#stream}.
 */
public final class NameSearch {
    private static final int FETCH = 1_000;

    /** The last character that there is: what begins alike comes before it. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private static final String FOLDERS = "from (select home from folder where scope_id = ? and (path = any(?::text[])"
            + " or path >= ? and path < ?) order by path) h";

    private final Words words;
    private final FileTable files;
    private final CollectionTable collections;

    public NameSearch(Words words) {
        this.words = words;
        this.files = new FileTable(words);
        this.collections = new CollectionTable(words);
    }

    /**
     * Files whose names begin with a text.
     *
     * @param sink answers whether it wants more
     */
    public boolean files(Connection connection, Scope scope, String prefix, Predicate<Catalogued> sink)
            throws SQLException {
        String columns = "f." + FileTable.COLUMNS.replace(", ", ", f.");
        return files(
                connection,
                scope,
                prefix,
                "select " + columns + " " + FOLDERS + " cross join lateral (select * from file where home = h.home"
                        + " and name >= ? and name < ? offset 0) f",
                sink);
    }

    /**
     * The same, but only files that no dataset holds.
     *
     * @param hidden scopes whose datasets do not count
     */
    public boolean looseFiles(Connection connection, Scope scope, List<Scope> hidden, Predicate<Catalogued> sink)
            throws SQLException {
        String columns = "f." + FileTable.COLUMNS.replace(", ", ", f.");
        String held = hidden.isEmpty()
                ? "member m where m.home = h.home"
                : "member m join collection c on c.id = m.dataset_id where m.home = h.home and c.scope_id not in ("
                        + numbers(hidden) + ")";
        return files(
                connection,
                scope,
                "",
                "select " + columns + " " + FOLDERS + " cross join lateral (select * from file where home = h.home"
                        + " and name >= ? and name < ? and leaf not in (select m.leaf from " + held
                        + ") offset 0) f",
                sink);
    }

    private boolean files(Connection connection, Scope scope, String prefix, String sql, Predicate<Catalogued> sink)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            select.setInt(1, words.number(Words.Kind.SCOPE, scope.name()));
            select.setArray(2, Columns.texts(connection, directories(prefix), d -> d));
            select.setString(3, prefix);
            select.setString(4, prefix + LAST);
            select.setString(5, prefix);
            select.setString(6, prefix + LAST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!sink.test(new Catalogued.OfFile(files.row(row)))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The directories, shorter than the prefix, in which names that begin with it may stand. */
    static List<String> directories(String prefix) {
        Set<String> directories = new HashSet<>();
        int slash = prefix.lastIndexOf('/');
        if (slash >= 0) {
            directories.add(prefix.substring(0, slash));
        } else {
            // The made-up directory of a name without a slash is a part of its beginning, or all of it.
            for (int i = 1; i <= prefix.length(); i++) {
                directories.add(prefix.substring(0, i));
            }
            directories.add(NameKey.directory(prefix.isEmpty() ? "." : prefix));
        }
        return new ArrayList<>(directories);
    }

    /**
     * Collections that stand and whose names begin with a text, by name.
     *
     * @param sink answers whether it wants more
     */
    public boolean collections(Connection connection, Scope scope, String prefix, Predicate<Catalogued> sink)
            throws SQLException {
        return collections(connection, scope, prefix, "", sink);
    }

    /** Numbers of ours, so that they may stand in a statement. */
    private String numbers(List<Scope> scopes) {
        return scopes.stream()
                .map(scope -> Integer.toString(words.number(Words.Kind.SCOPE, scope.name())))
                .collect(Collectors.joining(","));
    }

    /**
     * The same, but only collections that no container holds.
     *
     * @param hidden scopes whose containers do not count
     */
    public boolean looseCollections(Connection connection, Scope scope, List<Scope> hidden, Predicate<Catalogued> sink)
            throws SQLException {
        String held = hidden.isEmpty()
                ? "containment k where"
                : "containment k join collection p on p.id = k.parent_id and p.scope_id not in (" + numbers(hidden)
                        + ") where";
        return collections(
                connection, scope, "", " and not exists (select from " + held + " k.child_id = collection.id)", sink);
    }

    private boolean collections(
            Connection connection, Scope scope, String prefix, String more, Predicate<Catalogued> sink)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, " + CollectionTable.COLUMNS
                + " from collection where scope_id = ? and name >= ? and name < ? and not removed" + more
                + " order by name")) {
            select.setFetchSize(FETCH);
            select.setInt(1, words.number(Words.Kind.SCOPE, scope.name()));
            select.setString(2, prefix);
            select.setString(3, prefix + LAST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    CollectionTable.Numbered found = collections.row(row);
                    if (!sink.test(new Catalogued.OfCollection(found.number(), found.row()))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The datasets that hold a file with this GUID, in 32 hexadecimal digits or with dashes. */
    public List<CollectionTable.Numbered> datasetsOfGuid(Connection connection, String guid) throws SQLException {
        String plain = guid.replace("-", "").toLowerCase(java.util.Locale.ROOT);
        String columns = "c.id, c." + CollectionTable.COLUMNS.replace(", ", ", c.");
        List<CollectionTable.Numbered> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select distinct on (c.id) " + columns
                + " from file f join dataset_home d on d.home = f.home join collection c on c.id = d.dataset_id"
                + " where lower(substring(f.attributes from '(?:^|;)guid=([0-9A-Fa-f-]{32,36})')) in (?, ?)"
                + " and f.attributes like '%guid=%' and exists (select from member m where m.home = f.home"
                + " and m.dataset_id = c.id and m.leaf = f.leaf) order by c.id")) {
            select.setString(1, plain);
            select.setString(2, dashed(plain));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(collections.row(row));
                }
            }
        }
        return found;
    }

    private static String dashed(String plain) {
        return plain.length() != 32
                ? plain
                : String.join(
                        "-",
                        plain.substring(0, 8),
                        plain.substring(8, 12),
                        plain.substring(12, 16),
                        plain.substring(16, 20),
                        plain.substring(20));
    }
}
