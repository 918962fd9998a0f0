package holdfast.cli.ingest;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What lies below a folder, in the order of names. Symbolic links are counted and never followed: what they lead to is
 * another file's bytes, or lies outside.
 *
 * @param special paths of pipes, sockets and devices: they have no bytes to keep
 * @param refused what could not be looked at
 */
public record Tree(List<SourceFile> files, long links, List<String> special, List<Refused> refused) {

    public long bytes() {
        return files.stream().mapToLong(SourceFile::size).sum();
    }

    /** Looks at everything below a folder; a single file is a tree of one. */
    public static Tree below(Path root) throws IOException {
        Walk walk = new Walk();
        if (Files.isDirectory(root)) {
            walk.folder(root, "");
        } else {
            walk.entry(root, String.valueOf(root.getFileName()));
        }
        return new Tree(walk.files, walk.links, walk.special, walk.refused);
    }

    private static final class Walk {
        private final List<SourceFile> files = new ArrayList<>();
        private final List<String> special = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();
        private long links;

        void folder(Path folder, String relative) {
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(entries::add);
            } catch (IOException | DirectoryIteratorException bad) {
                unreadable(folder, relative.isEmpty() ? "." : relative, bad);
            }
            entries.sort(Comparator.comparing(Walk::name));
            for (Path entry : entries) {
                entry(entry, relative.isEmpty() ? name(entry) : relative + "/" + name(entry));
            }
        }

        void entry(Path entry, String relative) {
            try {
                BasicFileAttributes seen =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (seen.isDirectory()) {
                    folder(entry, relative);
                } else if (seen.isSymbolicLink()) {
                    links++;
                } else if (seen.isRegularFile()) {
                    files.add(new SourceFile(entry, relative, seen.size()));
                } else {
                    special.add(relative);
                }
            } catch (IOException bad) {
                unreadable(entry, relative, bad);
            }
        }

        private void unreadable(Path path, String relative, Exception bad) {
            refused.add(Refused.of(relative, path, Found.unreadable(bad)));
        }

        private static String name(Path entry) {
            return String.valueOf(entry.getFileName());
        }
    }
}
