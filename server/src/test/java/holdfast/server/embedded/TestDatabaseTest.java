package holdfast.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void twoDatabasesOfOneTemplateShareNothingButTheirBeginning() throws SQLException {
        var prepared = new AtomicInteger();
        TestCluster.Preparation preparation = database -> {
            prepared.incrementAndGet();
            execute(database, "CREATE TABLE t AS SELECT 1 AS n");
        };
        try (var one = TestDatabase.fresh("beginning", preparation);
                var two = TestDatabase.fresh("beginning", preparation)) {
            execute(one, "INSERT INTO t VALUES (2)");
            assertThat(ask(one, "SELECT count(*) FROM t")).isEqualTo("2");
            assertThat(ask(two, "SELECT count(*) FROM t")).isEqualTo("1");
            assertThat(prepared).hasValue(1);
        }
    }

    @Test
    void theOldestPromisedPostgresRunsUnderTheSameRules() throws SQLException {
        var cluster = Postgres15.shared();
        assumeTrue(cluster.isPresent(), "no PostgreSQL 15 on this machine");
        try (var database = cluster.orElseThrow().fresh()) {
            assertThat(ask(database, "SHOW server_version")).startsWith("15.");
            assertThat(ask(database, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(database, "SHOW data_checksums")).isEqualTo("on");
            assertThat(ask(database, "SELECT ('Z' < 'a')::text")).isEqualTo("true");
        }
    }

    private static void execute(TestDatabase database, String statement) throws SQLException {
        try (Connection connection = database.connect();
                var does = connection.createStatement()) {
            does.execute(statement);
        }
    }

    private static String ask(TestDatabase database, String question) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
