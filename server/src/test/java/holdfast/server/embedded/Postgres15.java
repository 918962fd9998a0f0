package holdfast.server.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's PostgreSQL 15, the oldest that Holdfast promises to work on: started for tests by the same launcher, under
 * the same rules, in a temporary folder. The environment's {@code HOLDFAST_POSTGRES15_BIN} names its programs' folder where
 * it is not in one of the usual places.
 */
public final class Postgres15 {
    private static final List<String> USUAL = List.of(
            "/usr/lib/postgresql/15/bin",
            "/usr/pgsql-15/bin",
            "/usr/local/pgsql-15/bin",
            "/usr/lib/postgresql15/bin",
            "/opt/postgresql-15/bin");

    private Postgres15() {}

    private static final class Shared {
        static final Optional<TestCluster> ONE = programs().map(Postgres15::start);
    }

    /** Started once in this JVM and stopped at its end; empty where no PostgreSQL 15 is installed. */
    public static Optional<TestCluster> shared() {
        return Shared.ONE;
    }

    static Optional<Programs> programs() {
        Stream<String> named = Stream.of(System.getenv().getOrDefault("HOLDFAST_POSTGRES15_BIN", ""))
                .filter(name -> !name.isEmpty());
        return Stream.concat(named, USUAL.stream())
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst()
                .map(bin -> new Programs(bin, "15"));
    }

    private static TestCluster start(Programs programs) {
        var folder = new ClusterFolder(TestFolders.passing());
        var settings = EmbeddedPostgres.Settings.in(folder.root());
        RunAs account = RunAs.current(settings.accountWhenRoot());
        var locale = List.of("--locale-provider=libc", "--locale=C.UTF-8");
        Startup.Running running = new Startup(folder, programs, account, settings, locale).run();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.postmaster().stop();
            SafeFiles.deleteTree(folder.root());
        }));
        return new TestCluster(running.jdbcUrl(), EmbeddedPostgres.NAME, running.password());
    }
}
