package holdfast.server.keeping;

import holdfast.journal.SignedHead;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DurableFile;
import holdfast.server.sql.Sequencer.Tree;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The folder in which the journal stands outside the database: signed heads, one a line, and closed segments. */
public final class Outside {
    private final Path folder;
    private final Disk disk;

    private Outside(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Makes the folder, or clears what a crash left in it. */
    public static Outside in(Path folder, Disk disk) throws IOException {
        DurableFile.folder(disk, folder);
        Outside outside = new Outside(folder, disk);
        outside.clear();
        return outside;
    }

    /** What a segment holds. */
    interface Text {
        void writeTo(Appendable out) throws IOException, GeneralSecurityException;
    }

    /** Adds a head, durably. */
    void append(SignedHead head) throws IOException {
        Path heads = heads();
        boolean isNew = Files.notExists(heads);
        try (FileChannel out = disk.append(heads)) {
            cutTornEnd(heads, out);
            DurableFile.write(disk, out, head.text() + "\n");
            disk.sync(out);
        }
        if (isNew) {
            disk.syncFolder(folder);
        }
    }

    /** Writes the segment from an entry to the tree's end, whole and durably. */
    Path segment(long first, Tree tree, Text text) throws IOException, GeneralSecurityException {
        Path done = Segments.name(folder, first, tree);
        DurableFile file = DurableFile.open(disk, done);
        GeneralSecurityException[] unsigned = new GeneralSecurityException[1];
        file.draft(channel -> {
            try (BufferedWriter out =
                    new BufferedWriter(new OutputStreamWriter(through(channel), StandardCharsets.UTF_8), 1 << 16)) {
                text.writeTo(out);
            } catch (GeneralSecurityException e) {
                unsigned[0] = e;
            }
        });
        if (unsigned[0] != null) {
            throw unsigned[0];
        }
        file.publish();
        return done;
    }

    /** Writes pass through the disk's port; closing the text leaves the file open for its sync. */
    private java.io.OutputStream through(FileChannel channel) {
        return Channels.newOutputStream(new WritableByteChannel() {
            @Override
            public int write(java.nio.ByteBuffer bytes) throws IOException {
                return disk.write(channel, bytes);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() {}
        });
    }

    /** The length up to the end of the last whole line: a crash may have cut what follows, and nobody relied on it. */
    private static long whole(Path lines) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(lines.toFile(), "r")) {
            long end = bytes.length();
            while (end > 0 && at(bytes, end - 1) != '\n') {
                end--;
            }
            return end;
        }
    }

    private static int at(RandomAccessFile bytes, long place) throws IOException {
        bytes.seek(place);
        return bytes.read();
    }

    private void clear() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, "*" + DurableFile.DRAFT)) {
            for (Path draft : drafts) {
                disk.delete(draft);
            }
        }
        Path heads = heads();
        if (Files.exists(heads)) {
            try (FileChannel out = disk.append(heads)) {
                cutTornEnd(heads, out);
                disk.sync(out);
            }
        }
        // A file of heads, or a segment, whose writer was killed before its name was durable.
        disk.syncFolder(folder);
    }

    Path heads() {
        return folder.resolve("heads.txt");
    }

    private void cutTornEnd(Path heads, FileChannel out) throws IOException {
        long end = whole(heads);
        if (end < out.size()) {
            disk.cut(out, end);
        }
    }
}
