package holdfast.server.drivers.taperest;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.ElementDriver;
import holdfast.storage.Locator;
import holdfast.storage.ThirdPartyCopy;
import holdfast.storage.Visitor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A tape library behind the WLCG Tape REST API, as dCache, StoRM and CTA have it: bytes come and go by WebDAV, the API tells
 * where they are and brings them to disk. What was written has no durable address before the site says that it is archived.
 */
public final class TapeRestDriver implements ElementDriver {
    private final ElementDriver webdav;
    private final URI root;
    private final TapeRest tape;
    private final Staging staging;
    private final Optional<ThirdPartyCopy.Recall> recallByOthers;

    /** @param webdav the same element, for its bytes; closed with this driver */
    TapeRestDriver(ElementDriver webdav, URI root, TapeRest tape, TapeRestSettings settings, Pace.Time time) {
        this.webdav = webdav;
        this.root = root;
        this.tape = tape;
        recallByOthers = settings.byOthers();
        staging = new Staging(tape, settings, time, this::isAbsent);
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        try {
            tape.find();
            return webdav.initialise(firstTime);
        } catch (IOException e) {
            return new Initialised.Refused(Causes.of(e));
        }
    }

    @Override
    public Reach reach() {
        return webdav.reach();
    }

    @Override
    public Optional<Space> space() {
        return webdav.space();
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        return NotArchived.of(webdav.write(path, size, bytes));
    }

    @Override
    public List<Written> writeAll(List<NewBytes> requests) {
        return webdav.writeAll(requests).stream().map(NotArchived::of).toList();
    }

    @Override
    public Optional<ThirdPartyCopy> thirdParty() {
        return webdav.thirdParty().map(copies -> new NotArchived(copies, recallByOthers));
    }

    @Override
    public Seen look(StoragePath path) {
        Seen seen = webdav.look(path);
        // What WebDAV gives no address is a folder.
        boolean isFile =
                seen instanceof Seen.Present present && present.locator().isPresent();
        return isFile ? located(path, ((Seen.Present) seen).size()) : seen;
    }

    private Seen located(StoragePath path, ByteSize size) {
        try {
            return switch (whereabouts(path)) {
                case Whereabouts.NotTold(String why) ->
                    new Seen.Unreachable("the tape endpoint tells no locality: " + why);
                case Whereabouts.At(Whereabouts.Locality at) -> seen(path, size, at);
            };
        } catch (IOException e) {
            return new Seen.Unreachable(Causes.of(e));
        }
    }

    /** What is lost stands there all the same, as its name does; that it cannot be read is shown by its recall. */
    private static Seen seen(StoragePath path, ByteSize size, Whereabouts.Locality at) {
        Optional<Locator> archived = Optional.of(new Locator(path.path()));
        return switch (at) {
            case DISK, NONE -> new Seen.Present(size, Locality.ONLINE, Optional.empty());
            case TAPE -> new Seen.Present(size, Locality.TAPE, archived);
            case DISK_AND_TAPE -> new Seen.Present(size, Locality.ONLINE_AND_TAPE, archived);
            case LOST -> new Seen.Present(size, Locality.TAPE, Optional.empty());
            case UNAVAILABLE -> new Seen.Unreachable("the site says that it is unavailable for the moment");
        };
    }

    private Whereabouts whereabouts(StoragePath path) throws IOException {
        ServerPath there = ServerPath.of(root, path);
        return tape.archiveInfo(List.of(there))
                .getOrDefault(there, new Whereabouts.NotTold("an answer that leaves the file out"));
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        requireOnDisk(path);
        return webdav.open(path);
    }

    @Override
    public InputStream openFrom(StoragePath path, long from) throws IOException {
        requireOnDisk(path);
        return webdav.openFrom(path, from);
    }

    @Override
    public InputStream openPastCaches(StoragePath path) throws IOException {
        requireOnDisk(path);
        return webdav.openPastCaches(path);
    }

    /** A read of what is on tape only would hang, or have the file recalled all by itself. */
    private void requireOnDisk(StoragePath path) throws IOException {
        if (whereabouts(path) instanceof Whereabouts.At(Whereabouts.Locality at)) {
            switch (at) {
                case DISK, DISK_AND_TAPE, NONE -> {}
                case TAPE -> throw new IOException(path + " is on tape only: recall it first");
                case LOST -> throw new IOException("the site says that it lost " + path);
                case UNAVAILABLE ->
                    throw new IOException("the site says that %s is unavailable for the moment".formatted(path));
            }
        }
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        webdav.list(each);
    }

    @Override
    public void list(Consumer<Listed> each, Consumer<Foreign> notOurs) throws IOException {
        webdav.list(each, notOurs);
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        Map<ServerPath, StoragePath> names = names(paths);
        Map<ServerPath, Recalled> came = reach() instanceof Reach.Answers ? staging.recall(names.keySet()) : Map.of();
        Map<StoragePath, Recalled> answers = new HashMap<>();
        names.forEach((there, path) -> answers.put(path, came.getOrDefault(there, Recalled.NOT_YET)));
        return answers;
    }

    @Override
    public void evict(Collection<StoragePath> paths) {
        staging.letGo(names(paths).keySet());
    }

    private Map<ServerPath, StoragePath> names(Collection<StoragePath> paths) {
        Map<ServerPath, StoragePath> names = new LinkedHashMap<>();
        paths.forEach(p -> names.put(ServerPath.of(root, p), p));
        return names;
    }

    private boolean isAbsent(ServerPath path) {
        String below = path.text().substring(ServerPath.folder(root).text().length());
        return webdav.look(new StoragePath(below)) instanceof Seen.Absent;
    }

    @Override
    public Knock knock(StoragePath path, Visitor visitor) {
        return webdav.knock(path, visitor);
    }

    @Override
    public Removed release(StoragePath path) {
        return webdav.release(path);
    }

    @Override
    public void close() {
        try {
            webdav.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
