package holdfast.server.drivers;

import holdfast.storage.Locator;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A storage element that is a folder of a POSIX filesystem with hard links, local or mounted. Files lie under their own
 * path, so a person can read them with no help of ours; what is ours begins with {@code .holdfast} at the root.
 */
public final class PosixDriver implements ElementDriver {
    /**
     * How a folder is reached.
     *
     * @param answersWithin how long {@link #reach} waits
     * @param directReads whether {@link #openPastCaches} asks for reads past the page cache
     */
    public record Settings(Path root, Duration answersWithin, boolean directReads) {
        public static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

        public Settings {
            root = root.toAbsolutePath().normalize();
        }

        public static Settings of(Path root) {
            return new Settings(root, ANSWERS_WITHIN, true);
        }
    }

    private final Settings settings;
    private volatile @Nullable Space space;
    private final Start start;
    private final Disk disk;
    private final ElementMark mark;
    private final Probe probe;
    private final FileTree tree;
    private final Incoming incoming;
    private final TreeWriter writer;

    public PosixDriver(StorageName name, Settings settings, Start start) {
        this(name, settings, start, new Disk());
    }

    PosixDriver(StorageName name, Settings settings, Start start, Disk disk) {
        this.settings = settings;
        this.start = start;
        this.disk = disk;
        mark = new ElementMark(name, settings.root(), disk);
        probe = new Probe(this::lookAround, settings.answersWithin());
        tree = new FileTree(settings.root(), disk);
        incoming = new Incoming(settings.root(), disk, start.id());
        writer = new TreeWriter(tree, incoming, disk);
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        Initialised outcome = mark.initialise(firstTime, UUID.randomUUID());
        if (outcome instanceof Initialised.Refused) {
            return outcome;
        }
        try {
            incoming.prepare(start.abandonedBefore());
            return outcome;
        } catch (IOException e) {
            return new Initialised.Refused(Causes.of(e));
        }
    }

    @Override
    public Reach reach() {
        return probe.ask();
    }

    /** As the last look found it, since a look may hang and this may not. */
    @Override
    public Optional<Space> space() {
        return Optional.ofNullable(space);
    }

    private Reach lookAround() {
        Reach reach = mark.reach();
        space = reach instanceof Reach.Answers ? measured() : null;
        return reach;
    }

    private @Nullable Space measured() {
        try {
            FileStore store = Files.getFileStore(settings.root());
            return new Space(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException unknown) {
            return null;
        }
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        return writeAll(List.of(new NewBytes(path, size, bytes))).getFirst();
    }

    @Override
    public List<Written> writeAll(List<NewBytes> requests) {
        return switch (mark.reach()) {
            case Reach.Answers _ -> writer.write(requests);
            case Reach.Silent silent ->
                Collections.nCopies(requests.size(), new Written.Refused("the element is silent: " + silent.why()));
        };
    }

    @Override
    public Seen look(StoragePath path) {
        try {
            return present(path, tree.attributes(path));
        } catch (NoSuchFileException e) {
            return absentIfAnswering(path);
        } catch (IOException e) {
            return new Seen.Unreachable(Causes.of(e));
        }
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        return open(path, disk::read);
    }

    /** Past the page cache where the filesystem offers O_DIRECT (tried on ext4); elsewhere these are plain reads. */
    @Override
    public InputStream openPastCaches(StoragePath path) throws IOException {
        return open(path, settings.directReads() ? this::readDirectly : disk::read);
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        list(each, foreign -> {});
    }

    @Override
    public void list(Consumer<Listed> each, Consumer<Foreign> notOurs) throws IOException {
        mark.require();
        new TreeListing(settings.root(), each, notOurs).list();
        mark.require();
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        Map<StoragePath, Recalled> answers = new HashMap<>();
        paths.forEach(path -> answers.put(
                path,
                switch (look(path)) {
                    case Seen.Present _ -> Recalled.ONLINE_ALREADY;
                    case Seen.Absent _ -> Recalled.FAILED;
                    case Seen.Unreachable _ -> Recalled.NOT_YET;
                }));
        return answers;
    }

    @Override
    public Removed release(StoragePath path) {
        if (mark.reach() instanceof Reach.Silent silent) {
            return new Removed.Unknown("the element is silent: " + silent.why());
        }
        try {
            BasicFileAttributes found = tree.attributes(path);
            if (!found.isRegularFile()) {
                return new Removed.Unknown("not removed: %s is %s".formatted(path, FileTree.kind(found)));
            }
            tree.remove(path);
            return new Removed.Done();
        } catch (NoSuchFileException e) {
            return settledAbsence(path);
        } catch (IOException e) {
            return new Removed.Unknown(Causes.of(e));
        }
    }

    /** Nothing stands there, and a name that was taken away just before a kill does not come back with a power cut. */
    private Removed settledAbsence(StoragePath path) {
        if (!(absentIfAnswering(path) instanceof Seen.Absent)) {
            return new Removed.Unknown("not known whether anything stands at " + path);
        }
        try {
            tree.settleAbsence(path);
            return new Removed.Absent();
        } catch (IOException e) {
            return new Removed.Unknown(Causes.of(e));
        }
    }

    private static Seen present(StoragePath path, BasicFileAttributes found) {
        return found.isRegularFile()
                ? new Seen.Present(new ByteSize(found.size()), Locality.ONLINE, Optional.of(new Locator(path.path())))
                : new Seen.Present(ByteSize.ZERO, Locality.ONLINE, Optional.empty());
    }

    /** Nothing stood there; it counts only if the element is there now, and still has nothing there. */
    private Seen absentIfAnswering(StoragePath path) {
        if (mark.reach() instanceof Reach.Silent silent) {
            return new Seen.Unreachable(silent.why());
        }
        try {
            return present(path, tree.attributes(path));
        } catch (NoSuchFileException e) {
            return new Seen.Absent();
        } catch (IOException e) {
            return new Seen.Unreachable(Causes.of(e));
        }
    }

    private InputStream open(StoragePath path, FileTree.Reader reader) throws IOException {
        try {
            return tree.open(path, reader);
        } catch (NoSuchFileException e) {
            mark.require();
            throw e;
        }
    }

    private InputStream readDirectly(Path file) throws IOException {
        try {
            return disk.readPastCaches(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // The filesystem has no such reads; if the file itself is bad, the plain read will say so.
            return disk.read(file);
        }
    }
}
