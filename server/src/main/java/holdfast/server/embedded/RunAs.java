package holdfast.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account PostgreSQL runs as: our own, or, when we are root, one without any rights. PostgreSQL itself refuses to
 * run as root.
 *
 * @param uid the number of the account that runs PostgreSQL
 * @param dropped true when we are root and step down to {@code uid}
 */
record RunAs(int uid, boolean dropped) {
    private static final Duration SHORT = Duration.ofSeconds(20);

    /** @param whenRoot the account to use, as user and as group, when this process is root */
    static RunAs current(int whenRoot) {
        int own = ownUid();
        return own == 0 ? new RunAs(whenRoot, true) : new RunAs(own, false);
    }

    List<String> words(List<String> program) {
        if (!dropped) {
            return program;
        }
        var words = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"));
        words.addAll(program);
        return words;
    }

    /**
     * Refuses when the account cannot enter the folder, naming the first parent that bars the way.
     *
     * @throws EmbeddedPostgresException.NoAccess with the parent and the command that opens it
     */
    void requireEntry(Path folder) {
        Command.Outcome whole = enter(folder);
        if (whole.succeeded()) {
            return;
        }
        for (Path at = folder.getRoot(); at != null && !at.equals(folder); at = next(at, folder)) {
            if (!enter(at).succeeded()) {
                throw barred(at);
            }
        }
        throw dropped && !whole.text().contains("cd:")
                ? new EmbeddedPostgresException.NoAccess(
                        folder,
                        "PostgreSQL must not run as root, and setpriv could not step down to uid " + uid + ": "
                                + whole.text(),
                        "Start the server as an ordinary user, or install util-linux, which has setpriv")
                : barred(folder);
    }

    private static Path next(Path at, Path folder) {
        return folder.getRoot().resolve(folder.subpath(0, at.getNameCount() + 1));
    }

    private Command.Outcome enter(Path folder) {
        var script = List.of("/bin/sh", "-c", "cd \"$1\"", "enter", folder.toString());
        return new Command(words(script), Path.of("/")).run(SHORT);
    }

    private EmbeddedPostgresException.NoAccess barred(Path folder) {
        return new EmbeddedPostgresException.NoAccess(
                folder,
                "PostgreSQL runs as uid " + uid + " (never as root), and that account may not enter this folder",
                "Run chmod o+x " + folder + ", or choose a data folder elsewhere, for example under /var/lib");
    }

    /**
     * Only root can hand a folder over; anybody else must own it already.
     *
     * @throws EmbeddedPostgresException.NoAccess with both accounts and the command that hands it over
     */
    void requireOwnership(Path folder) {
        if (!dropped && ownerOf(folder) != uid) {
            throw new EmbeddedPostgresException.NoAccess(
                    folder,
                    "the folder belongs to uid " + ownerOf(folder) + ", the server runs as uid " + uid,
                    "Start the server as the account that made it, or stop it and run chown -R " + uid + " "
                            + folder.resolveSibling("") + " as root");
        }
    }

    /** Gives a folder and all in it to the account, the folder itself last, so that an interrupted change is resumed. */
    void own(Path folder) {
        requireOwnership(folder);
        try {
            if (ownerOf(folder) != uid) {
                Files.walkFileTree(folder, new ChangeOwner(uid));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + folder + " to uid " + uid + ": " + e.getMessage(), e);
        }
    }

    static int ownerOf(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see who owns " + path + ": " + e.getMessage(), e);
        }
    }

    private static int ownUid() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.parseInt(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new EmbeddedPostgresException.Unsupported(
                    Path.of("/proc/self/status"), "the embedded PostgreSQL needs Linux with /proc", e);
        }
    }

    private static final class ChangeOwner extends SimpleFileVisitor<Path> {
        private final int uid;

        ChangeOwner(int uid) {
            this.uid = uid;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            return visitFile(folder, Files.readAttributes(folder, BasicFileAttributes.class));
        }
    }
}
