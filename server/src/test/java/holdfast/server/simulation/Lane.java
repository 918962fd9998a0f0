package holdfast.server.simulation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One database in which seeds are played one after the other; between two of them it is made as new. */
final class Lane implements AutoCloseable {
    private static final String OPTIONS = "options=-c%20synchronous_commit=off%20-c%20lock_timeout=4ms";

    private static final String TABLES = "select quote_ident(relname) from pg_class where relkind = 'r'"
            + " and relnamespace = 'public'::regnamespace and relname not like 'flyway%'"
            + " and relname not like 'as_new_%'";

    private final String url;
    private final String user;
    private final String password;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();
    private final List<String> sequences = new ArrayList<>();
    private final Set<String> filled = new HashSet<>();
    private boolean grew;

    Lane(String url, String user, String password) throws SQLException {
        this.url = url + (url.contains("?") ? "&" : "?") + OPTIONS;
        this.user = user;
        this.password = password;
        prepare();
    }

    /** Learns how the database looks when it is new: which tables there are, and what stands in them from the start. */
    private void prepare() throws SQLException {
        Connection connection = take();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            for (String sequence : column(
                    statement, "select quote_ident(sequencename) from pg_sequences where schemaname = 'public'")) {
                sequences.add("select setval('" + sequence + "', 1, false)");
            }
            for (String table : column(statement, TABLES)) {
                statement.execute("create table if not exists as_new_" + table + " as select * from " + table);
                if (!column(statement, "select 'x' from as_new_" + table).isEmpty()) {
                    filled.add(table);
                }
                statement.execute("alter table " + table + " set (autovacuum_enabled = off)");
            }
        }
        giveBack(connection);
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    /** Empties what was written to, and fills what is not empty from the start; what nobody touched is new still. */
    void makeNew() throws SQLException {
        Connection connection = take();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            List<String> again = new ArrayList<>(sequences);
            List<String> written = column(statement, TABLES + " and pg_relation_size(oid) > 0");
            if (!written.isEmpty()) {
                again.add("truncate " + String.join(", ", written) + " cascade");
            }
            written.stream()
                    .filter(filled::contains)
                    .forEach(table -> again.add("insert into " + table + " select * from as_new_" + table));
            statement.execute(String.join(";", again));
        }
        connection.commit();
        giveBack(connection);
        grew = false;
    }

    synchronized Connection take() throws SQLException {
        Connection waiting = idle.pollFirst();
        if (waiting != null) {
            return waiting;
        }
        Connection fresh =
                user.isEmpty() ? DriverManager.getConnection(url) : DriverManager.getConnection(url, user, password);
        all.add(fresh);
        return fresh;
    }

    synchronized void giveBack(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        idle.addFirst(connection);
    }

    synchronized void journalGrew(boolean by) {
        grew |= by;
    }

    /** Whether a transaction with an entry was committed since this was asked last. */
    synchronized boolean hasGrown() {
        boolean was = grew;
        grew = false;
        return was;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
