package holdfast.server.drivers;

import holdfast.storage.StorageDriver.Foreign;
import holdfast.storage.StorageDriver.Listed;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lists a tree in the order of whole paths. Goal: no state but the folders on the way down. Method: the entries of one
 * folder are sorted with a slash behind the names of folders, for {@code a.b} comes before {@code a/b}; as no entry's
 * key then begins another's, the order of keys is the order of all paths below them.
 */
final class TreeListing {
    private static final String OF_THE_FILESYSTEM = "lost+found";

    private final Path root;
    private final Consumer<Listed> each;
    private final Consumer<Foreign> notOurs;

    TreeListing(Path root, Consumer<Listed> each, Consumer<Foreign> notOurs) {
        this.root = root;
        this.each = each;
        this.notOurs = notOurs;
    }

    void list() throws IOException {
        list(root, "");
    }

    private void list(Path folder, String above) throws IOException {
        for (Entry entry : entries(folder, above)) {
            if (entry.isFolder()) {
                try {
                    list(entry.place, above + entry.key);
                } catch (NoSuchFileException e) {
                    // The folder was removed since it was seen: nothing is left to list. That the root itself still
                    // stands is for the caller to check after the listing.
                    continue;
                }
            } else {
                file(above + entry.key, entry.size);
            }
        }
    }

    private void file(String path, long size) {
        try {
            each.accept(new Listed(new StoragePath(path), new ByteSize(size)));
        } catch (BadWord e) {
            notOurs.accept(new Foreign(path, "its name is no storage path"));
        }
    }

    private List<Entry> entries(Path folder, String above) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            for (Path place : names) {
                look(place, above, entries);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing(Entry::key));
        return entries;
    }

    private void look(Path place, String above, List<Entry> entries) throws IOException {
        String name = place.getFileName().toString();
        if (above.isEmpty() && (name.startsWith(MarkText.HIDDEN) || name.equals(OF_THE_FILESYSTEM))) {
            return;
        }
        if (!place.resolveSibling(name).equals(place)) {
            notOurs.accept(new Foreign(above + name, "its name is not in this process's character set"));
            return;
        }
        try {
            BasicFileAttributes found = FileTree.attributes(place);
            if (found.isRegularFile()) {
                entries.add(new Entry(place, name, found.size()));
            } else if (found.isDirectory()) {
                entries.add(new Entry(place, name + "/", 0));
            } else {
                notOurs.accept(new Foreign(above + name, FileTree.kind(found)));
            }
        } catch (NoSuchFileException e) {
            // Removed since the folder was read.
            return;
        }
    }

    private record Entry(Path place, String key, long size) {
        boolean isFolder() {
            return key.endsWith("/");
        }
    }
}
