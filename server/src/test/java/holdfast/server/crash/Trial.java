package holdfast.server.crash;

import com.zaxxer.hikari.HikariDataSource;
import holdfast.server.config.OpenHouse;
import holdfast.server.config.Ports;
import holdfast.server.embedded.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;

/** One kill: a child lives up to a failpoint and is killed there; the house is started again on what is left. */
final class Trial {
    /** Longer than the scenario lets pass and any lease lasts, so that a killed node's leases have ended. */
    private static final Duration LATER = Duration.ofDays(20);

    private Trial() {}

    /** What came of it; nothing broken is what must come. */
    record Result(Failpoints.Chosen point, Child.Heard heard, List<String> broken) {}

    static Result at(Failpoints.Chosen point, Archive archive, Path folder) throws Exception {
        try (TestDatabase database = migrated()) {
            String url = address(database);
            Child.Heard heard = Child.run(archive, folder, url, point);
            List<String> broken = new ArrayList<>();
            if (!heard.killed && !heard.done) {
                broken.add("the child failed by itself: " + heard.rest);
            } else {
                broken.addAll(recover(folder, url, heard));
            }
            return new Result(point, heard, broken);
        }
    }

    static List<String> recover(Path folder, String url, Child.Heard heard) throws Exception {
        Ports real = Ports.open();
        AtomicReference<Duration> ahead = new AtomicReference<>(LATER);
        Ports later = new Ports(
                real.disk(),
                real.database(),
                clock -> () -> clock.now().plus(ahead.get()),
                real.drivers(),
                real.journal());
        Scenario scenario = new Scenario(folder, url, later, ahead, Says.nothing());
        List<String> broken = new ArrayList<>();
        try (OpenHouse house = scenario.open()) {
            Invariants rested = new Invariants(house, folder);
            rested.nothingAcknowledgedIsLost(heard);
            house.rest();
            house.keepJournal();
            rested.theFoldGivesTheRows();
            rested.nothingCountsWithoutBytes();
            scenario.finish(house);
            rested.theFoldGivesTheRows();
            rested.nothingCountsWithoutBytes();
            rested.theWorkIsDone();
            rested.onlyTheSurplusIsReleased();
            rested.noHoldBegan();
            rested.nothingAcknowledgedIsLost(heard);
            broken.addAll(rested.broken());
            broken.addAll(new Explained(house, folder.resolve("data")).unexplained());
        } catch (Exception | AssertionError e) {
            broken.add("the house did not come up again: " + e);
            e.printStackTrace();
        }
        return broken;
    }

    /** A database with the house's tables; the children need not make them. */
    static TestDatabase migrated() {
        return TestDatabase.fresh("crash", fresh -> {
            try (HikariDataSource source = new HikariDataSource()) {
                source.setJdbcUrl(address(fresh));
                Flyway.configure().dataSource(source).load().migrate();
            }
        });
    }

    static String address(TestDatabase database) {
        if (database.user().isEmpty()) {
            return database.jdbcUrl();
        }
        String more = database.jdbcUrl().contains("?") ? "&" : "?";
        return database.jdbcUrl() + more + "user=" + database.user() + "&password=" + database.password();
    }
}
