package holdfast.server.simulation;

import holdfast.server.drivers.ElementDriver;
import holdfast.server.simulation.Store.Mood;
import holdfast.server.simulation.Witness.What;
import holdfast.storage.Locator;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node's driver of a simulated element. While nothing is wrong with the element it keeps every promise of the port;
 * the task that calls it may be put aside at every call, before and after.
 */
final class SimulatedDriver implements ElementDriver {
    private final World world;
    private final Store store;
    private volatile @Nullable UUID recognised;

    SimulatedDriver(World world, Store store) {
        this.world = world;
        this.store = store;
    }

    private void point() {
        if (!world.isCalm() && world.chance(world.weather.strikes() * 0.03)) {
            world.adversary.strikeWithin(store);
        }
        world.point(world.weather.atDriver());
    }

    private boolean answers() {
        return store.answers() && (recognised == null || recognised.equals(store.mark));
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        point();
        if (store.is(Mood.SILENT) || store.is(Mood.FLAPPING)) {
            return new Initialised.Refused("it does not answer");
        }
        if (store.mark == null || store.is(Mood.EMPTY_MOUNT)) {
            return firstTime ? mark() : new Initialised.Refused("it carries no mark");
        }
        recognised = store.mark;
        return new Initialised.Known(store.mark);
    }

    private Initialised mark() {
        if (store.everMarked) {
            world.violation("%s was marked as new, though it was marked before", store.name);
        }
        UUID fresh = new UUID(world.seed, store.name.hashCode());
        store.mark = fresh;
        store.everMarked = true;
        recognised = fresh;
        return new Initialised.Marked(fresh);
    }

    @Override
    public Reach reach() {
        point();
        return answers() ? new Reach.Answers() : new Reach.Silent("simulated silence");
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        point();
        Written written = keep(path, size, bytes);
        point();
        return written;
    }

    private Written keep(StoragePath path, ByteSize size, InputStream bytes) {
        byte[] taken;
        try {
            taken = bytes.readNBytes(Math.toIntExact(size.bytes()) + 1);
        } catch (IOException e) {
            return new Written.Refused(String.valueOf(e.getMessage()));
        }
        synchronized (store) {
            Optional<Written> refused = refused(path, size, taken);
            if (refused.isPresent()) {
                return refused.get();
            }
            boolean right = world.truth.isRight(path, taken);
            if (!right) {
                world.violation("other bytes than the file's were written to %s of %s", path, store.name);
            }
            if (store.is(Mood.UNSURE)) {
                if (world.chance(0.5)) {
                    store.put(path, taken);
                }
                return new Written.Unknown("no answer came");
            }
            if (!store.is(Mood.FORGETFUL)) {
                store.put(path, taken);
            }
        }
        world.witness.saw(store, path, What.WROTE, world.moment(), true);
        return new Written.Done(locator(path));
    }

    private Optional<Written> refused(StoragePath path, ByteSize size, byte[] taken) {
        if (!answers()) {
            return Optional.of(new Written.Refused("it does not answer"));
        }
        if (path.path().startsWith(".holdfast")) {
            return Optional.of(new Written.Refused("kept for drivers: " + path));
        }
        if (taken.length != size.bytes()) {
            return Optional.of(new Written.Refused("not the %s bytes announced".formatted(size)));
        }
        if (store.holds(path)) {
            return Optional.of(new Written.Occupied(size(path)));
        }
        if (store.is(Mood.FULL)) {
            return Optional.of(new Written.Refused("no space is left"));
        }
        return isFolder(path) || isBelowAFile(path)
                ? Optional.of(new Written.Refused("a file would have to be a folder: " + path))
                : Optional.empty();
    }

    private ByteSize size(StoragePath path) {
        byte[] there = store.medium.get(path);
        Store.Online online = store.buffer.get(path);
        return new ByteSize(there != null ? there.length : online == null ? 0 : online.bytes().length);
    }

    private Optional<Locator> locator(StoragePath path) {
        if (!store.tape) {
            return Optional.of(new Locator(path.path()));
        }
        return store.medium.containsKey(path) || !store.migratesLater
                ? Optional.of(new Locator("T01:" + path.path()))
                : Optional.empty();
    }

    @Override
    public Seen look(StoragePath path) {
        point();
        synchronized (store) {
            if (store.is(Mood.FLAPPING)) {
                world.witness.saw(store, path, What.SEEMED_ABSENT, world.moment(), false);
                return new Seen.Absent();
            }
            if (!answers()) {
                return new Seen.Unreachable("simulated silence");
            }
            if (!store.holds(path)) {
                world.witness.saw(store, path, What.ABSENT, world.moment(), true);
                return new Seen.Absent();
            }
            return new Seen.Present(size(path), locality(path), locator(path));
        }
    }

    private Locality locality(StoragePath path) {
        if (!store.tape) {
            return Locality.ONLINE;
        }
        return !store.buffer.containsKey(path)
                ? Locality.TAPE
                : store.medium.containsKey(path) ? Locality.ONLINE_AND_TAPE : Locality.ONLINE;
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        point();
        byte[] bytes = read(path);
        point();
        return new ByteArrayInputStream(bytes);
    }

    private byte[] read(StoragePath path) throws IOException {
        synchronized (store) {
            Store.Online online = store.buffer.get(path);
            byte[] bytes = store.tape ? (online == null ? null : online.bytes()) : store.medium.get(path);
            if (!answers() || bytes == null || store.is(Mood.NO_READS)) {
                world.witness.saw(store, path, What.FAILED, world.moment(), !store.is(Mood.NO_READS));
                throw new IOException(bytes == null ? "nothing at " + path : "simulated failure");
            }
            boolean garbled = store.is(Mood.GARBLED);
            byte[] given = garbled ? garble(bytes) : bytes;
            boolean right = world.truth.isRight(path, given);
            Optional<Moment> fromMedium =
                    store.tape ? java.util.Objects.requireNonNull(online).recalled() : Optional.of(world.moment());
            What what = !right ? What.WRONG : fromMedium.isPresent() ? What.RIGHT_FROM_MEDIUM : What.RIGHT;
            world.witness.saw(store, path, what, fromMedium.orElse(world.moment()), !garbled);
            return given;
        }
    }

    private static byte[] garble(byte[] bytes) {
        byte[] changed = bytes.clone();
        if (changed.length > 0) {
            changed[changed.length / 3] ^= 0x40;
        }
        return changed;
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        point();
        int count = 0;
        for (StoragePath path : store.paths()) {
            if (!answers()) {
                throw new IOException("it does not answer");
            }
            if (!store.is(Mood.PARTIAL_LISTING) || count++ % 2 == 0) {
                each.accept(new Listed(path, size(path)));
            }
        }
        point();
        if (!answers()) {
            throw new IOException("it does not answer");
        }
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        point();
        Map<StoragePath, Recalled> answers = new HashMap<>();
        synchronized (store) {
            paths.forEach(path -> answers.put(path, recall(path)));
        }
        point();
        return answers;
    }

    private Recalled recall(StoragePath path) {
        if (!answers()) {
            return Recalled.NOT_YET;
        }
        if (!store.tape) {
            return store.holds(path) ? Recalled.ONLINE_ALREADY : Recalled.FAILED;
        }
        if (store.buffer.containsKey(path)) {
            return Recalled.ONLINE_ALREADY;
        }
        byte[] bytes = store.medium.get(path);
        if (bytes == null || store.is(Mood.NO_DRIVES)) {
            world.witness.saw(store, path, What.FAILED, world.moment(), bytes == null);
            return Recalled.FAILED;
        }
        store.buffer.put(path, new Store.Online(bytes, Optional.of(world.moment())));
        return Recalled.FROM_MEDIUM;
    }

    @Override
    public void evict(Collection<StoragePath> paths) {
        point();
        if (!store.is(Mood.PINNED)) {
            paths.stream().filter(store.medium::containsKey).forEach(store.buffer::remove);
        }
    }

    @Override
    public Optional<Integer> workingDrives() {
        return store.tape ? Optional.of(store.is(Mood.NO_DRIVES) ? 0 : 2) : Optional.empty();
    }

    @Override
    public Removed release(StoragePath path) {
        point();
        synchronized (store) {
            if (!answers()) {
                return new Removed.Unknown("it does not answer");
            }
            if (!store.holds(path)) {
                return new Removed.Absent();
            }
            world.witness.released(store, path);
            store.lose(path);
            return new Removed.Done();
        }
    }

    private boolean isFolder(StoragePath path) {
        StoragePath first = new StoragePath(path + "/ ");
        return Stream.of(store.medium.ceilingKey(first), store.buffer.ceilingKey(first))
                .anyMatch(next -> next != null && next.path().startsWith(path + "/"));
    }

    private boolean isBelowAFile(StoragePath path) {
        String text = path.path();
        return IntStream.range(0, text.length())
                .filter(i -> text.charAt(i) == '/')
                .anyMatch(slash -> store.holds(new StoragePath(text.substring(0, slash))));
    }
}
