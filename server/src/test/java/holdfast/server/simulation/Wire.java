package holdfast.server.simulation;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The way from one node to the database: the real one, except that a commit's answer may be lost, before or after it
 * took place, that a connection breaks, and that the task may be put aside before and within a transaction.
 */
final class Wire implements DataSource {
    private static final String LOST = "08006";

    /** Threads that renew leases by the machine's time, which does not pass here. */
    private static final Pattern RENEWING = Pattern.compile("lease-|demand-leases");

    private final World world;
    private final Lane lane;
    private final @Nullable Node node;

    Wire(World world, Lane lane, @Nullable Node node) {
        this.world = world;
        this.lane = lane;
        this.node = node;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (RENEWING.matcher(Thread.currentThread().getName()).lookingAt()) {
            throw new SQLException("simulated: a node that is put aside renews no lease", LOST);
        }
        Baton.Task task = world.baton.running();
        if (task != null && task.connections.get() == 0) {
            world.point(world.weather.atConnection());
        }
        if (task != null && task.killed) {
            throw new Baton.NodeDied();
        }
        Connection real = lane.take();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Guarded(real, task));
    }

    private final class Guarded implements InvocationHandler {
        private final Connection real;
        private final Baton.@Nullable Task task;
        private boolean journal;
        private boolean closed;

        Guarded(Connection real, Baton.@Nullable Task task) {
            this.real = real;
            this.task = task;
            if (task != null) {
                task.connections.incrementAndGet();
            }
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
            switch (method.getName()) {
                case "close" -> {
                    close();
                    return null;
                }
                case "commit" -> {
                    commit();
                    return null;
                }
                case "prepareStatement", "createStatement" -> statement(given);
                default -> {}
            }
            try {
                return method.invoke(real, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private void statement(Object @Nullable [] given) throws SQLException {
            if (task == null) {
                return;
            }
            if (task.killed) {
                throw new Baton.NodeDied();
            }
            if (given != null && String.valueOf(given[0]).contains("into journal_entry")) {
                journal = true;
            }
            if (!real.getAutoCommit() && !world.isCalm() && task.connections.get() == 1) {
                world.point(world.weather.inTransaction());
            }
        }

        private void commit() throws SQLException {
            if (task == null || world.isCalm()) {
                real.commit();
                lane.journalGrew(journal);
                return;
            }
            if (task.killed) {
                throw new Baton.NodeDied();
            }
            if (journal) {
                world.point(world.weather.inTransaction() * 3);
            }
            boolean lost = world.chance(world.weather.unknownCommits());
            boolean dies = world.chance(world.weather.deathsAtCommit());
            boolean done = !(lost || dies) || world.chance(0.5);
            if (done) {
                real.commit();
                lane.journalGrew(journal);
            } else {
                real.rollback();
            }
            if (dies && node != null) {
                task.faulted = true;
                world.note("%s dies at a commit that %s", task.name, done ? "took place" : "did not take place");
                node.die();
                throw new Baton.NodeDied();
            }
            if (lost) {
                task.faulted = true;
                world.note("%s is not told of a commit that %s", task.name, done ? "took place" : "did not");
                throw new SQLException("simulated: the connection was lost", LOST);
            }
        }

        private void close() throws SQLException {
            if (closed) {
                return;
            }
            closed = true;
            if (task != null) {
                task.connections.decrementAndGet();
            }
            lane.giveBack(real);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
