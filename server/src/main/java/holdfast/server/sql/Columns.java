package holdfast.server.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Arrays for {@code unnest} and columns that may be absent. */
final class Columns {
    private Columns() {}

    static <T> Array longs(Connection connection, List<T> rows, ToLongFunction<T> column) throws SQLException {
        long[] values = new long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsLong(rows.get(i));
        }
        return array(connection, "int8", values);
    }

    static <T> Array ints(Connection connection, List<T> rows, ToIntFunction<T> column) throws SQLException {
        int[] values = new int[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsInt(rows.get(i));
        }
        return array(connection, "int4", values);
    }

    static <T> Array maybeLongs(Connection connection, List<T> rows, Function<T, Optional<Long>> column)
            throws SQLException {
        @Nullable Long[] values = new Long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i)).orElse(null);
        }
        return array(connection, "int8", values);
    }

    static <T> Array maybeInts(Connection connection, List<T> rows, Function<T, Optional<Integer>> column)
            throws SQLException {
        @Nullable Integer[] values = new Integer[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i)).orElse(null);
        }
        return array(connection, "int4", values);
    }

    static <T> Array texts(Connection connection, List<T> rows, Function<T, String> column) throws SQLException {
        String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array(connection, "text", values);
    }

    static <T> Array maybeTexts(Connection connection, List<T> rows, Function<T, Optional<String>> column)
            throws SQLException {
        @Nullable String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i)).orElse(null);
        }
        return array(connection, "text", values);
    }

    static <T> Array flags(Connection connection, List<T> rows, Function<T, Boolean> column) throws SQLException {
        boolean[] values = new boolean[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array(connection, "bool", values);
    }

    static <T> Array bytes(Connection connection, List<T> rows, Function<T, Optional<byte[]>> column)
            throws SQLException {
        byte[] @Nullable [] values = new byte[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i)).orElse(null);
        }
        return array(connection, "bytea", values);
    }

    static Array longs(Connection connection, long[] values) throws SQLException {
        return array(connection, "int8", values);
    }

    static Optional<Long> maybeLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    static Optional<Integer> maybeInt(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    static void set(PreparedStatement statement, int column, Optional<Long> value) throws SQLException {
        if (value.isPresent()) {
            statement.setLong(column, value.get());
        } else {
            statement.setNull(column, Types.BIGINT);
        }
    }

    private static Array array(Connection connection, String type, Object values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, values);
    }
}
