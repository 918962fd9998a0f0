package holdfast.server.work;

import holdfast.server.drivers.ElementDriver;
import holdfast.storage.ThirdPartyCopy;
import holdfast.storage.Visitor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A real driver, except for the paths and moments at which a test lets something happen. */
final class TricksterDriver implements ElementDriver {
    private final ElementDriver real;
    private final Map<String, String> faults = new HashMap<>();
    private Runnable beforeReads = () -> {};
    private int untold;
    private Runnable afterListing = () -> {};
    private Optional<Reach> reach = Optional.empty();
    private Optional<BiFunction<StoragePath, Visitor, Knock>> door = Optional.empty();
    private Optional<ThirdPartyCopy> copies = Optional.empty();
    private int recalls;

    TricksterDriver(ElementDriver real) {
        this.real = real;
    }

    /** Reads of a path fail in their midst, as a bad sector lets them. */
    void failReads(StoragePath path, String why) {
        faults.put(path.path(), why);
    }

    /** The next looks at anything but canaries are not answered. */
    void answerNoLooks(int looks) {
        untold = looks;
    }

    void mend() {
        faults.clear();
    }

    void beforeReads(Runnable happens) {
        beforeReads = happens;
    }

    void afterListing(Runnable happens) {
        afterListing = happens;
    }

    void reach(Optional<Reach> answer) {
        reach = answer;
    }

    /** A door that answers as a test says. */
    void door(BiFunction<StoragePath, Visitor, Knock> answers) {
        door = Optional.of(answers);
    }

    /** Its server copies by itself, as a test says. */
    void copiesBy(ThirdPartyCopy server) {
        copies = Optional.of(server);
    }

    /** How often it was asked to bring something online. */
    int recalls() {
        return recalls;
    }

    @Override
    public Optional<ThirdPartyCopy> thirdParty() {
        return copies.or(real::thirdParty);
    }

    @Override
    public Knock knock(StoragePath path, Visitor visitor) {
        return door.map(d -> d.apply(path, visitor)).orElseGet(() -> real.knock(path, visitor));
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        return real.initialise(firstTime);
    }

    @Override
    public Reach reach() {
        return reach.orElseGet(real::reach);
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        return real.write(path, size, bytes);
    }

    @Override
    public Seen look(StoragePath path) {
        if (untold > 0 && !path.path().startsWith(".canary/")) {
            untold--;
            return new Seen.Unreachable("no answer");
        }
        return real.look(path);
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        if (!path.path().startsWith(".canary/")) {
            beforeReads.run();
        }
        String fault = faults.get(path.path());
        return fault == null
                ? real.open(path)
                : new FilterInputStream(real.open(path)) {
                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        throw new IOException(fault);
                    }
                };
    }

    @Override
    public InputStream openPastCaches(StoragePath path) throws IOException {
        return open(path);
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        real.list(each);
        afterListing.run();
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        recalls++;
        return real.recall(paths);
    }

    @Override
    public void evict(Collection<StoragePath> paths) {
        real.evict(paths);
    }

    @Override
    public Optional<Integer> workingDrives() {
        return real.workingDrives();
    }

    @Override
    public Removed release(StoragePath path) {
        return real.release(path);
    }
}
