package holdfast.server.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The calls to the operating system whose failure decides an answer; tests let them fail one by one. */
class Disk {
    /** A new file, to be written; fails when something stands there. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    int write(FileChannel file, ByteBuffer bytes) throws IOException {
        return file.write(bytes);
    }

    /** Waits until the bytes of a file and its length are on the medium. */
    void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    /** Gives a file a second name, in one step, and only if the name is free. */
    void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    /** Waits until the names in a folder are on the medium. */
    void syncFolder(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** The bytes of a file; a symbolic link at the path is not followed. */
    InputStream read(Path file) throws IOException {
        return Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    void delete(Path file) throws IOException {
        Files.delete(file);
    }
}
