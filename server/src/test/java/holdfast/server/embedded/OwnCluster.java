package holdfast.server.embedded;

import java.nio.file.Path;

/** A PostgreSQL of one test alone, to be killed by it and started again. */
public final class OwnCluster implements AutoCloseable {
    private final Path folder = TestFolders.passing();
    private EmbeddedPostgres running = start();

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(
                EmbeddedPostgres.Settings.in(folder.resolve("database")).withCache(TestFolders.lasting()));
    }

    /** With user and password in it. */
    public String jdbcUrl() {
        String url = running.jdbcUrl();
        return "%s%suser=%s&password=%s"
                .formatted(url, url.contains("?") ? "&" : "?", running.user(), running.password());
    }

    /** SIGKILL to the server, as the system would when memory runs out. */
    public void kill() {
        ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Starts it again on what the killed one left. */
    public void startAgain() {
        running.close();
        running = start();
    }

    @Override
    public void close() {
        running.close();
        SafeFiles.deleteTree(folder);
    }
}
