package holdfast.server.drivers;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.storage.StorageDriver.Reach;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The file at an element's root that says which element it is. Without it a folder is an empty mount point or somebody
 * else's, and nothing in it may be believed, least of all that a file is missing.
 */
final class ElementMark {
    static final String FILE = MarkText.FILE;
    private static final String DRAFT = FILE + ".";
    /** What a new filesystem holds by itself. */
    private static final Set<String> NOTHING = Set.of("lost+found");

    private final StorageName name;
    private final Path root;
    private final Disk disk;
    private volatile Optional<UUID> seen = Optional.empty();

    ElementMark(StorageName name, Path root, Disk disk) {
        this.name = name;
        this.root = root;
        this.disk = disk;
    }

    /** Whether the folder is there and ours now. */
    Reach reach() {
        try {
            UUID identity = read();
            Optional<UUID> before = seen;
            if (before.isPresent() && !before.get().equals(identity)) {
                return new Reach.Silent("%s is another %s than before: marked %s, was %s"
                        .formatted(root, name, identity, before.get()));
            }
            seen = Optional.of(identity);
            return new Reach.Answers();
        } catch (IOException e) {
            return new Reach.Silent(Causes.of(e));
        }
    }

    /** As {@link #reach}, for those who can only go on with an answer. */
    void require() throws IOException {
        if (reach() instanceof Reach.Silent silent) {
            throw new IOException("the element is silent: " + silent.why());
        }
    }

    Initialised initialise(boolean firstTime, UUID fresh) {
        try {
            if (firstTime && !Files.exists(root.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
                make(fresh);
                seen = Optional.of(fresh);
                return new Initialised.Marked(fresh);
            }
        } catch (IOException e) {
            return new Initialised.Refused(Causes.of(e));
        }
        return switch (reach()) {
            case Reach.Answers _ -> known(firstTime);
            case Reach.Silent silent -> new Initialised.Refused(silent.why());
        };
    }

    /** Who marked it for the first time may have been killed before the mark was durable. */
    private Initialised known(boolean firstTime) {
        try {
            if (firstTime) {
                DurableFile.folder(disk, root);
                disk.syncFolder(root);
            }
            clearDrafts();
            return new Initialised.Known(seen.orElseThrow());
        } catch (IOException e) {
            return new Initialised.Refused(Causes.of(e));
        }
    }

    private UUID read() throws IOException {
        String text;
        try {
            text = Files.readString(root.resolve(FILE));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    Files.isDirectory(root)
                            ? "%s carries no mark (%s): an empty mount point, or not the element %s"
                                    .formatted(root, FILE, name)
                            : "there is no folder %s".formatted(root),
                    e);
        }
        try {
            return MarkText.read(text, name, root.resolve(FILE).toString()).identity();
        } catch (MarkText.BadMark e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void make(UUID fresh) throws IOException {
        DurableFile.folder(disk, root);
        requireEmpty();
        Path draft = root.resolve(DRAFT + fresh);
        try (FileChannel file = disk.create(draft)) {
            DurableFile.write(disk, file, new MarkText(name, fresh).text());
            disk.sync(file);
        }
        // A link, as for every file: of two servers that come at once, one marks, and it is never half written.
        disk.link(draft, root.resolve(FILE));
        clearDrafts();
        disk.syncFolder(root);
    }

    /** Once there is a mark, no draft of one can become it. */
    private void clearDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(root, DRAFT + "*")) {
            for (Path draft : drafts) {
                DurableFile.delete(disk, draft);
            }
        }
    }

    private void requireEmpty() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String found = entry.getFileName().toString();
                if (!NOTHING.contains(found) && !found.startsWith(MarkText.HIDDEN)) {
                    throw new IOException("%s holds '%s' and no mark: give %s an empty folder of its own"
                            .formatted(root, found, name));
                }
            }
        }
    }
}
