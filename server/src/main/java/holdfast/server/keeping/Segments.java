package holdfast.server.keeping;

import holdfast.server.sql.Sequencer.Tree;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names of segments. After an old backup was restored the journal may close a segment whose name another one has, of the
 * journal that went on elsewhere: the root tells them apart, and neither is overwritten.
 */
final class Segments {
    private static final int HEAD = 1024;
    private static final int SHORT = 12;

    private Segments() {}

    /** Where the segment from an entry to the tree's end is written in a folder; one of the same root is replaced. */
    static Path name(Path folder, long from, Tree tree) throws IOException {
        Path usual = folder.resolve("segment-%012d-%012d.txt".formatted(from, tree.size() - 1));
        return Files.notExists(usual) || endsWith(usual, tree) ? usual : folder.resolve(other(usual, tree));
    }

    /** Brings a segment to an element; whether it stands there now. */
    static boolean ship(Path segment, StorageDriver to, Tree tree) throws IOException {
        String name = segment.getFileName().toString();
        Written written = write(segment, to, name);
        if (written instanceof Written.Occupied && !isSame(segment, to, name)) {
            written = write(segment, to, other(segment, tree));
        }
        return written instanceof Written.Done || written instanceof Written.Occupied;
    }

    private static Written write(Path segment, StorageDriver to, String name) throws IOException {
        try (InputStream bytes = Files.newInputStream(segment)) {
            return to.write(path(name), new ByteSize(Files.size(segment)), bytes);
        }
    }

    /** What cannot be read now, on tape for instance, counts as other bytes: a second copy does no harm. */
    private static boolean isSame(Path segment, StorageDriver to, String name) throws IOException {
        try (InputStream here = new BufferedInputStream(Files.newInputStream(segment))) {
            try (InputStream there = new BufferedInputStream(to.open(path(name)))) {
                int one = here.read();
                while (one >= 0 && one == there.read()) {
                    one = here.read();
                }
                return one < 0 && there.read() < 0;
            } catch (IOException e) {
                return false;
            }
        }
    }

    private static StoragePath path(String name) {
        return new StoragePath(".journal/" + name);
    }

    private static String other(Path segment, Tree tree) {
        String name = segment.getFileName().toString();
        String root = "." + tree.root().hex().substring(0, SHORT) + ".txt";
        return name.endsWith(root) ? name : name.substring(0, name.length() - ".txt".length()) + root;
    }

    /** Whether a segment ends with a head of this tree's root. */
    private static boolean endsWith(Path segment, Tree tree) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(HEAD, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            return new String(end, StandardCharsets.ISO_8859_1)
                    .contains("holdfast-head 1 " + tree.size() + " " + tree.root() + " ");
        }
    }
}
