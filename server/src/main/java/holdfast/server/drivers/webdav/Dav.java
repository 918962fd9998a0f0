package holdfast.server.drivers.webdav;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Bearer.Want;
import holdfast.server.credentials.Right;
import holdfast.server.credentials.Secret;
import holdfast.server.drivers.http.Answer;
import holdfast.server.drivers.http.Door;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/** The requests of WebDAV (RFC 4918) to one element, each with a token for just what it does. Paths are those of the element. */
final class Dav {
    private static final int UPLOADS_AT_ONCE = 16;

    private final Door door;
    private final Place place;
    private final Bearer bearer;
    private final Duration stall;
    private final boolean createsOnly;
    private final Semaphore digests;
    private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE, true);
    private volatile Dialect dialect = Dialect.STANDARD;

    Dav(Door door, Bearer bearer, WebDavSettings settings) {
        this(door, new Place(settings.root()), bearer, settings.digestsAtOnce(), settings.createsOnly());
    }

    /** For one who only looks. */
    Dav(Door door, Place place, Bearer bearer) {
        this(door, place, bearer, 1, true);
    }

    private Dav(Door door, Place place, Bearer bearer, int digestsAtOnce, boolean createsOnly) {
        this.door = door;
        stall = door.told(Door.Settings::stall);
        digests = new Semaphore(digestsAtOnce, true);
        this.place = place;
        this.bearer = bearer;
        this.createsOnly = createsOnly;
    }

    /** Whether nothing that stands there may be changed, moved or removed by us. */
    boolean createsOnly() {
        return createsOnly;
    }

    Place place() {
        return place;
    }

    /** Why the server cannot keep a name; empty where it can. */
    Optional<String> unfit(String path) {
        if (path.indexOf('?') >= 0) {
            // XRootD would write to the name before it, and say that all is well.
            return Optional.of("servers of this kind keep no name with a '?'");
        }
        return dialect.plainDestination() && path.endsWith(" ")
                ? Optional.of("this server keeps no name that ends in a space")
                : Optional.empty();
    }

    /** From now on the server is spoken to in this way. */
    void speak(Dialect found) {
        dialect = found;
    }

    /** An answer that says that something is wrong with a request, and not that something is absent. */
    static final class BadAnswer extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        BadAnswer(String request, Answer answer) {
            super("%s: %s".formatted(request, answer.words()));
            status = answer.status();
        }

        int status() {
            return status;
        }
    }

    /** What stands at a path; empty when the server says that nothing does. */
    Optional<Resource> look(String path) throws IOException {
        List<Resource> found = new ArrayList<>(1);
        try {
            if (!properties(path, "0", found::add)) {
                return Optional.empty();
            }
        } catch (BadAnswer e) {
            if (e.status() >= 500 && isBelowFile(path)) {
                return Optional.empty();
            }
            throw e;
        }
        if (found.size() != 1) {
            throw new IOException("%s answered with %d resources for one".formatted(path, found.size()));
        }
        if (!found.getFirst().path().equals(path)) {
            throw new IOException("asked for %s, the server answered of %s"
                    .formatted(path, found.getFirst().path()));
        }
        return Optional.of(found.getFirst());
    }

    /** XRootD calls it a fault of its own when a part of a path on the way is a file. */
    private boolean isBelowFile(String path) throws IOException {
        String above = above(path);
        return !above.isEmpty() && look(above).map(r -> !r.isFolder()).orElse(false);
    }

    /**
     * What stands in a folder, in no order, without the folder itself.
     *
     * @return whether there is something at the path
     */
    boolean children(String folder, java.util.function.Consumer<Resource> each) throws IOException {
        return properties(folder, "1", resource -> {
            if (!resource.path().equals(folder)) {
                each.accept(resource);
            }
        });
    }

    /** Without a body, which asks for all properties: XRootD 5.5 can miss a small body behind the head and wait for ever. */
    private boolean properties(String path, String depth, java.util.function.Consumer<Resource> each)
            throws IOException {
        HttpUriRequestBase request = request("PROPFIND", path, Right.READ);
        request.setHeader("Depth", depth);
        try (Answer answer = door.ask(request)) {
            if (answer.status() == 404) {
                return false;
            }
            if (answer.status() != 207) {
                throw new BadAnswer("PROPFIND " + path, answer);
            }
            Multistatus.read(answer.body(), place, dialect, each);
            return true;
        }
    }

    /**
     * What the server states of a file; it is asked for adler32, which all know, and answers as it likes. XRootD computes a
     * few digests at once and lets who comes on top of them wait for half a minute, so they are asked one after the other here.
     */
    Stated stated(String path) throws IOException {
        digests.acquireUninterruptibly();
        try {
            return head(path, true);
        } catch (BadAnswer e) {
            if (e.status() == 404) {
                throw e;
            }
            // A server that fails to compute a digest still knows a size.
            return head(path, false);
        } catch (SocketTimeoutException e) {
            return head(path, false);
        } finally {
            digests.release();
        }
    }

    private Stated head(String path, boolean digest) throws IOException {
        HttpUriRequestBase request = request("HEAD", path, Right.READ);
        if (digest) {
            request.setHeader("Want-Digest", "adler32");
        }
        // It may read the whole file to answer.
        try (Answer answer = door.transfer(request)) {
            if (!answer.isGood()) {
                throw new BadAnswer("HEAD " + path, answer);
            }
            String length = answer.header("Content-Length").orElse("");
            if (length.isEmpty() || !length.chars().allMatch(Character::isDigit)) {
                throw new IOException("HEAD %s: an answer without a length".formatted(path));
            }
            return new Stated(
                    Long.parseLong(length), DigestHeader.read(answer.headers("Digest"), answer.headers("Repr-Digest")));
        }
    }

    /** All bytes of a file. */
    InputStream get(String path) throws IOException {
        return get(path, 0, Long.MAX_VALUE);
    }

    /**
     * The bytes of a file from one up to another, both inclusive; closing the stream ends the connection's use. The last one
     * is always said: XRootD 5.5 answers a range without an end with no byte at all.
     */
    InputStream get(String path, long from, long last) throws IOException {
        HttpUriRequestBase request = request("GET", path, Right.READ);
        if (from > 0) {
            request.setHeader("Range", "bytes=%d-%d".formatted(from, last));
        }
        Answer answer = door.transfer(request);
        if (answer.status() != (from > 0 ? 206 : 200)) {
            try (answer) {
                throw new BadAnswer("GET " + path, answer);
            }
        }
        return new FilterInputStream(answer.body()) {
            @Override
            public void close() throws IOException {
                answer.close();
            }
        };
    }

    /** Writes a file; the stream gives exactly this many bytes. */
    void put(String path, long size, InputStream bytes) throws IOException {
        HttpUriRequestBase request = request("PUT", path, Right.CREATE);
        uploads.acquireUninterruptibly();
        try (StallWatch watch = new StallWatch(request, stall)) {
            request.setEntity(new InputStreamEntity(watch.watched(bytes), size, ContentType.APPLICATION_OCTET_STREAM));
            try (Answer answer = door.transfer(request)) {
                requireGood("PUT " + path, answer);
            } catch (IOException e) {
                throw watch.isBroken()
                        ? new IOException("no byte was taken for %d ms".formatted(stall.toMillis()), e)
                        : e;
            }
        } finally {
            uploads.release();
        }
    }

    /** Makes a folder and those above it within the element; it may stand there already. */
    void folder(String path) throws IOException {
        try (Answer answer = door.ask(request("MKCOL", path, Right.CREATE))) {
            // 405: it stands there (RFC 4918, 9.3.1); 409: one above it does not.
            if (answer.status() != 409 || path.isEmpty()) {
                if (answer.status() != 405) {
                    requireGood("MKCOL " + path, answer);
                }
                return;
            }
        }
        folder(above(path));
        try (Answer answer = door.ask(request("MKCOL", path, Right.CREATE))) {
            if (answer.status() != 405) {
                requireGood("MKCOL " + path, answer);
            }
        }
    }

    /** Gives a file another name; answers whether the server says that the new name is taken. */
    boolean move(String from, String to) throws IOException {
        requireMore("moved");
        HttpUriRequestBase request = new HttpUriRequestBase("MOVE", place.address(from));
        authorize(request, List.of(want(Right.MODIFY, from), want(Right.CREATE, to), want(Right.MODIFY, to)));
        request.setHeader("Destination", place.destination(to, dialect));
        request.setHeader("Overwrite", "F");
        try (Answer answer = door.ask(request)) {
            if (answer.status() == 412) {
                return false;
            }
            requireGood("MOVE " + from, answer);
            return true;
        }
    }

    /** Removes a file or an empty folder; answers whether there was one. */
    boolean delete(String path) throws IOException {
        requireMore("removed");
        try (Answer answer = door.ask(request("DELETE", path, Right.READ, Right.MODIFY))) {
            if (answer.status() == 404) {
                return false;
            }
            requireGood("DELETE " + path, answer);
            return true;
        }
    }

    /** A COPY between servers; the caller sets what it is about, reads the answer as it comes, and closes it. */
    Answer copy(HttpUriRequestBase request) throws IOException {
        return door.transfer(request);
    }

    /** A request with a token for one right on one path. */
    HttpUriRequestBase request(String method, String path, Right... rights) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, place.address(path));
        authorize(request, Arrays.stream(rights).map(r -> want(r, path)).toList());
        return request;
    }

    /** A token for one right on one path, as other servers may show it here. */
    Optional<Secret> token(Right right, String path) throws IOException {
        return token(List.of(right), path);
    }

    /** The same for several rights. */
    Optional<Secret> token(List<Right> rights, String path) throws IOException {
        return bearer.token(rights.stream().map(r -> want(r, path)).toList());
    }

    private void requireMore(String what) throws IOException {
        if (createsOnly) {
            throw new IOException(
                    "nothing is %s at %s: its credential is create-only".formatted(what, place.address("")));
        }
    }

    private Want want(Right right, String path) {
        return new Want(right, place.absolute(path));
    }

    private void authorize(HttpUriRequestBase request, List<Want> wants) throws IOException {
        bearer.token(wants).ifPresent(t -> request.setHeader("Authorization", "Bearer " + t.reveal()));
    }

    private static void requireGood(String what, Answer answer) throws BadAnswer {
        if (!answer.isGood()) {
            throw new BadAnswer(what, answer);
        }
    }

    static String above(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    URI address(String path) {
        return place.address(path);
    }
}
