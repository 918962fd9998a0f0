package holdfast.server.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The last words of a PostgreSQL that did not start. */
final class LogTail {
    private static final int BYTES = 1500;

    private LogTail() {}

    static String of(ClusterFolder folder) {
        Stream<Path> newest =
                SafeFiles.list(folder.logs()).stream().max(Comparator.comparingLong(LogTail::changed)).stream();
        return Stream.concat(Stream.of(folder.startLog()), newest)
                .map(LogTail::tail)
                .filter(text -> !text.isBlank())
                .reduce((first, second) -> first + "\n" + second)
                .orElse("it left no words");
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String tail(Path file) {
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            channel.read(bytes, Math.max(0, channel.size() - BYTES));
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        } catch (IOException e) {
            return "";
        }
    }
}
