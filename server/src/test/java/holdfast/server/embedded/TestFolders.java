package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders of tests that the account of PostgreSQL may enter, also when the tests run as root. */
final class TestFolders {
    private TestFolders() {}

    /** The build's own folder, or, where that is closed to others (a home of root), one in the system's temporary folder. */
    static Path lasting() {
        RunAs account = RunAs.current(65534);
        try {
            Path target = Files.createDirectories(Path.of("target", "embedded").toAbsolutePath());
            account.requireEntry(target);
            return target;
        } catch (EmbeddedPostgresException.NoAccess e) {
            return opened(Path.of(System.getProperty("java.io.tmpdir"), "holdfast-tests-" + account.uid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new empty folder; the caller deletes it. */
    static Path passing() {
        try {
            return opened(Files.createTempDirectory("holdfast-embedded-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path opened(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
