package holdfast.server.drivers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small files of the server's own: there whole and durably, or as they were before, whenever the power fails. */
public final class DurableFile {
    /** What a file is called until it is whole; a crash may leave one, and it is worth nothing. */
    public static final String DRAFT = ".new";

    private final Disk disk;
    private final Path file;
    private final boolean secret;

    private DurableFile(Disk disk, Path file, boolean secret) {
        this.disk = disk;
        this.file = file;
        this.secret = secret;
    }

    public static DurableFile open(Disk disk, Path file) {
        return new DurableFile(disk, file, false);
    }

    /** One that only its owner may read. */
    public static DurableFile secret(Disk disk, Path file) {
        return new DurableFile(disk, file, true);
    }

    /** What is written to a draft. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    /** The file's text from now on. */
    public void put(String text) throws IOException {
        draft(text);
        publish();
    }

    /** Writes the next text durably beside the file, which stays as it is until it is published. */
    public void draft(String text) throws IOException {
        draft(out -> write(disk, out, text));
    }

    /** The same, from whoever writes it. */
    public void draft(Content content) throws IOException {
        drop();
        try (FileChannel out = secret ? disk.createSecret(draft()) : disk.create(draft())) {
            content.writeTo(out);
            disk.sync(out);
        }
    }

    /** The draft takes the file's place. */
    public void publish() throws IOException {
        disk.replace(draft(), file);
        disk.syncFolder(above(file));
    }

    /** Gives a draft up, if there is one. */
    public void drop() throws IOException {
        delete(disk, draft());
    }

    public Path draft() {
        return file.resolveSibling(file.getFileName() + DRAFT);
    }

    public static void write(Disk disk, FileChannel file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            disk.write(file, bytes);
        }
    }

    /** Takes a name away, if it is there. */
    static void delete(Disk disk, Path file) throws IOException {
        try {
            disk.delete(file);
        } catch (NoSuchFileException e) {
            return;
        }
    }

    /**
     * Makes a folder with those above it, durably. Those that are there are synced too: whoever made them may have been
     * killed before he could.
     */
    public static void folder(Disk disk, Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (@Nullable Path at = folder.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path each : missing) {
            try {
                disk.makeFolder(each);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(each)) {
                    throw e;
                }
            }
        }
        for (@Nullable Path at = folder.toAbsolutePath().getParent(); at != null; at = at.getParent()) {
            sync(disk, at, missing.contains(at));
        }
    }

    private static void sync(Disk disk, Path folder, boolean ours) throws IOException {
        try {
            disk.syncFolder(folder);
        } catch (AccessDeniedException e) {
            // Far above, where others keep house: it stood there before us.
            if (ours) {
                throw e;
            }
        }
    }

    private static Path above(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }
}
