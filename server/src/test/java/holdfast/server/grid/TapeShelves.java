package holdfast.server.grid;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tape library behind the export of a real server: the bytes of what is on tape lie in a folder outside of the export, and in
 * their place stands a file of the same size that nobody can read. Files of no bytes and hidden ones are never archived.
 */
public final class TapeShelves {
    private final String prefix;
    private final Path export;
    private final Path tape;
    private final Map<String, Archived> archived = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<String> unavailable = new HashSet<>();
    private int count;

    /** What was archived, and what stood at its path by our own hand since. */
    private record Archived(Path tape, Object standing, boolean isOnDisk) {}

    /**
     * @param prefix how paths of the server begin that lie in the export, such as {@code /data}
     * @param tape a folder in the export's filesystem, not below it
     */
    public TapeShelves(String prefix, Path export, Path tape) throws IOException {
        this.prefix = prefix;
        this.export = export;
        this.tape = Files.createTempDirectory(Files.createDirectories(tape), "library");
    }

    /** The API's word for where a file is; empty where no file stands. */
    public synchronized Optional<String> locality(String path) throws IOException {
        Path file = place(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (lost.contains(path)) {
            return Optional.of("LOST");
        }
        if (unavailable.contains(path)) {
            return Optional.of("UNAVAILABLE");
        }
        if (Files.size(file) == 0) {
            return Optional.of("NONE");
        }
        return Optional.of(
                standing(path).map(a -> a.isOnDisk ? "DISK_AND_TAPE" : "TAPE").orElse("DISK"));
    }

    private Optional<Archived> standing(String path) throws IOException {
        Archived known = archived.get(path);
        return known != null && known.standing.equals(identity(place(path))) ? Optional.of(known) : Optional.empty();
    }

    /** Writes a file to tape, and takes it from disk. */
    public synchronized void archive(String path) throws IOException {
        if (locality(path).equals(Optional.of("DISK"))) {
            Path bytes = tape.resolve("file-" + ++count);
            Files.copy(place(path), bytes, StandardCopyOption.COPY_ATTRIBUTES);
            archived.put(path, new Archived(bytes, "nothing yet", true));
            placeholder(path, bytes);
        }
    }

    /** Brings a file back to disk. */
    public synchronized void stage(String path) throws IOException {
        Optional<Archived> known = standing(path).filter(a -> !a.isOnDisk);
        if (known.isEmpty()) {
            return;
        }
        Path bytes = known.get().tape;
        Path copy = tape.resolve("copy-" + ++count);
        Files.copy(bytes, copy, StandardCopyOption.COPY_ATTRIBUTES);
        Files.setOwner(copy, Files.getOwner(place(path).getParent()));
        Files.move(copy, place(path), StandardCopyOption.ATOMIC_MOVE);
        archived.put(path, new Archived(bytes, identity(place(path)), true));
    }

    /** Takes a file from disk that is on tape too. */
    public synchronized void evict(String path) throws IOException {
        Optional<Archived> known = standing(path).filter(Archived::isOnDisk);
        if (known.isPresent()) {
            placeholder(path, known.get().tape);
        }
    }

    private void placeholder(String path, Path bytes) throws IOException {
        Path empty = tape.resolve("placeholder-" + ++count);
        FileTime modified = Files.getLastModifiedTime(bytes);
        try (RandomAccessFile file = new RandomAccessFile(empty.toFile(), "rw")) {
            file.setLength(Files.size(bytes));
        }
        Files.setLastModifiedTime(empty, modified);
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("---------"));
        Files.move(empty, place(path), StandardCopyOption.ATOMIC_MOVE);
        archived.put(path, new Archived(bytes, identity(place(path)), false));
    }

    public synchronized void lose(String path) {
        lost.add(path);
    }

    public synchronized void takeAway(String path) {
        unavailable.add(path);
    }

    public synchronized void bringBack(String path) {
        unavailable.remove(path);
    }

    /** Where a file's bytes lie on tape, for who breaks them. */
    public synchronized Path onTape(String path) {
        return archived.get(path).tape;
    }

    public Path place(String path) {
        return export.resolve(path.substring(prefix.length()).replaceAll("^/+", ""));
    }

    boolean isWithin(String path) {
        return path.startsWith(prefix + "/");
    }

    /** Numbers of files are used again, so the time counts too. */
    private static Object identity(Path file) throws IOException {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean isReadable =
                !Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).isEmpty();
        return is.fileKey() + " " + is.lastModifiedTime() + " " + is.size() + " " + isReadable;
    }
}
