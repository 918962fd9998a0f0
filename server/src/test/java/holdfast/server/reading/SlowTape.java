package holdfast.server.reading;

import holdfast.storage.StorageDriver;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A tape that has every file, whose recalls wait until a test lets them through. */
final class SlowTape implements StorageDriver {
    private final byte[] bytes;
    private final Set<StoragePath> online = ConcurrentHashMap.newKeySet();
    private final List<List<StoragePath>> recalls = new CopyOnWriteArrayList<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore through = new Semaphore(0);
    private final BlockingQueue<StoragePath> evicted = new LinkedBlockingQueue<>();
    private volatile boolean failing;

    SlowTape(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    void bring(String path) {
        online.add(new StoragePath(path));
    }

    void fail() {
        failing = true;
    }

    List<List<StoragePath>> recalls() {
        return recalls;
    }

    void awaitRecall() throws InterruptedException {
        begun.acquire();
    }

    void letThrough() {
        through.release();
    }

    void letAllThrough() {
        through.release(1_000);
    }

    StoragePath awaitEviction() throws InterruptedException {
        return evicted.take();
    }

    @Override
    public Reach reach() {
        return new Reach.Answers();
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream content) {
        return new Written.Refused("nobody writes here");
    }

    @Override
    public Seen look(StoragePath path) {
        Locality where = online.contains(path) ? Locality.ONLINE_AND_TAPE : Locality.TAPE;
        return new Seen.Present(new ByteSize(bytes.length), where, Optional.empty());
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        if (!online.contains(path)) {
            throw new IOException("on tape only");
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void list(Consumer<Listed> each) {}

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        recalls.add(List.copyOf(paths));
        begun.release();
        through.acquireUninterruptibly();
        Map<StoragePath, Recalled> answers = new HashMap<>();
        for (StoragePath path : paths) {
            answers.put(path, failing ? Recalled.FAILED : Recalled.FROM_MEDIUM);
            if (!failing) {
                online.add(path);
            }
        }
        return answers;
    }

    @Override
    public void evict(Collection<StoragePath> paths) {
        online.removeAll(paths);
        evicted.addAll(paths);
    }

    @Override
    public Removed release(StoragePath path) {
        return new Removed.Unknown("nobody removes here");
    }
}
