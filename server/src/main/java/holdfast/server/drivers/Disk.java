package holdfast.server.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The port to a filesystem: every call that changes it or reads the bytes of a file. Nothing else that the server keeps
 * on a disk of its own is written past it, so that tests can let each call fail, stop the process at each, or forget what
 * was not synced.
 */
public class Disk {
    /** A new file, to be written; fails when something stands there. */
    public FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A new file that only its owner may read; fails when something stands there. */
    public FileChannel createSecret(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** A file to be written at its end, made when it is not there. */
    public FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    public int write(FileChannel file, ByteBuffer bytes) throws IOException {
        return file.write(bytes);
    }

    /** Cuts a file to a length. */
    public void cut(FileChannel file, long length) throws IOException {
        file.truncate(length);
    }

    /** Waits until the bytes of a file and its length are on the medium. */
    public void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    /** Gives a file a second name, in one step, and only if the name is free. */
    public void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    /** Gives a file another name, in one step; what had the name before is replaced. */
    public void replace(Path file, Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a folder in one that is there; fails when something stands there. */
    public void makeFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    /** Waits until the names in a folder are on the medium. */
    public void syncFolder(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** The bytes of a file; a symbolic link at the path is not followed. */
    public InputStream read(Path file) throws IOException {
        return Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * The same past this machine's page cache.
     *
     * @throws UnsupportedOperationException when this system cannot
     */
    public InputStream readPastCaches(Path file) throws IOException {
        return DirectReads.of(file);
    }

    public void delete(Path file) throws IOException {
        Files.delete(file);
    }
}
