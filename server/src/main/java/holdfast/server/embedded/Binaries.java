package holdfast.server.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL that is packed with the server, unpacked once. A folder with the final name is always whole: it is
 * filled under another name, forced to the disk, and renamed.
 */
final class Binaries {
    /** The release in the jar; a test asks the programs themselves whether this is true. */
    static final String RELEASE = "18.6";

    static final String MAJOR = "18";
    private static final String FOLDER = "bin-";

    private Binaries() {}

    /** The programs in {@code cache/bin-RELEASE}, unpacked there first when they are not there yet. */
    static Programs unpackedIn(Path cache) {
        Path folder = cache.resolve(FOLDER + RELEASE);
        if (!Files.isDirectory(folder)) {
            unpackBeside(folder);
        }
        return new Programs(folder.resolve("bin"), MAJOR);
    }

    /** Deletes what an interrupted unpacking, or an older release, left in the data folder. */
    static void removeOthers(Path cache) {
        for (Path entry : SafeFiles.list(cache)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(FOLDER) && !name.equals(FOLDER + RELEASE)) {
                SafeFiles.deleteTree(entry);
            }
        }
    }

    private static void unpackBeside(Path folder) {
        try {
            Files.createDirectories(folder.resolveSibling(""));
            Path unfinished = Files.createTempDirectory(
                    folder.resolveSibling(""), folder.getFileName() + ClusterFolder.UNFINISHED);
            try (InputStream packed = archive(folder)) {
                unpack(packed, unfinished);
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            place(unfinished, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void place(Path unfinished, Path folder) throws IOException {
        try {
            SafeFiles.moveIntoPlace(unfinished, folder);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            SafeFiles.deleteTree(unfinished); // another process sharing this cache was faster
        }
    }

    private static InputStream archive(Path folder) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
        String name = "/postgres-" + system + "-" + machine + ".txz";
        @Nullable InputStream packed = Binaries.class.getResourceAsStream(name);
        if (packed == null) {
            throw new EmbeddedPostgresException.Unsupported(
                    folder, "no PostgreSQL is packed with this server for " + system + " on " + machine, null);
        }
        return packed;
    }

    private static void unpack(InputStream packed, Path into) throws IOException {
        List<Path> written = new ArrayList<>();
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                written.add(one(entry, tar, into));
            }
        }
        for (Path path : written) {
            if (!Files.isSymbolicLink(path)) {
                SafeFiles.force(path);
            }
        }
    }

    private static Path one(TarArchiveEntry entry, InputStream bytes, Path into) throws IOException {
        Path path = inside(entry.getName(), into);
        Files.createDirectories(path.getParent());
        if (entry.isDirectory()) {
            SafeFiles.folder(path, "rwxr-xr-x");
        } else if (entry.isSymbolicLink()) {
            inside(into.relativize(path.resolveSibling(entry.getLinkName())).toString(), into);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(bytes, path);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        } else {
            throw new IOException("unexpected kind of entry in the archive: " + entry.getName());
        }
        return path;
    }

    private static Path inside(String name, Path into) throws IOException {
        Path path = into.resolve(name).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("an entry of the archive leads out of its folder: " + name);
        }
        return path;
    }
}
