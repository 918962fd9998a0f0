package holdfast.server.rebuild;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.server.clock.DatabaseClock;
import holdfast.server.clock.HouseClock;
import holdfast.server.embedded.EmbeddedPostgres;
import holdfast.server.sql.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** The database that is filled, with the schema in place; one writer alone, and no limit on how long it takes. */
public final class Target implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final AutoCloseable cluster;
    private final HikariDataSource source;
    private final HouseClock clock;

    private Target(AutoCloseable cluster, HikariDataSource source) throws SQLException {
        this.cluster = cluster;
        this.source = source;
        this.clock = new DatabaseClock(source);
    }

    /** A database elsewhere, with user and password in its JDBC address. */
    static Target at(String url) {
        return open(url, Optional.empty(), () -> {});
    }

    /** The embedded one of a folder; its programs may be unpacked elsewhere already. */
    static Target embedded(Path folder, Optional<Path> programs) {
        EmbeddedPostgres.Settings in = EmbeddedPostgres.Settings.in(folder);
        EmbeddedPostgres embedded =
                EmbeddedPostgres.start(programs.map(in::withCache).orElse(in));
        return open(embedded.jdbcUrl(), Optional.of(embedded), embedded);
    }

    private static Target open(String url, Optional<EmbeddedPostgres> account, AutoCloseable cluster) {
        try {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            account.ifPresent(a -> {
                config.setUsername(a.user());
                config.setPassword(a.password());
            });
            config.setMaximumPoolSize(CONNECTIONS);
            config.setPoolName("holdfast-rebuild");
            config.addDataSourceProperty("ApplicationName", "holdfast-rebuild");
            HikariDataSource source = new HikariDataSource(config);
            try {
                Flyway.configure().dataSource(source).load().migrate();
                return new Target(cluster, source);
            } catch (SQLException e) {
                source.close();
                throw new RebuildRefused("the database does not tell its time: " + e.getMessage());
            } catch (RuntimeException e) {
                source.close();
                throw e;
            }
        } catch (RuntimeException e) {
            end(cluster);
            throw e;
        }
    }

    Database database() {
        return new Database(source);
    }

    HouseClock clock() {
        return clock;
    }

    @Override
    public void close() {
        source.close();
        end(cluster);
    }

    private static void end(AutoCloseable cluster) {
        try {
            cluster.close();
        } catch (Exception e) {
            System.getLogger(Target.class.getName())
                    .log(System.Logger.Level.WARNING, "the database did not end in order: " + e.getMessage(), e);
        }
    }
}
