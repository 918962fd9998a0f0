package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL for tests, started once in each JVM, in which every test class gets a database of its own.
 *
 * <p>By default the embedded one, under {@code target/embedded}. The system property {@code holdfast.test.database.url} or
 * the environment's {@code HOLDFAST_TEST_DATABASE_URL} names another, with user and password in the URL, whose role may
 * create databases.
 */
public final class TestCluster {
    private static final String PREFIX = "holdfast_test_";

    /** What PostgreSQL says when its own worker would have to be ended. */
    private static final String NO_RIGHT = "42501";

    /** Nor does it write what only a machine without power, or another server, would read. */
    private static final String UNSYNCED = """
            fsync = off
            full_page_writes = off
            wal_compression = off
            wal_level = minimal
            max_wal_senders = 0
            """;

    private final String url;
    private final String user;
    private final String password;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, String> templates = new ConcurrentHashMap<>();

    TestCluster(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Fills a new database once; it must close its connections. */
    @FunctionalInterface
    public interface Preparation {
        void fill(TestDatabase database) throws Exception;
    }

    private static final class Shared {
        static final TestCluster ONE = start();
    }

    /** The one of this JVM. */
    public static TestCluster shared() {
        return Shared.ONE;
    }

    private static TestCluster start() {
        String outside = System.getProperty(
                "holdfast.test.database.url", System.getenv().getOrDefault("HOLDFAST_TEST_DATABASE_URL", ""));
        if (!outside.isEmpty()) {
            var cluster = new TestCluster(outside, "", "");
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::dropTemplates));
            return cluster;
        }
        EmbeddedPostgres embedded = startEmbedded(TestFolders.lasting());
        Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
        var cluster = new TestCluster(embedded.jdbcUrl(), embedded.user(), embedded.password());
        cluster.dropLeftovers();
        return cluster;
    }

    /** Several test JVMs at once take a cluster each. */
    private static EmbeddedPostgres startEmbedded(Path folder) {
        for (int i = 0; ; i++) {
            try {
                return startUnsynced(new ClusterFolder(folder.resolve("shared-" + i)), folder);
            } catch (EmbeddedPostgresException.InUse e) {
                if (i == 9) {
                    throw e;
                }
            }
        }
    }

    /**
     * It never waits for the disk, for nothing in it outlives its JVM: each database made or dropped would wait for
     * hundreds of files. Processes are killed beside it, and it loses nothing by that; tests that kill a PostgreSQL
     * itself start one of their own, which waits.
     */
    private static EmbeddedPostgres startUnsynced(ClusterFolder folder, Path cache) {
        try {
            Files.createDirectories(folder.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SafeFiles.write(folder.extraConfiguration(), UNSYNCED, "rw-r--r--");
        return EmbeddedPostgres.start(
                EmbeddedPostgres.Settings.in(folder.root()).withCache(cache));
    }

    /** A new empty database. */
    public TestDatabase fresh() {
        return create("template0");
    }

    /**
     * A new database with the content that {@code preparation} gave a template; it runs once for each name and JVM.
     *
     * @param name of the template, in lower case letters and digits
     */
    public TestDatabase fresh(String name, Preparation preparation) {
        return create(templates.computeIfAbsent(name, absent -> template(preparation)));
    }

    private String template(Preparation preparation) {
        TestDatabase database = create("template0");
        try {
            preparation.fill(database);
            return database.name();
        } catch (Exception e) {
            database.close();
            throw new IllegalStateException("the preparation of a test database failed", e);
        }
    }

    private TestDatabase create(String template) {
        String name = PREFIX + ProcessHandle.current().pid() + "_" + number.incrementAndGet();
        // Its files are copied: to copy them block by block through the log takes four times as long.
        execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy");
        return new TestDatabase(this, name, url.replaceFirst("(?<=//[^/?]{1,200}/)[^/?]*", name), user, password);
    }

    /** Drops a database; one that the server itself is cleaning (autovacuum) stays until the cluster goes. */
    void drop(String name) {
        try {
            execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (IllegalStateException e) {
            boolean busy = e.getCause() instanceof SQLException sql && NO_RIGHT.equals(sql.getSQLState());
            if (!busy) {
                throw e;
            }
        }
    }

    private void dropTemplates() {
        templates.values().forEach(this::drop);
    }

    private void dropLeftovers() {
        List<String> names = new ArrayList<>();
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT datname FROM pg_database")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        names.stream().filter(name -> name.startsWith(PREFIX)).forEach(this::drop);
    }

    private void execute(String statement) {
        try (Connection connection = connect();
                var does = connection.createStatement()) {
            does.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement + ": " + e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        return user.isEmpty() ? DriverManager.getConnection(url) : DriverManager.getConnection(url, user, password);
    }
}
