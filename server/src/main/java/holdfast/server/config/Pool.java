package holdfast.server.config;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections of a node. Goals: a database that dies, moves to another machine or falls silent holds nobody up for
 * longer than a minute; a node that dies or stands still holds no row for longer than that; nobody has to start anything
 * again afterwards. No statement has a time limit of the database's own: it would cut a commit that waits for the
 * standby, and the fact would count as kept without being there.
 */
final class Pool {
    private static final int CONNECTIONS = 16;
    private static final Duration CONNECTION = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(15);

    /** The database lets go of what a silent node holds; its machine may be gone without a word. */
    private static final String SESSION = "set idle_in_transaction_session_timeout = '"
            + House.LEASE.dividedBy(2).toMillis() + "ms';"
            + " set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    private Pool() {}

    /**
     * Where the database is.
     *
     * @param user empty when the URL holds user and password
     * @param cluster what was started for it
     */
    record Address(String url, String user, String password, AutoCloseable cluster) {}

    static HikariDataSource of(Address address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url);
        if (!address.user.isEmpty()) {
            config.setUsername(address.user);
            config.setPassword(address.password);
        } else {
            config.setInitializationFailTimeout(FIRST_CONNECTION.toMillis());
        }
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName("holdfast");
        config.setConnectionTimeout(CONNECTION.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setConnectionInitSql(SESSION);
        config.setExceptionOverrideClassName(Demoted.class.getName());
        driver(config);
        return new HikariDataSource(config);
    }

    /** The same database without limits, for migrations of large tables. */
    static DataSource unlimited(HikariDataSource pool) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(pool.getJdbcUrl());
        source.setTargetServerType("primary");
        if (pool.getUsername() != null) {
            source.setUser(pool.getUsername());
            source.setPassword(pool.getPassword());
        }
        return source;
    }

    /** What the URL says of the same goes first. */
    private static void driver(HikariConfig config) {
        config.addDataSourceProperty("ApplicationName", "holdfast");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
        // Of several hosts in the URL the one that takes writes, asked anew each second.
        config.addDataSourceProperty("targetServerType", "primary");
        config.addDataSourceProperty("hostRecheckSeconds", "1");
    }

    /** A connection whose server takes no writes any more is closed, so that the next one finds the new primary. */
    public static final class Demoted implements SQLExceptionOverride {
        private static final String READ_ONLY = "25006";

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return READ_ONLY.equals(failure.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
