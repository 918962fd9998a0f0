package holdfast.server.sql;

import holdfast.catalog.CopyState;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What stands in a scope: added up, and listed by name. Read from the rows each time, for nobody asks often. */
public final class AdoptedSums {
    private static final int FETCH = 1_000;

    private static final String FILES =
            "select count(*), coalesce(sum(f.bytes), 0) from folder d join file f using (home) where d.scope_id = ?";

    private static final String COPIES = "select c.state, count(*) from folder d join copy c using (home)"
            + " where d.scope_id = ? and c.state <> 'G' group by 1";

    private static final String LISTED = "select f.name, f.bytes, f.adler32, f.md5, array(select c.storage_id from copy"
            + " c where c.home = f.home and c.leaf = f.leaf and c.state <> 'G') from folder d join file f using (home)"
            + " where d.scope_id = ? order by f.name";

    private final Words words;

    public AdoptedSums(Words words) {
        this.words = words;
    }

    /** Files of a scope, and their copies by state; released ones are none. */
    public record Sum(long files, long bytes, Map<CopyState, Long> copies) {}

    /** One file. @param copies elements in the order of their names */
    public record Listed(
            String name, long bytes, Optional<String> adler32, Optional<String> md5, List<String> copies) {}

    public Sum of(Connection connection, Scope scope) throws SQLException {
        Map<CopyState, Long> copies = new EnumMap<>(CopyState.class);
        try (PreparedStatement select = connection.prepareStatement(COPIES)) {
            select.setInt(1, number(scope));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    copies.put(Codes.copyState(row.getString(1)), row.getLong(2));
                }
            }
        }
        try (PreparedStatement select = connection.prepareStatement(FILES)) {
            select.setInt(1, number(scope));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Sum(row.getLong(1), row.getLong(2), copies);
            }
        }
    }

    /** Every file of a scope in the order of names, bytewise; within {@link Database#stream}. */
    public void list(Connection connection, Scope scope, Consumer<Listed> out) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LISTED)) {
            select.setFetchSize(FETCH);
            select.setInt(1, number(scope));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    out.accept(new Listed(
                            row.getString(1),
                            row.getLong(2),
                            hex(Algorithm.ADLER32, row.getBytes(3)),
                            hex(Algorithm.MD5, row.getBytes(4)),
                            names(row.getArray(5))));
                }
            }
        }
    }

    private int number(Scope scope) {
        return words.number(Words.Kind.SCOPE, scope.name());
    }

    private static Optional<String> hex(Algorithm algorithm, byte[] value) {
        return Optional.ofNullable(value)
                .map(bytes -> Digest.of(algorithm, bytes).hex());
    }

    private List<String> names(Array numbers) throws SQLException {
        List<String> names = new ArrayList<>(2);
        for (Integer number : (Integer[]) numbers.getArray()) {
            names.add(words.text(number));
        }
        names.sort(null);
        return names;
    }
}
