package holdfast.server.embedded;

import java.nio.file.Path;

/** What PostgreSQL is told at every start. Written anew each time, so that nobody's edit outlives a restart unseen. */
final class Configuration {
    private Configuration() {}

    static void write(ClusterFolder folder, EmbeddedPostgres.Settings settings, int port) {
        SafeFiles.write(folder.configuration(), text(folder, settings, port), "rw-r--r--");
        SafeFiles.write(folder.clientRules(), clientRules(), "rw-r--r--");
    }

    /** One role may connect, from this machine, with its password. The superuser has no password and no way in. */
    private static String clientRules() {
        return """
                # Written by Holdfast at every start.
                # TYPE  DATABASE  USER      ADDRESS       METHOD
                host    all       %s  127.0.0.1/32  scram-sha-256
                """.formatted(EmbeddedPostgres.NAME);
    }

    private static String text(ClusterFolder folder, EmbeddedPostgres.Settings settings, int port) {
        return """
                # Written by Holdfast at every start. Your own settings go to %s
                data_directory = %s
                hba_file = %s
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = %d
                shared_buffers = '%dMB'
                huge_pages = off
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                # The packed binaries know pglz only.
                wal_compression = on
                jit = off
                idle_in_transaction_session_timeout = '%ds'
                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                # One file for each day of the week, so that the logs never hold more than seven days.
                logging_collector = on
                log_directory = %s
                log_filename = 'postgres-%%a.log'
                log_truncate_on_rotation = on
                log_rotation_age = '1d'
                log_rotation_size = 0
                log_file_mode = 0600
                log_checkpoints = off
                cluster_name = 'holdfast'
                include_if_exists = %s
                """.formatted(
                        folder.extraConfiguration().getFileName(),
                        quoted(folder.cluster()),
                        quoted(folder.clientRules()),
                        port,
                        settings.sizes().maxConnections(),
                        settings.sizes().sharedBuffersMebibytes(),
                        settings.limits().idleInTransaction().toSeconds(),
                        quoted(folder.logs()),
                        quoted(folder.extraConfiguration()));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
