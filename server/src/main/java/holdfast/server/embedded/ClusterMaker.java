package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the cluster when there is none. It is built complete, with role and database, under another name and then
 * renamed: a folder called {@code cluster} is never half made, whenever the power fails.
 *
 * @param locale the arguments by which this release's initdb sorts text by code point
 */
record ClusterMaker(ClusterFolder folder, Programs programs, RunAs account, List<String> locale) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** PostgreSQL 17 and newer: no dependence on the C library's idea of order. */
    static final List<String> BUILTIN_LOCALE =
            List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");

    /** Makes what is missing and returns the password of the role. */
    String complete() {
        removeUnfinished();
        @Nullable String password = SafeFiles.textOrNull(folder.password());
        boolean lost = password == null || password.isEmpty();
        String current = password == null || lost ? newPassword() : kept(password);
        if (!Files.isDirectory(folder.cluster())) {
            make(current);
        } else if (lost) {
            // A single-user server, to which nobody can connect, gives the role its new password.
            alone(folder.cluster(), List.of("ALTER ROLE %s PASSWORD '%s'".formatted(EmbeddedPostgres.NAME, current)));
        }
        return current;
    }

    /** Whoever opened the file to others since: closed again. */
    private String kept(String password) {
        try {
            Files.setPosixFilePermissions(folder.password(), PosixFilePermissions.fromString("rw-------"));
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + folder.password() + ": " + e.getMessage(), e);
        }
    }

    private String newPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        SafeFiles.write(folder.password(), password + "\n", "rw-------");
        return password;
    }

    private void removeUnfinished() {
        for (Path entry : SafeFiles.list(folder.root())) {
            if (entry.getFileName().toString().startsWith("cluster" + ClusterFolder.UNFINISHED)) {
                SafeFiles.deleteTree(entry);
            }
        }
    }

    private void make(String password) {
        try {
            Path unfinished = Files.createTempDirectory(
                    folder.root(),
                    "cluster" + ClusterFolder.UNFINISHED,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            account.own(unfinished);
            initdb(unfinished);
            alone(unfinished, roleAndDatabase(password));
            SafeFiles.moveIntoPlace(unfinished, folder.cluster());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder.cluster() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> roleAndDatabase(String password) {
        String name = EmbeddedPostgres.NAME;
        return List.of(
                "CREATE ROLE %s LOGIN CREATEDB PASSWORD '%s'".formatted(name, password),
                "GRANT pg_monitor TO " + name,
                "CREATE DATABASE %s OWNER %s".formatted(name, name));
    }

    private void initdb(Path cluster) {
        var words = new ArrayList<>(List.of(programs.initdb(), "-D", cluster.toString(), "-U", "postgres"));
        words.addAll(List.of("--encoding=UTF8", "--data-checksums"));
        words.addAll(List.of("--auth-local=reject", "--auth-host=reject"));
        words.addAll(locale);
        Command.Outcome outcome = new Command(account.words(words), folder.root()).run(LIMIT);
        if (!outcome.succeeded()) {
            throw failed("initdb failed: " + outcome.text());
        }
    }

    /** Runs statements, one a line, in a server without network. It ends with 0 even after an error: read its words. */
    private void alone(Path cluster, List<String> statements) {
        var words = List.of(
                programs.postgres(),
                "--single",
                "-D",
                cluster.toString(),
                "-c",
                "log_min_error_statement=panic", // a failing statement would print the password
                "postgres");
        Command.Outcome outcome =
                new Command(account.words(words), folder.root()).run(LIMIT, String.join("\n", statements) + "\n");
        if (!outcome.succeeded() || outcome.text().matches("(?s).*(ERROR|FATAL|PANIC): .*")) {
            throw failed("the single-user server failed: " + outcome.text());
        }
    }

    private EmbeddedPostgresException.Failed failed(String what) {
        String remedy = what.contains("user does not exist")
                ? "Give uid " + account.uid() + " a line in /etc/passwd: PostgreSQL asks for its own name"
                : "Look for a full disk, a file system mounted noexec or missing system libraries, then start again:"
                        + " nothing half made is kept";
        return new EmbeddedPostgresException.Failed(folder.root(), what, remedy);
    }
}
