package holdfast.server.drivers;

import holdfast.server.drivers.TapeIndex.Fill;
import holdfast.server.drivers.TapeIndex.Line;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The cartridges of a library, each a folder of files by position. They are filled one after another; a folder that was
 * removed is a lost cartridge, and its number is never used again.
 */
final class TapeShelf {
    private final Path folder;
    private final TapeSettings settings;
    private final TapeIndex index;
    private final TapeDrives drives;
    private final Disk disk;
    private final Naming naming;

    TapeShelf(Path folder, TapeSettings settings, TapeIndex index, TapeDrives drives, Disk disk) {
        this.folder = folder;
        this.settings = settings;
        this.index = index;
        this.drives = drives;
        this.disk = disk;
        this.naming = new Naming(disk);
    }

    /**
     * Puts files onto cartridges, in order; called by one thread at a time.
     *
     * @return for each file what became of it
     * @throws TapeDrives.NoDrive when no drive works, and nothing was put
     */
    List<Written> put(List<Taken.Whole> files) throws TapeDrives.NoDrive {
        List<Written> answers = new ArrayList<>();
        Queue<Taken.Whole> rest = new ArrayDeque<>(files);
        while (!rest.isEmpty()) {
            int cartridge = forWriting(rest.peek().request().size().bytes());
            if (cartridge > settings.library().cartridges()) {
                refuse(rest.remove(), "the library is full: all its cartridges are written or lost", answers);
                continue;
            }
            int before = answers.size();
            try {
                drives.with(cartridge, () -> {
                    putOn(cartridge, rest, answers);
                    return answers;
                });
            } catch (TapeDrives.NoDrive e) {
                if (answers.isEmpty()) {
                    throw e;
                }
                refuse(rest.remove(), Causes.of(e), answers);
            } catch (IOException e) {
                if (answers.size() == before) {
                    refuse(rest.remove(), Causes.of(e), answers);
                }
            }
        }
        return answers;
    }

    /** Refuses a library in which a cartridge is written and no index tells of what: its files are not known to be gone. */
    void requireIndex() throws IOException {
        for (int cartridge = 1; cartridge <= settings.library().cartridges(); cartridge++) {
            if (!index.hasUsed(cartridge)
                    && Files.exists(place(new TapePosition(cartridge, 1)), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("cartridge %s is written and has no index: restore index/%s"
                        .formatted(TapePosition.label(cartridge), TapePosition.label(cartridge)));
            }
        }
    }

    /**
     * Bytes that a crash left on a cartridge before the index told of them stay where they are, as on any tape, and are
     * recorded as nobody's.
     */
    void spendUnknown() throws IOException {
        for (int cartridge = 1; cartridge <= settings.library().cartridges(); cartridge++) {
            if (index.hasUsed(cartridge) && !isLost(cartridge)) {
                spendUnknown(cartridge);
            }
        }
    }

    private void spendUnknown(int cartridge) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(cartridge), TapePosition::isName)) {
            for (Path file : files) {
                TapePosition at = new TapePosition(
                        cartridge, Long.parseLong(file.getFileName().toString()));
                if (!index.isWritten(at)) {
                    index.spend(at, new ByteSize(FileTree.attributes(file).size()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Whether the file at a position is there whole, as far as a drive sees it. */
    boolean isSound(TapePosition at, long size) {
        try {
            BasicFileAttributes found = FileTree.attributes(place(at));
            return found.isRegularFile() && found.size() == size;
        } catch (IOException e) {
            return false;
        }
    }

    InputStream read(TapePosition at) throws IOException {
        return disk.read(place(at));
    }

    /** The first cartridge with room; one more than the library has when it is full. */
    private int forWriting(long size) {
        for (int cartridge = 1; cartridge <= settings.library().cartridges(); cartridge++) {
            if (takes(cartridge, size) && !isLost(cartridge)) {
                return cartridge;
            }
        }
        return settings.library().cartridges() + 1;
    }

    private boolean takes(int cartridge, long size) {
        Fill fill = index.fill(cartridge);
        return fill.bytes() == 0 || fill.bytes() + size <= settings.cartridgeBytes();
    }

    private boolean isLost(int cartridge) {
        return index.hasUsed(cartridge) && !Files.isDirectory(folder(cartridge), LinkOption.NOFOLLOW_LINKS);
    }

    private void putOn(int cartridge, Queue<Taken.Whole> rest, List<Written> answers) throws IOException {
        load(cartridge);
        List<Line> lines = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Fill fill = index.fill(cartridge);
        while (!rest.isEmpty() && (fill.bytes() == 0 || fits(fill, rest.peek()))) {
            Taken.Whole file = rest.remove();
            TapePosition at = new TapePosition(cartridge, freePosition(cartridge, fill.lastPosition() + 1));
            Written.Done done = new Written.Done(Optional.of(at.locator()));
            Written answer = naming.name(file.arrival(), place(at), done);
            if (answer instanceof Written.Done) {
                numbers.add(answers.size());
                lines.add(new Line(file.request().path(), file.request().size(), at));
            }
            fill = fill.with(at, file.request().size().bytes());
            answers.add(answer);
        }
        settle(cartridge, lines, numbers, answers);
    }

    private boolean fits(Fill fill, Taken.Whole file) {
        return fill.bytes() + file.request().size().bytes() <= settings.cartridgeBytes();
    }

    private void settle(int cartridge, List<Line> lines, List<Integer> numbers, List<Written> answers) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            disk.syncFolder(folder(cartridge));
            index.record(cartridge, lines);
        } catch (IOException e) {
            numbers.forEach(n -> answers.set(n, new Written.Unknown(Causes.of(e))));
        }
    }

    /** A crash may have left files that the index does not know: their positions are spent. */
    private long freePosition(int cartridge, long from) {
        long position = from;
        while (Files.exists(place(new TapePosition(cartridge, position)), LinkOption.NOFOLLOW_LINKS)) {
            position++;
        }
        return position;
    }

    /** The index of a new cartridge is there before its first file, so that files without one mean a lost index. */
    private void load(int cartridge) throws IOException {
        Path place = folder(cartridge);
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            disk.makeFolder(place);
            disk.syncFolder(folder);
        }
        if (!index.hasUsed(cartridge)) {
            index.record(cartridge, List.of());
        }
    }

    private Path folder(int cartridge) {
        return folder.resolve(TapePosition.label(cartridge));
    }

    private Path place(TapePosition at) {
        return folder(at.cartridge()).resolve(at.fileName());
    }

    private static void refuse(Taken.Whole file, String why, List<Written> answers) {
        file.arrival().drop();
        answers.add(new Written.Refused(why));
    }
}
