package holdfast.server.simulation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One database in which seeds are played one after the other; between two of them it is made as new. */
final class Lane implements AutoCloseable {
    private static final String OPTIONS = "options=-c%20synchronous_commit=off%20-c%20lock_timeout=4ms";

    private final String url;
    private final String user;
    private final String password;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();
    private final List<String> again = new ArrayList<>();
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
            List<String> tables = column(
                    statement,
                    "select quote_ident(tablename) from pg_tables where schemaname = 'public'"
                            + " and tablename not like 'flyway%' and tablename not like 'as_new_%' order by 1");
            again.add("truncate " + String.join(", ", tables) + " restart identity");
            for (String sequence : column(
                    statement, "select quote_ident(sequencename) from pg_sequences where schemaname = 'public'")) {
                again.add("select setval('" + sequence + "', 1, false)");
            }
            for (String table : tables) {
                statement.execute("create table if not exists as_new_" + table + " as select * from " + table);
                if (!column(statement, "select 'x' from as_new_" + table).isEmpty()) {
                    again.add("insert into " + table + " select * from as_new_" + table);
                }
            }
            for (String table : tables) {
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

    void makeNew() throws SQLException {
        Connection connection = take();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
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
