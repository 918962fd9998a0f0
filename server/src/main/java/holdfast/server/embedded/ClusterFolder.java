package holdfast.server.embedded;

import java.nio.file.Path;

/**
 * Where everything lies in the data folder. Only {@link #cluster} and {@link #logs} belong to the account that runs
 * PostgreSQL; what tells PostgreSQL how to behave belongs to the server's account, so that the database cannot loosen
 * its own rules.
 *
 * @param root the data folder, absolute
 */
record ClusterFolder(Path root) {
    static final String UNFINISHED = ".unfinished-";

    Path cluster() {
        return root.resolve("cluster");
    }

    Path versionFile() {
        return cluster().resolve("PG_VERSION");
    }

    Path pidFile() {
        return cluster().resolve("postmaster.pid");
    }

    Path logs() {
        return root.resolve("log");
    }

    Path startLog() {
        return root.resolve("postgres-start.log");
    }

    Path configuration() {
        return root.resolve("postgresql.conf");
    }

    /** Settings of the operator; read last, never written by us. */
    Path extraConfiguration() {
        return root.resolve("postgresql.extra.conf");
    }

    Path clientRules() {
        return root.resolve("pg_hba.conf");
    }

    Path password() {
        return root.resolve("database.password");
    }

    Path port() {
        return root.resolve("database.port");
    }

    Path lock() {
        return root.resolve("database.lock");
    }
}
