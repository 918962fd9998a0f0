package holdfast.server.drivers;

import holdfast.server.drivers.TapeRecall.Wanted;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A tape library over a folder, for trying and showing what tape does: {@code online/} is the buffer,
 * {@code cartridges/0003/} a cartridge, {@code index/0003} what the library knows of it, {@code drives/0.broken} a drive
 * out of work. One process at a time holds it. A person may break it from a shell: remove a cartridge's folder and it is
 * lost, cut a file on it and no recall brings it; a file changed at equal size is recalled with its wrong bytes, as when
 * a drive's own checks miss it. A released file's bytes stay on the cartridge; nothing here repacks one.
 */
public final class TapeDriver implements ElementDriver {
    private static final Duration BETWEEN_MIGRATIONS = Duration.ofSeconds(30);

    private final TapeSettings settings;
    private final Disk disk;
    private final ElementMark mark;
    private final Probe probe;
    private final TapeFolders folders;
    private final FileTree online;
    private final Incoming incoming;
    private final TapeIndex index;
    private final TapeDrives drives;
    private final TapeShelf shelf;
    private final TapeWriter writer;
    private final TapeRecall recall;
    /** Names are given and taken away by one thread at a time. */
    private final ReentrantLock library = new ReentrantLock();

    private final ExecutorService recalls = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tape-worker").factory());
    private volatile boolean loaded;

    TapeDriver(StorageName name, TapeSettings settings, Start start) {
        this(name, settings, start, new Disk());
    }

    TapeDriver(StorageName name, TapeSettings settings, Start start, Disk disk) {
        this.settings = settings;
        this.disk = disk;
        mark = new ElementMark(name, settings.root(), disk);
        probe = new Probe(this::reachNow, settings.answersWithin());
        folders = new TapeFolders(settings.root(), disk);
        online = new FileTree(folders.online(), disk);
        incoming = new Incoming(settings.root(), disk, start.id());
        index = new TapeIndex(folders.index(), disk);
        drives = new TapeDrives(folders.drives(), settings.library());
        shelf = new TapeShelf(folders.cartridges(), settings, index, drives, disk);
        writer = new TapeWriter(settings.migratesAtOnce(), index, shelf, online, incoming, disk);
        recall = new TapeRecall(settings.library(), drives, shelf, online, incoming, disk);
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        Initialised outcome = mark.initialise(firstTime, UUID.randomUUID());
        if (outcome instanceof Initialised.Refused) {
            return outcome;
        }
        try {
            load(firstTime);
            return outcome;
        } catch (IOException e) {
            return new Initialised.Refused(Causes.of(e));
        }
    }

    @Override
    public Reach reach() {
        return probe.ask();
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        return writeAll(List.of(new NewBytes(path, size, bytes))).getFirst();
    }

    @Override
    public List<Written> writeAll(List<NewBytes> requests) {
        if (reachNow() instanceof Reach.Silent silent) {
            return Collections.nCopies(requests.size(), new Written.Refused("the element is silent: " + silent.why()));
        }
        List<Taken> taken = writer.take(requests);
        List<Written> answers;
        library.lock();
        try {
            answers = writer.place(taken);
        } finally {
            library.unlock();
        }
        if (!settings.onlineFor().isZero()) {
            keepOnline(requests, answers);
        }
        return answers;
    }

    @Override
    public Seen look(StoragePath path) {
        if (reachNow() instanceof Reach.Silent silent) {
            return new Seen.Unreachable(silent.why());
        }
        Optional<TapeHolding> held = index.find(path);
        if (held.isEmpty()) {
            return new Seen.Absent();
        }
        boolean isOnline = isOnline(path);
        ByteSize size = held.get().size();
        return held.get()
                .position()
                .<Seen>map(at -> new Seen.Present(
                        size, isOnline ? Locality.ONLINE_AND_TAPE : Locality.TAPE, Optional.of(at.locator())))
                .orElseGet(
                        () -> isOnline ? new Seen.Present(size, Locality.ONLINE, Optional.empty()) : new Seen.Absent());
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        require();
        try {
            return online.open(path, disk::read);
        } catch (NoSuchFileException e) {
            Optional<TapePosition> at = index.find(path).flatMap(TapeHolding::position);
            if (at.isPresent()) {
                throw new IOException(
                        "%s is on tape only (%s): recall it first"
                                .formatted(path, at.get().locator()),
                        e);
            }
            throw e;
        }
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        require();
        index.all().forEach((path, held) -> {
            if (held.position().isPresent() || isOnline(path)) {
                each.accept(new Listed(path, held.size()));
            }
        });
        require();
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        Map<StoragePath, Recalled> answers = new ConcurrentHashMap<>();
        if (reachNow() instanceof Reach.Answers) {
            Map<Integer, List<Wanted>> wanted = new TreeMap<>();
            paths.forEach(path -> want(path, wanted, answers));
            await(wanted.entrySet().stream()
                    .map(e ->
                            CompletableFuture.runAsync(() -> recall.recall(e.getKey(), e.getValue(), answers), recalls))
                    .toArray(CompletableFuture<?>[]::new));
        }
        Map<StoragePath, Recalled> all = new HashMap<>();
        paths.forEach(path -> all.put(path, answers.getOrDefault(path, Recalled.NOT_YET)));
        return all;
    }

    @Override
    public void evict(Collection<StoragePath> paths) {
        for (StoragePath path : paths) {
            boolean onTape = index.find(path).flatMap(TapeHolding::position).isPresent();
            try {
                if (onTape) {
                    DurableFile.delete(disk, online.place(path));
                }
            } catch (IOException e) {
                // It stays online a while longer; the next start clears the buffer.
                continue;
            }
        }
    }

    @Override
    public Optional<Integer> workingDrives() {
        return Optional.of(drives.working());
    }

    @Override
    public Removed release(StoragePath path) {
        if (reachNow() instanceof Reach.Silent silent) {
            return new Removed.Unknown("the element is silent: " + silent.why());
        }
        library.lock();
        try {
            return releaseHeld(path);
        } catch (IOException e) {
            return new Removed.Unknown(Causes.of(e));
        } finally {
            library.unlock();
        }
    }

    /**
     * Moves the files that wait online to cartridges; the driver's own worker does so too.
     *
     * @return how many were moved
     * @throws IOException when none could be, as with no working drive
     */
    public int migrate() throws IOException {
        require();
        int moved = 0;
        library.lock();
        try {
            for (List<StoragePath> some = writer.migrate(); !some.isEmpty(); some = writer.migrate()) {
                moved += some.size();
                evictLater(some);
            }
            return moved;
        } finally {
            library.unlock();
        }
    }

    /** How often a cartridge was put into a drive since the start. */
    public int mounts() {
        return drives.mounts();
    }

    @Override
    public void close() {
        worker.shutdownNow();
        recalls.shutdownNow();
        folders.close();
        loaded = false;
    }

    private Reach reachNow() {
        Reach reach = mark.reach();
        if (reach instanceof Reach.Answers && !loaded) {
            try {
                load(false);
            } catch (IOException e) {
                return new Reach.Silent(Causes.of(e));
            }
        }
        return reach;
    }

    private void require() throws IOException {
        if (reachNow() instanceof Reach.Silent silent) {
            throw new IOException("the element is silent: " + silent.why());
        }
    }

    private void load(boolean firstTime) throws IOException {
        library.lock();
        try {
            if (loaded) {
                return;
            }
            folders.take(firstTime);
            // No other process is at work here: whatever lies there was left.
            incoming.prepare(Instant.MAX);
            index.load();
            shelf.requireIndex();
            shelf.spendUnknown();
            sortBuffer();
            worker.scheduleWithFixedDelay(
                    this::migrateQuietly,
                    BETWEEN_MIGRATIONS.toMillis(),
                    BETWEEN_MIGRATIONS.toMillis(),
                    TimeUnit.MILLISECONDS);
            loaded = true;
        } finally {
            library.unlock();
        }
    }

    /** After a start: recalled copies may be torn and go, files that no cartridge has wait for their migration. */
    private void sortBuffer() throws IOException {
        List<StoragePath> copies = new ArrayList<>();
        List<StoragePath> waiting = new ArrayList<>();
        new TreeListing(
                        folders.online(),
                        file -> {
                            if (index.find(file.path()).isPresent()) {
                                copies.add(file.path());
                            } else {
                                index.waiting(file.path(), file.size());
                                waiting.add(file.path());
                            }
                        },
                        foreign -> {})
                .list();
        writer.settle(waiting);
        evict(copies);
    }

    private Removed releaseHeld(StoragePath path) throws IOException {
        Optional<TapeHolding> held = index.find(path);
        if (held.isEmpty()) {
            online.settleAbsence(path);
            return new Removed.Absent();
        }
        Optional<TapePosition> at = held.get().position();
        if (at.isPresent()) {
            // First, for what lies online and is in no index waits for its migration: the file would come back.
            DurableFile.delete(disk, online.place(path));
            online.settleAbsence(path);
            index.release(path, at.get());
            return new Removed.Done();
        }
        index.forget(path);
        if (!isOnline(path)) {
            online.settleAbsence(path);
            return new Removed.Absent();
        }
        online.remove(path);
        return new Removed.Done();
    }

    private void want(StoragePath path, Map<Integer, List<Wanted>> wanted, Map<StoragePath, Recalled> answers) {
        Optional<TapeHolding> held = index.find(path);
        Optional<TapePosition> at = held.flatMap(TapeHolding::position);
        if (held.isPresent() && isOnline(path)) {
            answers.put(path, Recalled.ONLINE_ALREADY);
        } else if (at.isPresent()) {
            wanted.computeIfAbsent(at.get().cartridge(), c -> new ArrayList<>())
                    .add(new Wanted(path, held.get().size().bytes(), at.get()));
        } else {
            answers.put(path, Recalled.FAILED);
        }
    }

    private void await(CompletableFuture<?>[] work) {
        try {
            CompletableFuture.allOf(work).get(settings.recallLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What has no answer is not ready; a recall that goes on brings it for the next question.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepOnline(List<NewBytes> requests, List<Written> answers) {
        List<StoragePath> kept = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Written.Done done && done.locator().isPresent()) {
                kept.add(requests.get(i).path());
            }
        }
        recall(kept);
        evictLater(kept);
    }

    private void evictLater(List<StoragePath> paths) {
        if (settings.onlineFor().isZero()) {
            evict(paths);
        } else {
            worker.schedule(() -> evict(paths), settings.onlineFor().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void migrateQuietly() {
        try {
            migrate();
        } catch (IOException | RuntimeException e) {
            // They wait on, and show as online without a locator; the next round tries again.
            return;
        }
    }

    private boolean isOnline(StoragePath path) {
        try {
            return online.attributes(path).isRegularFile();
        } catch (IOException e) {
            return false;
        }
    }
}
