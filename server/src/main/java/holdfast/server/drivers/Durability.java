package holdfast.server.drivers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Syncs folders so that the names of new files survive a power cut, and remembers which folders this process has seen
 * durable all the way up, since another writer may have made one and not have synced it yet.
 */
final class Durability {
    private static final int REMEMBERED = 50_000;

    private final Path root;
    private final Disk disk;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Durability(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** A folder whose own name was made just now, so that what was known of it is void. */
    void forget(Path folder) {
        durable.remove(folder);
    }

    /**
     * Syncs the folders that have new names, and those above them as far as nobody here has done so before.
     *
     * @return what went wrong, by folder; a failure of a folder above counts for those below it
     */
    Map<Path, String> sync(Collection<Path> withNewNames) {
        Set<Path> due = new TreeSet<>(withNewNames);
        for (Path folder : withNewNames) {
            for (Path at = folder; !at.equals(root) && !durable.contains(at); at = FileTree.above(at)) {
                due.add(FileTree.above(at));
            }
        }
        Map<Path, String> failures = syncEach(due);
        withNewNames.stream().filter(f -> failureOf(f, failures).isEmpty()).forEach(this::remember);
        return failures;
    }

    /** The failure that makes a folder's new names doubtful: its own, or that of a folder above it. */
    static Optional<String> failureOf(Path folder, Map<Path, String> failures) {
        return failures.entrySet().stream()
                .filter(failure -> folder.startsWith(failure.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Map<Path, String> syncEach(Set<Path> due) {
        Map<Path, String> failures = new ConcurrentHashMap<>();
        if (due.size() == 1) {
            sync(due.iterator().next(), failures);
            return failures;
        }
        try (Waits waits = new Waits()) {
            due.forEach(folder -> waits.start(() -> sync(folder, failures)));
        }
        return failures;
    }

    private void sync(Path folder, Map<Path, String> failures) {
        try {
            disk.syncFolder(folder);
        } catch (IOException | RuntimeException e) {
            failures.put(folder, Causes.of(e));
        }
    }

    private void remember(Path folder) {
        if (durable.size() > REMEMBERED) {
            durable.clear();
        }
        for (Path at = folder; !at.equals(root) && durable.add(at); at = FileTree.above(at)) {
            continue;
        }
    }
}
