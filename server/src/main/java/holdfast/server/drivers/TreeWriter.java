package holdfast.server.drivers;

import holdfast.storage.Locator;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes files into a tree. Goals: no file is seen under its own name before its bytes are durable, none overwrites
 * another, and many wait for the medium together. Method: all bytes go to hidden files, which are synced side by side;
 * each then gets its name by a hard link; each folder with new names is synced once. What stands at a name already may
 * be ours from before a kill, and is believed from now on: its folder is synced too.
 */
final class TreeWriter {
    private final FileTree tree;
    private final Incoming incoming;
    private final Naming naming;
    private final Durability durability;

    TreeWriter(FileTree tree, Incoming incoming, Disk disk) {
        this.tree = tree;
        this.incoming = incoming;
        this.naming = new Naming(disk);
        this.durability = new Durability(tree.root(), disk);
    }

    List<Written> write(List<NewBytes> requests) {
        return name(incoming.takeAll(requests, this::standing));
    }

    /** Gives names to what was taken; answers in the same order. */
    List<Written> name(List<Taken> taken) {
        List<Written> answers = new ArrayList<>(taken.size());
        Map<Integer, Path> folders = new HashMap<>();
        for (Taken each : taken) {
            Written answer = switch (each) {
                case Taken.Not not -> not.answer();
                case Taken.Whole whole -> name(whole);
            };
            if (answer instanceof Written.Done || answer instanceof Written.Occupied) {
                folders.put(answers.size(), folder(each.request().path()));
            }
            answers.add(answer);
        }
        settleNames(answers, folders);
        return answers;
    }

    /** An answer when nothing can be written at the path: something stands there, or it cannot be told. */
    Optional<Written> standing(StoragePath path) {
        if (FileTree.isReserved(path)) {
            return Optional.of(new Written.Refused(
                    "names that begin with %s are kept for the driver's own files".formatted(MarkText.HIDDEN)));
        }
        try {
            return Naming.standing(tree.attributes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Written.Refused(Causes.of(e)));
        }
    }

    private Written name(Taken.Whole whole) {
        StoragePath path = whole.request().path();
        try {
            tree.makeFolders(path).forEach(durability::forget);
            Locator locator = new Locator(path.path());
            return naming.name(whole.arrival(), tree.place(path), new Written.Done(Optional.of(locator)));
        } catch (IOException e) {
            whole.arrival().drop();
            return new Written.Refused(Causes.of(e));
        }
    }

    private void settleNames(List<Written> answers, Map<Integer, Path> folders) {
        if (folders.isEmpty()) {
            return;
        }
        Set<Path> distinct = new HashSet<>(folders.values());
        Map<Path, String> failures = durability.sync(distinct);
        folders.forEach((number, folder) -> {
            Durability.failureOf(folder, failures)
                    .ifPresent(why -> answers.set(
                            number,
                            new Written.Unknown("it stands there, but its folder could not be synced: " + why)));
        });
    }

    /** Makes the names of files durable that stand there, whoever wrote them. */
    void settle(List<StoragePath> standing) throws IOException {
        Map<Path, String> failures =
                durability.sync(standing.stream().map(this::folder).collect(Collectors.toSet()));
        if (!failures.isEmpty()) {
            throw new IOException("folders could not be synced: " + failures);
        }
    }

    private Path folder(StoragePath path) {
        int slash = path.path().lastIndexOf('/');
        return slash < 0 ? tree.root() : tree.root().resolve(path.path().substring(0, slash));
    }
}
