package holdfast.server.embedded;

import java.nio.file.Path;

/**
 * The programs of one PostgreSQL.
 *
 * @param bin the folder with {@code initdb} and {@code postgres}
 * @param major the major version, as it stands in PG_VERSION
 */
record Programs(Path bin, String major) {
    String initdb() {
        return bin.resolve("initdb").toString();
    }

    String postgres() {
        return bin.resolve("postgres").toString();
    }
}
