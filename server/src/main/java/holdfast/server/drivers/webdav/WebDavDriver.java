package holdfast.server.drivers.webdav;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.Causes;
import holdfast.server.drivers.DigestingStream;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.MarkText;
import holdfast.server.drivers.Probe;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.fts.Fts;
import holdfast.server.drivers.http.Door;
import holdfast.storage.Locator;
import holdfast.storage.ThirdPartyCopy;
import holdfast.storage.Visitor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A storage element behind WebDAV, such as XRootD, dCache, StoRM or EOS have it. Files lie under their own path below the
 * root. What the server answers is no proof of bytes: a write is compared by the size and the digest that the server states, and counts
 * only after it was read back, by another step. How durable an answered write is, is the server's own promise.
 */
public final class WebDavDriver implements ElementDriver {
    private static final int SMALL_AT_ONCE = 16;

    private final Dav dav;
    private final Door door;
    private final DavMark mark;
    private final Probe probe;
    private final Arrivals arrivals;
    private final Optional<ThirdPartyCopy> thirdParty;
    private final Optional<Fts> fts;
    private final Map<Visitor, Outsider> outsiders = new EnumMap<>(Visitor.class);

    public WebDavDriver(StorageName name, WebDavSettings settings, Door door, Bearer bearer, Start start) {
        this(new Reached(name, door, Optional.empty()), settings, bearer, start);
    }

    /**
     * An element and the ways to it.
     *
     * @param fts whom to ask for copies to it; the driver closes it
     */
    public record Reached(StorageName name, Door door, Optional<Fts> fts) {}

    public WebDavDriver(Reached element, WebDavSettings settings, Bearer bearer, Start start) {
        this.door = element.door;
        fts = element.fts;
        dav = new Dav(door, bearer, settings);
        mark = new DavMark(element.name, dav);
        probe = new Probe(mark::reach, settings.answersWithin());
        arrivals = settings.createsOnly() ? new DirectArrivals(dav) : new HiddenArrivals(dav, start);
        HttpThirdParty.Pace pace = new HttpThirdParty.Pace(settings.stall(), settings.copiesAtOnce());
        thirdParty = settings.thirdParty() || fts.isPresent()
                ? Optional.of(new HttpThirdParty(dav, arrivals, mark, pace, fts))
                : Optional.empty();
    }

    /**
     * Lets somebody knock who must not be let in.
     *
     * @param own a door that shows no certificate and that nobody else uses; the driver closes it
     * @param shows the token that is shown there
     */
    public WebDavDriver withOutsider(Visitor who, Door own, Bearer shows) {
        outsiders.put(who, new Outsider(own, dav.place(), shows));
        return this;
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        Initialised outcome = mark.initialise(firstTime, UUID.randomUUID());
        if (outcome instanceof Initialised.Refused) {
            return outcome;
        }
        try {
            arrivals.begin();
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
    public Optional<ThirdPartyCopy> thirdParty() {
        return thirdParty;
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        return mark.reach() instanceof Reach.Silent silent ? refused(silent) : place(path, size, bytes);
    }

    /** Several at once, each over a connection of its own. */
    @Override
    public List<Written> writeAll(List<NewBytes> requests) {
        if (mark.reach() instanceof Reach.Silent silent) {
            return Collections.nCopies(requests.size(), refused(silent));
        }
        Semaphore free = new Semaphore(SMALL_AT_ONCE);
        List<Callable<Written>> work = new ArrayList<>(requests.size());
        requests.forEach(one -> work.add(() -> {
            free.acquire();
            try {
                return place(one.path(), one.size(), one.bytes());
            } finally {
                free.release();
            }
        }));
        return together(work);
    }

    private static List<Written> together(List<Callable<Written>> work) {
        List<Written> answers = new ArrayList<>(work.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Written> one : threads.invokeAll(work)) {
                answers.add(one.resultNow());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Collections.nCopies(work.size(), new Written.Unknown("interrupted"));
        }
    }

    private static Written refused(Reach.Silent silent) {
        return new Written.Refused("the element is silent: " + silent.why());
    }

    private Written place(StoragePath path, ByteSize size, InputStream bytes) {
        return arrivals.alone(path, () -> arrivals.inTheWay(path).orElseGet(() -> sent(path, size, bytes)));
    }

    private Written sent(StoragePath path, ByteSize size, InputStream bytes) {
        String name;
        try {
            name = arrivals.nameFor(path);
        } catch (IOException e) {
            return new Written.Refused(Causes.of(e));
        }
        try {
            send(name, size, bytes);
        } catch (IOException e) {
            return arrivals.failed(name, path, e);
        }
        return arrivals.settle(name, path);
    }

    /** Sends bytes and compares what the server then has. */
    private void send(String name, ByteSize size, InputStream bytes) throws IOException {
        DigestingStream measured = new DigestingStream(bytes, Set.of(Algorithm.ADLER32, Algorithm.MD5));
        ExactStream exact = new ExactStream(measured, size.bytes());
        try {
            dav.put(name, size.bytes(), exact);
        } catch (IOException e) {
            throw exact.failure().orElse(e);
        }
        exact.requireEnd();
        Stated there = dav.stated(name);
        if (there.size() != size.bytes()) {
            throw new IOException("the server has %d bytes of %s".formatted(there.size(), size));
        }
        Digests sent = measured.measured().digests();
        if (!sent.differing(there.digests()).isEmpty()) {
            throw new IOException("the server states %s of bytes that are %s".formatted(there.digests(), sent));
        }
    }

    @Override
    public Seen look(StoragePath path) {
        if (path.path().startsWith(MarkText.HIDDEN) || dav.unfit(path.path()).isPresent()) {
            return mark.reach() instanceof Reach.Silent silent ? new Seen.Unreachable(silent.why()) : new Seen.Absent();
        }
        try {
            Optional<Seen> found = dav.look(path.path()).map(r -> present(path, r));
            if (found.isPresent()) {
                return found.get();
            }
            // Nothing stood there; it counts only if the element is there now, and still has nothing there.
            mark.require();
            return dav.look(path.path()).map(r -> present(path, r)).orElseGet(Seen.Absent::new);
        } catch (IOException e) {
            return new Seen.Unreachable(Causes.of(e));
        }
    }

    private static Seen present(StoragePath path, Resource there) {
        return there.isFolder()
                ? new Seen.Present(ByteSize.ZERO, Locality.ONLINE, Optional.empty())
                : new Seen.Present(new ByteSize(there.size()), Locality.ONLINE, Optional.of(new Locator(path.path())));
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        return openFrom(path, 0);
    }

    /** Some servers answer a GET of a folder with a page about it: what stands at the path is looked at first. */
    @Override
    public InputStream openFrom(StoragePath path, long from) throws IOException {
        Optional<Resource> there = dav.look(path.path());
        if (there.isEmpty()) {
            mark.require();
            throw new IOException("nothing stands at " + dav.address(path.path()));
        }
        if (there.get().isFolder()) {
            throw new IOException("a folder stands at " + dav.address(path.path()));
        }
        long size = there.get().size();
        if (from > size) {
            throw new IOException("%s has %d bytes, none from %d on".formatted(path, size, from));
        }
        // Servers refuse a range that holds no byte.
        return from > 0 && from == size ? InputStream.nullInputStream() : dav.get(path.path(), from, size - 1);
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        list(each, foreign -> {});
    }

    @Override
    public void list(Consumer<Listed> each, Consumer<Foreign> notOurs) throws IOException {
        mark.require();
        new DavListing(dav, each, notOurs).list();
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

    /** A refusal tells something only of what we ourselves see at the very address that was asked. */
    @Override
    public Knock knock(StoragePath path, Visitor visitor) {
        Outsider outsider = outsiders.get(visitor);
        if (outsider == null) {
            return new Knock.NotKnown(
                    "no token of a non-member is named: give the element the setting 'stranger-token-file'");
        }
        Knock met = outsider.knock(path.path());
        return !(met instanceof Knock.Refused) || look(path) instanceof Seen.Present
                ? met
                : new Knock.NotKnown("we ourselves do not see what was refused there");
    }

    @Override
    public Removed release(StoragePath path) {
        if (mark.reach() instanceof Reach.Silent silent) {
            return new Removed.Unknown("the element is silent: " + silent.why());
        }
        try {
            Optional<Resource> there = dav.look(path.path());
            if (there.isPresent() && there.get().isFolder()) {
                return new Removed.Unknown("not removed: a folder stands at " + dav.address(path.path()));
            }
            return there.isPresent() && dav.delete(path.path()) ? new Removed.Done() : new Removed.Absent();
        } catch (IOException e) {
            return new Removed.Unknown(Causes.of(e));
        }
    }

    @Override
    public void close() {
        fts.ifPresent(Fts::close);
        outsiders.values().forEach(Outsider::close);
        door.close();
    }

    /** Reads at most what was announced, and remembers what was wrong with the source itself. */
    private static final class ExactStream extends InputStream {
        private final InputStream bytes;
        private long left;
        private Optional<IOException> failure = Optional.empty();

        ExactStream(InputStream bytes, long size) {
            this.bytes = bytes;
            left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = readSource(into, from, (int) Math.min(length, left));
            if (read < 0) {
                throw failed(new IOException("the bytes ended %d before their announced size".formatted(left)));
            }
            left -= read;
            return read;
        }

        private int readSource(byte[] into, int from, int length) throws IOException {
            try {
                return bytes.read(into, from, length);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        /** After the last byte: a source that has more, or fails at its end, gave other bytes than announced. */
        void requireEnd() throws IOException {
            if (readSource(new byte[1], 0, 1) >= 0) {
                throw failed(new IOException("there are more bytes than announced"));
            }
        }

        private IOException failed(IOException e) {
            failure = Optional.of(e);
            return e;
        }

        Optional<IOException> failure() {
            return failure;
        }
    }
}
