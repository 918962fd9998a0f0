package holdfast.server.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** One database for one test class; dropped when closed. {@code try (var database = TestDatabase.fresh()) ...} */
public final class TestDatabase implements AutoCloseable {
    private final TestCluster cluster;
    private final String name;
    private final String jdbcUrl;
    private final String user;
    private final String password;

    TestDatabase(TestCluster cluster, String name, String jdbcUrl, String user, String password) {
        this.cluster = cluster;
        this.name = name;
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /** A new empty database in the cluster that all tests of this JVM share. */
    public static TestDatabase fresh() {
        return TestCluster.shared().fresh();
    }

    /** A new database with the tables of a house and nothing in them: what a house would make of an empty one, sooner. */
    public static TestDatabase migrated() {
        return fresh(
                "migrated",
                fresh -> Flyway.configure()
                        .dataSource(fresh.jdbcUrl(), fresh.user(), fresh.password())
                        .load()
                        .migrate());
    }

    /** The same, copied from a template that {@code preparation} fills once; see {@link TestCluster#fresh}. */
    public static TestDatabase fresh(String template, TestCluster.Preparation preparation) {
        return TestCluster.shared().fresh(template, preparation);
    }

    String name() {
        return name;
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** Empty when the URL itself holds user and password. */
    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    public Connection connect() throws SQLException {
        return user.isEmpty()
                ? DriverManager.getConnection(jdbcUrl)
                : DriverManager.getConnection(jdbcUrl, user, password);
    }

    @Override
    public void close() {
        cluster.drop(name);
    }
}
