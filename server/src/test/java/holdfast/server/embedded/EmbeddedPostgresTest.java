package holdfast.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedPostgresTest {
    private static final Path CACHE = TestFolders.lasting();

    /** Whether another backend of ours has begun a query. */
    private static final String COUNTING =
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%'"
                    + " AND usename = current_user AND pid <> pg_backend_pid()";

    private final Path temporary = TestFolders.passing();
    private final ClusterFolder folder = new ClusterFolder(temporary.resolve("data"));

    /** Made once, copied for each test: initdb takes longer than everything these tests look at. */
    private static final class Made {
        static final ClusterFolder ONE = make();

        static ClusterFolder make() {
            var folder = new ClusterFolder(TestFolders.passing().resolve("data"));
            EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder.root()).withCache(CACHE))
                    .close();
            SafeFiles.deleteTree(folder.port());
            return folder;
        }
    }

    @BeforeEach
    void aClusterMadeAndStoppedBefore() {
        var copy = List.of("cp", "-a", Made.ONE.root().toString(), folder.root().toString());
        assertThat(new Command(copy, temporary).run(Duration.ofSeconds(60)).text())
                .isEmpty();
    }

    @AfterAll
    static void theMadeClusterIsDeleted() {
        SafeFiles.deleteTree(Made.ONE.root().resolveSibling(""));
    }

    @AfterEach
    void nothingKeepsRunning() {
        if (Files.isDirectory(folder.cluster())) {
            new ClusterProcesses(folder).running().forEach(pid -> ClusterProcesses.signal("KILL", pid));
        }
        SafeFiles.deleteTree(temporary);
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(
                EmbeddedPostgres.Settings.in(folder.root()).withCache(CACHE));
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private static String ask(EmbeddedPostgres postgres, String question) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void keep(EmbeddedPostgres postgres, int rows) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT generate_series(1, " + rows + ") AS n");
        }
    }

    private static String kept(EmbeddedPostgres postgres) throws SQLException {
        return ask(postgres, "SELECT count(*) FROM kept");
    }

    @Test
    void dataPortAndPasswordSurviveARestart() throws SQLException {
        SafeFiles.deleteTree(folder.root());
        String url;
        String password;
        try (var first = start()) {
            keep(first, 1000);
            url = first.jdbcUrl();
            password = first.password();
        }
        try (var second = start()) {
            assertThat(kept(second)).isEqualTo("1000");
            assertThat(second.jdbcUrl()).isEqualTo(url);
            assertThat(second.password()).isEqualTo(password);
        }
    }

    @Test
    void everyConnectionNeedsThePassword() throws Exception {
        try (var postgres = start()) {
            String url = postgres.jdbcUrl();
            assertThatThrownBy(() -> DriverManager.getConnection(url, "holdfast", "guessed"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(url, "holdfast", ""))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", postgres.password()))
                    .hasMessageContaining("no pg_hba.conf entry");
            assertThat(ask(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.password())))
                    .isEqualTo("rw-------");
            assertThat(RunAs.ownerOf(folder.password())).isEqualTo(RunAs.ownerOf(folder.lock()));
        }
    }

    @Test
    void commitsAreOnTheDiskAndPagesAreChecked() throws SQLException {
        try (var postgres = start()) {
            assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void theServerSpeaksUtcCodePointOrderAndLoopbackOnly() throws Exception {
        try (var postgres = start()) {
            // The driver sets each session's TimeZone to the JVM's; the logs keep the cluster's own.
            assertThat(ask(postgres, "SHOW log_timezone")).isEqualTo("UTC");
            assertThat(Files.readString(folder.configuration())).contains("\ntimezone = 'UTC'\n");
            assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres, "SHOW unix_socket_directories")).isEmpty();
            assertThat(ask(postgres, "SHOW max_connections")).isEqualTo("64");
            assertThat(ask(postgres, "SHOW jit")).isEqualTo("off");
            assertThat(ask(
                            postgres,
                            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'holdfast'"))
                    .isEqualTo("bC.UTF-8");
            assertThat(ask(postgres, "SELECT ('Z' < 'a')::text")).isEqualTo("true");
        }
    }

    @Test
    void thePackedProgramsAreTheReleaseTheFolderNames() {
        Programs programs = Binaries.unpackedIn(CACHE);
        var outcome = new Command(List.of(programs.postgres(), "--version"), CACHE).run(Duration.ofSeconds(20));
        assertThat(outcome.text()).isEqualTo("postgres (PostgreSQL) " + Binaries.RELEASE);
        assertThat(Binaries.RELEASE).startsWith(Binaries.MAJOR + ".");
    }

    @Test
    void programsAreUnpackedBesideTheDataAndOldOnesRemoved() throws IOException {
        Files.createDirectories(folder.root().resolve("bin-17.2/bin"));
        Files.createDirectories(folder.root().resolve("bin-18.6.unfinished-1/bin"));
        EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(folder.root())).close();
        assertThat(SafeFiles.list(folder.root()))
                .map(path -> path.getFileName().toString())
                .filteredOn(name -> name.startsWith("bin-"))
                .containsExactly("bin-" + Binaries.RELEASE);
    }

    @Test
    void itNeverRunsAsRoot() throws IOException {
        try (var postgres = start()) {
            String status = Files.readString(Path.of("/proc/" + postgres.pid() + "/status"));
            assertThat(status.lines().filter(line -> line.startsWith("Uid:")))
                    .singleElement()
                    .asString()
                    .doesNotContainPattern("\\s0(\\s|$)");
            assertThat(RunAs.ownerOf(folder.cluster())).isNotZero();
        }
    }

    @Test
    void aClosedParentIsNamedWithTheCommandThatOpensIt(@TempDir Path closed) {
        assumeTrue(RunAs.current(65534).dropped(), "only root steps down to another account");
        var settings = EmbeddedPostgres.Settings.in(closed.resolve("data")).withCache(CACHE);
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                .isInstanceOf(EmbeddedPostgresException.NoAccess.class)
                .hasMessageStartingWith(closed + ": ")
                .hasMessageContaining("chmod o+x " + closed);
    }

    @Test
    void aKilledDatabaseRecoversEveryRow() throws Exception {
        try (var first = start()) {
            keep(first, 5000);
            ClusterProcesses.signal("KILL", first.pid());
        }
        assertThat(folder.pidFile()).exists();
        try (var second = start()) {
            assertThat(kept(second)).isEqualTo("5000");
        }
    }

    @Test
    void aBackendThatOutlivesItsKilledDatabaseIsEnded() throws Exception {
        try (var first = start();
                Connection busy = connect(first);
                var statement = busy.createStatement()) {
            keep(first, 10);
            var query = CompletableFuture.runAsync(
                    () -> {
                        try {
                            statement.execute("SELECT count(*) FROM generate_series(1, 1000000000000)");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);
            while (ask(first, COUNTING).equals("f")) {
                Thread.onSpinWait();
            }
            ask(first, "SELECT pg_sleep(0.2)"); // the query counts by now, and a counting backend looks at nothing
            ClusterProcesses.signal("KILL", first.pid());
            first.close(); // also frees the data folder, as the end of the server would
            assertThat(new ClusterProcesses(folder).running()).isNotEmpty();
            try (var second = start()) {
                assertThat(kept(second)).isEqualTo("10");
            }
            assertThat(query).failsWithin(Duration.ofSeconds(60));
        }
    }

    @Test
    void aStalePidFileThatNamesALivingStrangerDoesNotStopTheStart() throws Exception {
        String stranger = Long.toString(ProcessHandle.current().pid());
        Files.writeString(folder.pidFile(), stranger + "\n" + folder.cluster() + "\n1\n1\n\n127.0.0.1\n1 1\nready\n");
        try (var second = start()) {
            assertThat(ask(second, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void theOrphanOfAKilledServerIsStoppedAndReplaced() throws Exception {
        long orphan;
        try (var owner = OwnerProcess.of(folder.root(), CACHE)) {
            orphan = Long.parseLong(owner.says());
            owner.kill();
        }
        ProcessHandle handle = ProcessHandle.of(orphan).orElseThrow();
        assertThat(new ClusterProcesses(folder).running()).contains(orphan);
        try (var second = start()) {
            assertThat(second.pid()).isNotEqualTo(orphan);
            assertThat(new ClusterProcesses(folder).running()).doesNotContain(orphan);
            handle.onExit().get(30, TimeUnit.SECONDS);
            assertThat(ask(second, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondServerOnTheSameFolderIsRefused() throws Exception {
        try (var first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(EmbeddedPostgresException.InUse.class)
                    .hasMessageContaining("already uses this data folder (this same process)");
            try (var second = OwnerProcess.of(folder.root(), CACHE)) {
                assertThat(second.says())
                        .contains("already uses this data folder (process "
                                + ProcessHandle.current().pid())
                        .contains("Stop that server first");
            }
            assertThat(ask(first, "SELECT 1")).isEqualTo("1");
        }
        start().close();
    }

    @Test
    void aForeignVersionIsRefusedWithTheWayOut() throws Exception {
        Files.writeString(folder.versionFile(), "15\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.ForeignVersion.class)
                .hasMessageContaining("cluster of PostgreSQL 15, this server runs PostgreSQL 18")
                .hasMessageContaining("holdfast rebuild --from SEGMENTS")
                .hasMessageContaining("--database-url");
        Files.writeString(folder.versionFile(), "18\n");
        start().close();
    }

    @Test
    void aHalfMadeClusterIsMadeAgain() throws Exception {
        SafeFiles.deleteTree(folder.root());
        Path half = folder.root().resolve("cluster" + ClusterFolder.UNFINISHED + "1");
        Files.createDirectories(half.resolve("base"));
        Files.writeString(half.resolve("PG_VERSION"), "18\n");
        try (var postgres = start()) {
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(half).doesNotExist();
        }
    }

    @Test
    void aClusterWithoutItsVersionIsLeftAlone() throws Exception {
        Files.delete(folder.versionFile());
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.Damaged.class)
                .hasMessageContaining("Restore it from a backup");
    }

    @Test
    void aLostPasswordFileIsMadeAnew() throws Exception {
        String old;
        try (var first = start()) {
            keep(first, 3);
            old = first.password();
        }
        Files.delete(folder.password());
        try (var second = start()) {
            assertThat(second.password()).isNotEqualTo(old);
            assertThat(kept(second)).isEqualTo("3");
        }
    }

    @Test
    void aWrongPasswordFileIsToldWithItsRemedy() throws Exception {
        Files.writeString(folder.password(), "wrong\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.Failed.class)
                .hasMessageContaining("Delete " + folder.password());
        assertThat(new ClusterProcesses(folder).running()).isEmpty();
    }

    @Test
    void aPortTakenBySomebodyElseIsReplaced() throws Exception {
        start().close();
        int port = Integer.parseInt(Files.readString(folder.port()).strip());
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var second = start()) {
            assertThat(second.jdbcUrl()).doesNotContain(":" + taken.getLocalPort() + "/");
            assertThat(ask(second, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aWrongSettingOfTheOperatorIsShownInTheLogsWords() throws Exception {
        Files.writeString(folder.extraConfiguration(), "no_such_setting = 1\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.Failed.class)
                .hasMessageContaining("no_such_setting");
    }
}
