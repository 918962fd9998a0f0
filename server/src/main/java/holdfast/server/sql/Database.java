package holdfast.server.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions on the one PostgreSQL. A commit whose answer was lost is an outcome of its own, never an error. */
public final class Database {
    /** How long an answer of a statement over whole tables may take. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** Classes of SQL states: lost connection, conflict of transactions, short of something, a lock, going down. */
    private static final List<String> PASSING = List.of("08", "40", "53", "55", "57");

    private static final String DEADLOCK = "40P01";

    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done inside a transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T in(Connection connection) throws SQLException;
    }

    /** The commit may have happened or not: look, never clean up. */
    public static final class UnknownCommit extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownCommit(SQLException cause) {
            super("the database did not answer a commit: " + cause.getMessage(), cause);
        }
    }

    /** A statement failed and the transaction was rolled back. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean passing;
        private final boolean deadlock;

        Failed(SQLException cause) {
            super("the database refused: " + cause.getMessage(), cause);
            String state = String.valueOf(cause.getSQLState());
            deadlock = state.equals(DEADLOCK);
            passing = cause instanceof SQLTransientException || PASSING.stream().anyMatch(state::startsWith);
        }

        /** Whether it is about the moment (no connection, too many, a lock, a deadlock), and worth another try. */
        public boolean isPassing() {
            return passing;
        }

        /** Whether another transaction waited for this one as this one did for it. */
        boolean isDeadlock() {
            return deadlock;
        }
    }

    /** Runs statements that change nothing; each sees what is committed when it begins. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            return work.in(connection);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /** Runs one transaction (READ COMMITTED: every statement has a fresh snapshot), whole or not at all. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.in(connection);
            } catch (SQLException e) {
                rollback(connection);
                throw new Failed(e);
            } catch (RuntimeException e) {
                rollback(connection);
                throw e;
            }
            commit(connection);
            return result;
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /**
     * Runs one transaction of work that a crash may undo: it commits without waiting for the disk. Only for summaries,
     * demands and leases, which are derived from rows and become due again together with what was undone.
     */
    public <T extends @Nullable Object> T writeWork(Work<T> work) {
        return write(connection -> {
            try (var relaxed = connection.createStatement()) {
                relaxed.execute("set local synchronous_commit to off");
            }
            return work.in(connection);
        });
    }

    /** As {@link #write}, for statements over whole tables, which may take longer than an answer usually may. */
    public <T extends @Nullable Object> T writePatiently(Work<T> work) {
        return write(connection -> {
            // The pool sets the usual limit again when the connection comes back.
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            return work.in(connection);
        });
    }

    /** Streams need a transaction, so that the driver fetches row by row and memory does not grow with the answer. */
    public <T extends @Nullable Object> T stream(Work<T> work) {
        return writePatiently(connection -> {
            connection.setReadOnly(true);
            try {
                waitLonger(connection);
                return work.in(connection);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
            }
        });
    }

    /** A stream goes as fast as its reader takes it; it holds no row, so nobody waits for it. */
    private static void waitLonger(Connection connection) throws SQLException {
        try (var limit = connection.createStatement()) {
            limit.execute("set local idle_in_transaction_session_timeout = '10min'");
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
            SQLWarning warning = connection.getWarnings();
            // Committed here, but nobody knows whether at the standby: somebody cancelled the wait for it.
            if (warning != null && String.valueOf(warning.getMessage()).contains("synchronous replication")) {
                throw new UnknownCommit(warning);
            }
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            // Class 08 is a lost connection, 57P a server going down: nobody knows. All others rolled back.
            if (state.startsWith("08") || state.startsWith("57P") || state.equals("null")) {
                throw new UnknownCommit(e);
            }
            throw new Failed(e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The pool closes a connection that cannot even roll back; the first error is the one to tell.
            connectionBroken(e);
        }
    }

    private static void connectionBroken(SQLException ignored) {
        System.getLogger(Database.class.getName())
                .log(System.Logger.Level.DEBUG, "rollback failed: {0}", ignored.getMessage());
    }

    /** A fresh random id. */
    public static UUID newId() {
        return UUID.randomUUID();
    }
}
