package holdfast.spark;

import holdfast.formats.dump.BadDump;
import holdfast.formats.dump.BadRow;
import holdfast.formats.dump.DumpFile;
import holdfast.formats.dump.DumpHeader;
import holdfast.formats.dump.DumpKind;
import holdfast.formats.dump.TextLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A dump where every machine of the cluster can read it. The driver reads its two ends and some lines in between; its
 * rows are read by the cluster.
 *
 * @param name a path that Hadoop can open
 * @param bytes how long the file is
 * @param end the end line
 */
record StoredDump(String name, DumpKind kind, DumpHeader header, long bytes, TextLine end) {
    private static final int LONGEST_LINE = 1 << 16;
    private static final String AGAIN = "take the dump again";
    private static final String GLOB = "*?[]{},\\";

    /** @throws BadDump when the file is no whole dump of this kind, as far as its two ends tell */
    static StoredDump open(String name, DumpKind kind, Configuration hadoop) throws IOException {
        if (name.chars().anyMatch(c -> GLOB.indexOf(c) >= 0)) {
            throw new BadDump(name + ": Spark would take this for several files: name it without any of " + GLOB);
        }
        Path path = new Path(name);
        FileSystem files = path.getFileSystem(hadoop);
        if (!files.exists(path) || !files.getFileStatus(path).isFile()) {
            throw new BadDump(name + " is no file that the driver can read; every machine of the cluster must see it"
                    + " at this path");
        }
        long bytes = files.getFileStatus(path).getLen();
        try (FSDataInputStream in = files.open(path)) {
            DumpHeader header = DumpHeader.read(lineAt(in, 0, bytes), kind);
            return new StoredDump(name, kind, header, bytes, end(in, bytes));
        } catch (BadRow bad) {
            throw DumpFile.explain(name, bad, files.open(path));
        }
    }

    /** Says what is wrong with file, line and remedy. */
    BadDump explain(BadRow bad, Configuration hadoop) throws IOException {
        Path path = new Path(name);
        return DumpFile.explain(name, bad, path.getFileSystem(hadoop).open(path));
    }

    /** The paths of some lines at random places; fewer when places meet one of the two ends. */
    List<byte[]> samples(int most, Configuration hadoop) throws IOException {
        Path path = new Path(name);
        Random random = new Random(bytes);
        List<byte[]> samples = new ArrayList<>();
        try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
            for (int i = 0; i < most; i++) {
                long place = random.nextLong(bytes);
                long begin = place + 1 + lineAt(in, place, bytes).getBytes(StandardCharsets.UTF_8).length;
                if (begin < end.place()) {
                    String line = lineAt(in, begin, bytes);
                    samples.add(new TextLine(begin, line.getBytes(StandardCharsets.UTF_8)).path());
                }
            }
        }
        return samples;
    }

    private static TextLine end(FSDataInputStream in, long bytes) throws IOException {
        int length = (int) Math.min(bytes, LONGEST_LINE);
        byte[] tail = new byte[length];
        in.readFully(bytes - length, tail);
        boolean ended = length > 0 && tail[length - 1] == '\n';
        int stop = ended ? length - 1 : length;
        int begin = stop;
        while (begin > 0 && tail[begin - 1] != '\n') {
            begin--;
        }
        TextLine last = new TextLine(bytes - length + begin, Arrays.copyOfRange(tail, begin, stop));
        if (!ended) {
            throw new BadRow(last.place(), "the file breaks off within this line", AGAIN);
        }
        if (!DumpFile.isEnd(last.bytes())) {
            throw new BadRow(Long.MAX_VALUE, "the dump has no end line: it was cut off", AGAIN);
        }
        return last;
    }

    /** The rest of the line from a place on; what is longer than any row is cut. */
    private static String lineAt(FSDataInputStream in, long place, long bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 10];
        for (long at = place; at < bytes && line.size() < LONGEST_LINE; at += buffer.length) {
            int read = (int) Math.min(buffer.length, bytes - at);
            in.readFully(at, buffer, 0, read);
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, 0, i);
                    return line.toString(StandardCharsets.UTF_8);
                }
            }
            line.write(buffer, 0, read);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
