package holdfast.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.config.Ports;
import holdfast.server.embedded.OwnCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the embedded PostgreSQL with SIGKILL while a house works on it, starts it and the house again, and looks. */
class PostgresKillTest {
    private static final int COMMITS = 200;
    private static final int EACH = Integer.getInteger("holdfast.crash.postgres", 1);
    private static final List<String> POINTS = List.of(
            Port.before("Connection.commit()"),
            Port.after("Connection.commit()"),
            Port.before("Statement.executeUpdate()"),
            Port.before("ElementDriver.writeAll(List)"));

    @TempDir
    Path folder;

    @Test
    void aKilledDatabaseKeepsWhatItAcknowledged() throws Exception {
        long began = System.nanoTime();
        Random random = new Random(1);
        List<String> broken = new ArrayList<>();
        int kills = 0;
        int acknowledged = 0;
        for (String point : POINTS) {
            for (int i = 0; i < EACH; i++) {
                int passing = 1 + random.nextInt(point.contains("writeAll") ? 8 : COMMITS);
                Child.Heard heard = new Child.Heard();
                try (OwnCluster cluster = new OwnCluster()) {
                    Path place = Files.createTempDirectory(folder, "house");
                    live(place, cluster, new Failpoints.Chosen(point, passing), heard);
                    cluster.startAgain();
                    Trial.recover(place, cluster.jdbcUrl(), heard)
                            .forEach(b -> broken.add(point + "#" + passing + ": " + b));
                }
                kills += heard.killed ? 1 : 0;
                acknowledged += heard.acknowledged();
            }
        }
        System.out.printf(
                "postgres: killed %d times, %d acknowledgements kept; %d s%n",
                kills, acknowledged, (System.nanoTime() - began) / 1_000_000_000);
        assertThat(broken).isEmpty();
        assertThat(kills).isEqualTo(POINTS.size() * EACH);
    }

    private static void live(Path place, OwnCluster cluster, Failpoints.Chosen point, Child.Heard heard) {
        Says says = new Says(heard::take);
        Failpoints points = new Failpoints(
                point,
                () -> {
                    cluster.kill();
                    heard.killed = true;
                },
                () -> {});
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        Ports ports = new Crashing(points, says).ports(ahead);
        try {
            new Scenario(place, cluster.jdbcUrl(), ports, ahead, says).live();
        } catch (Exception e) {
            // The database is gone, and the work cannot go on: that is what is tried.
            heard.rest.add(String.valueOf(e.getMessage()));
        }
    }
}
