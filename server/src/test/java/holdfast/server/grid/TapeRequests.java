package holdfast.server.grid;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The stage requests of a library with some drives, in each of which the files of one folder lie on one cartridge. */
public final class TapeRequests implements AutoCloseable {
    private final TapeShelves shelves;
    private final Duration mount;
    private final Executor drives;
    private final Map<String, Map<String, File>> requests = new ConcurrentHashMap<>();
    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean isHeld;
    private final List<String> mounted = new ArrayList<>();

    /** One file of a request. */
    record File(String state, Optional<String> error, long startedAt, long finishedAt) {
        private static final Set<String> OVER = Set.of("COMPLETED", "FAILED", "CANCELLED");

        boolean isOver() {
            return OVER.contains(state);
        }
    }

    /** @param drives each of its threads is one; one that runs in the caller's thread is a library that is fast enough */
    TapeRequests(TapeShelves shelves, Executor drives, Duration mount) {
        this.shelves = shelves;
        this.mount = mount;
        this.drives = drives;
    }

    /** From now on no drive moves, until {@link #goOn}. */
    public synchronized void hold() {
        isHeld = true;
    }

    public void goOn() {
        List<Runnable> waiting;
        synchronized (this) {
            isHeld = false;
            waiting = List.copyOf(held);
            held.clear();
        }
        waiting.forEach(drives::execute);
    }

    private void drive(Runnable work) {
        synchronized (this) {
            if (isHeld) {
                held.add(work);
                return;
            }
        }
        drives.execute(work);
    }

    /** The next stages of a file fail with these words. */
    public void fail(String path, String error) {
        failing.put(path, error);
    }

    public void mend(String path) {
        failing.remove(path);
    }

    /** All requests are gone, as after a loss of the server's database. */
    public void forget() {
        requests.clear();
    }

    public synchronized List<String> mounted() {
        return List.copyOf(mounted);
    }

    String stage(List<String> paths) {
        String id = UUID.randomUUID().toString();
        Map<String, File> files = new ConcurrentHashMap<>();
        Map<String, List<String>> cartridges = new LinkedHashMap<>();
        for (String path : paths) {
            files.put(path, new File("SUBMITTED", Optional.empty(), 0, 0));
            cartridges
                    .computeIfAbsent(path.substring(0, path.lastIndexOf('/')), c -> new ArrayList<>())
                    .add(path);
        }
        requests.put(id, files);
        cartridges.forEach((cartridge, some) -> drive(() -> bring(cartridge, some, files)));
        return id;
    }

    private void bring(String cartridge, List<String> paths, Map<String, File> files) {
        synchronized (this) {
            mounted.add(cartridge);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(mount.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        for (String path : paths) {
            files.computeIfPresent(path, (p, file) -> file.isOver() ? file : brought(p));
        }
    }

    private File brought(String path) {
        long now = System.currentTimeMillis() / 1000;
        String error = failing.get(path);
        try {
            Optional<String> locality = shelves.locality(path);
            if (error == null && locality.isPresent() && !Set.of("LOST", "NONE").contains(locality.get())) {
                shelves.stage(path);
                return new File("COMPLETED", Optional.empty(), now, now);
            }
            String why =
                    error != null ? error : "no file that could be brought: " + locality.orElse("nothing stands there");
            return new File("FAILED", Optional.of(why), now, now);
        } catch (IOException e) {
            return new File("FAILED", Optional.of(e.toString()), now, now);
        }
    }

    /** The requests that are known. */
    public Set<String> ids() {
        return Set.copyOf(requests.keySet());
    }

    Optional<Map<String, File>> request(String id) {
        return Optional.ofNullable(requests.get(id)).map(Map::copyOf);
    }

    /** Answers whether all the paths are of the request; if not, nothing was done. */
    boolean cancel(String id, Collection<String> paths) {
        Map<String, File> files = requests.get(id);
        if (!files.keySet().containsAll(paths)) {
            return false;
        }
        paths.forEach(path -> files.computeIfPresent(
                path,
                (p, file) -> file.isOver()
                        ? file
                        : new File("CANCELLED", Optional.empty(), file.startedAt, System.currentTimeMillis() / 1000)));
        return true;
    }

    void delete(String id) {
        cancel(id, Set.copyOf(requests.get(id).keySet()));
        requests.remove(id);
    }

    /** Answers whether all the paths are of the request. */
    boolean contains(String id, Collection<String> paths) {
        return requests.get(id).keySet().containsAll(paths);
    }

    @Override
    public void close() {
        if (drives instanceof ExecutorService threads) {
            threads.shutdownNow();
        }
    }
}
