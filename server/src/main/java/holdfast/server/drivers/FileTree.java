package holdfast.server.drivers;

import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Files below a root, found by their storage path. No symbolic link is followed, neither at the end nor on the way. */
final class FileTree {
    private final Path root;
    private final Disk disk;

    FileTree(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** How the bytes of a file are read. */
    interface Reader {
        InputStream read(Path file) throws IOException;
    }

    Path root() {
        return root;
    }

    /** Whether a path is kept for the driver's own files, so that nothing of the element can lie there. */
    static boolean isReserved(StoragePath path) {
        return path.path().startsWith(MarkText.HIDDEN);
    }

    /** The place of a path, whether or not something stands there. */
    Path place(StoragePath path) throws IOException {
        try {
            return root.resolve(path.path());
        } catch (InvalidPathException e) {
            throw new IOException(
                    "the name '%s' cannot be written in this process's character set: start it with LC_ALL=C.UTF-8"
                            .formatted(path),
                    e);
        }
    }

    /**
     * What stands at a path; it may be a folder or a link.
     *
     * @throws NoSuchFileException when nothing does
     * @throws IOException when that cannot be told, as behind a link or without permission
     */
    BasicFileAttributes attributes(StoragePath path) throws IOException {
        Path place = place(path);
        if (isReserved(path)) {
            throw new NoSuchFileException(path.path(), null, "kept for the driver's own files");
        }
        for (int slash = path.path().indexOf('/');
                slash >= 0;
                slash = path.path().indexOf('/', slash + 1)) {
            Path folder = root.resolve(path.path().substring(0, slash));
            BasicFileAttributes found = attributes(folder);
            if (found.isSymbolicLink()) {
                throw new FileSystemException(folder.toString(), null, "a symbolic link on the way, not followed");
            }
            if (!found.isDirectory()) {
                throw new NoSuchFileException(folder.toString(), null, "a file on the way");
            }
        }
        return attributes(place);
    }

    /** The bytes at a path. Only a plain file is opened: a pipe would wait for ever, a link would lead away. */
    InputStream open(StoragePath path, Reader reader) throws IOException {
        BasicFileAttributes found = attributes(path);
        if (!found.isRegularFile()) {
            throw new FileSystemException(path.path(), null, "is " + kind(found) + ", not a file");
        }
        return reader.read(place(path));
    }

    /**
     * Makes the folders above a path, without syncing them.
     *
     * @return the folders that were made by this call
     */
    List<Path> makeFolders(StoragePath path) throws IOException {
        List<Path> made = new ArrayList<>();
        for (int slash = path.path().indexOf('/');
                slash >= 0;
                slash = path.path().indexOf('/', slash + 1)) {
            Path folder = root.resolve(path.path().substring(0, slash));
            if (!isFolder(folder)) {
                makeFolder(folder);
                made.add(folder);
            }
        }
        return made;
    }

    void remove(StoragePath path) throws IOException {
        disk.delete(place(path));
        disk.syncFolder(above(place(path)));
    }

    /** Makes durable that nothing stands at a path: a name that was taken away without a sync could come back. */
    void settleAbsence(StoragePath path) throws IOException {
        if (Files.isDirectory(above(place(path)), LinkOption.NOFOLLOW_LINKS)) {
            disk.syncFolder(above(place(path)));
        }
    }

    /** The folder of a place below a root. */
    static Path above(Path place) {
        return Objects.requireNonNull(place.getParent(), "a place below a root");
    }

    static String kind(BasicFileAttributes found) {
        if (found.isDirectory()) {
            return "a folder";
        }
        return found.isSymbolicLink() ? "a symbolic link" : "a special file";
    }

    static BasicFileAttributes attributes(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path folder) throws IOException {
        try {
            BasicFileAttributes found = attributes(folder);
            if (!found.isDirectory()) {
                throw new FileSystemException(
                        folder.toString(),
                        null,
                        found.isRegularFile() ? "a file on the way" : kind(found) + " on the way");
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void makeFolder(Path folder) throws IOException {
        try {
            disk.makeFolder(folder);
        } catch (FileAlreadyExistsException e) {
            // Another writer was faster; whether it is a folder shows when the next name is made in it.
            isFolder(folder);
        }
    }
}
