package holdfast.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One PostgreSQL 15 of the system, run by tests as an operator would run it: no launcher of ours, settings by the test,
 * every connection trusted on the loopback. It may be killed as if its machine had lost power.
 */
public final class PlainCluster implements AutoCloseable {
    static final String OWNER = "postgres";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Programs programs;
    private final RunAs account;
    private final Path data;
    private final int port;
    private volatile Process process;

    private PlainCluster(Programs programs, RunAs account, Path data, int port) {
        this.programs = programs;
        this.account = account;
        this.data = data;
        this.port = port;
    }

    /** A new cluster, not started yet, in a folder that the account may write. */
    static PlainCluster create(Programs programs, Path parent, String name) {
        PlainCluster cluster = at(programs, parent, name);
        cluster.run(
                programs.initdb(),
                "-D",
                cluster.data.toString(),
                "-U",
                OWNER,
                "-A",
                "trust",
                "-k",
                "--no-sync",
                "--locale=C.UTF-8",
                "--encoding=UTF8");
        cluster.configure("listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "port = " + cluster.port);
        return cluster;
    }

    /** A cluster whose folder is made by others: a copy, a restore. */
    static PlainCluster at(Programs programs, Path parent, String name) {
        RunAs account = RunAs.current(65534);
        try {
            if (account.dropped()) {
                Files.setAttribute(parent, "unix:uid", account.uid());
            }
            int port = LoopbackPort.choose(Files.createTempFile("holdfast-port-", ""));
            return new PlainCluster(programs, account, parent.resolve(name), port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void configure(String... lines) {
        try {
            Files.writeString(
                    data.resolve("postgresql.conf"), String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the server and waits until it answers. */
    void start() {
        List<String> words = account.words(List.of(programs.postgres(), "-D", data.toString()));
        Path log = data.resolveSibling(data.getFileName() + ".log");
        try {
            process = new Command(words, data.getParent())
                    .builder()
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            run(programs.bin().resolve("pg_isready").toString(), "-h", "127.0.0.1", "-p", "" + port, "-t", "30");
            awaitAnswer(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswer(Path log) throws IOException {
        long end = System.nanoTime() + LONG.toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url("postgres"))) {
                connection.isValid(5);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IllegalStateException(Files.readString(log), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Ends every process of the cluster at once, as a power cut does. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What an operator does who knows that the server is dead: its mark says it runs. */
    void removeMark() {
        try {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs one of PostgreSQL's programs as the account of the cluster. */
    String run(String... words) {
        Command.Outcome outcome = new Command(account.words(List.of(words)), data.getParent()).run(LONG);
        // pg_isready answers 1 and 2 while a server starts.
        if (!outcome.succeeded() && !words[0].endsWith("pg_isready")) {
            throw new IllegalStateException(String.join(" ", words) + ": " + outcome.text());
        }
        return outcome.text();
    }

    void execute(String statement) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                var does = connection.createStatement()) {
            does.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement + ": " + e.getMessage(), e);
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + OWNER;
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    Programs programs() {
        return programs;
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
