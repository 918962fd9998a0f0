package holdfast.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.RecallBook.Asked;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class RecallTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final StorageName TAPE = new StorageName("CELLAR-TAPE");
    private static final Asked A = new Asked(TAPE, new StoragePath("raw/a"));
    private static final Asked B = new Asked(TAPE, new StoragePath("raw/b"));

    private final TestDatabase home = TestDatabase.migrated();
    private final RecallTable table = table();

    private RecallTable table() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(home.jdbcUrl());
        if (!home.user().isEmpty()) {
            source.setUser(home.user());
            source.setPassword(home.password());
        }
        Database database = new Database(source);
        return new RecallTable(database, new Words(database), Duration.ofMinutes(2), Duration.ofHours(24));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void whatANodeHoldsNoMoreIsTakenOverByOneOther() {
        table.asked(A, NOW);
        table.asked(B, NOW);
        table.holds(TAPE, List.of(B.path()), NOW.plusSeconds(60));

        assertThat(table.takeOver(NOW.plusSeconds(119), 10)).isEmpty();
        assertThat(table.takeOver(NOW.plusSeconds(120), 10)).containsExactly(A);
        assertThat(table.takeOver(NOW.plusSeconds(121), 10)).isEmpty();
        assertThat(table.takeOver(NOW.plusSeconds(180), 10)).containsExactly(B);
    }

    @Test
    void whatCameIsForgotten() {
        table.asked(A, NOW);
        table.settled(TAPE, List.of(A.path(), B.path()));
        assertThat(table.takeOver(NOW.plusSeconds(3600), 10)).isEmpty();
    }

    @Test
    void whatNobodyAskedForInADayIsForgotten() {
        table.asked(A, NOW);
        table.asked(B, NOW);
        table.asked(B, NOW.plusSeconds(60));
        assertThat(table.takeOver(NOW.plus(Duration.ofHours(24)), 10)).containsExactly(B);
    }
}
