package holdfast.server.drivers.webdav;

import holdfast.server.credentials.Right;
import holdfast.server.drivers.Causes;
import holdfast.server.drivers.fts.Fts;
import holdfast.server.drivers.fts.FtsCopy;
import holdfast.server.drivers.fts.FtsEnded;
import holdfast.server.drivers.http.Answer;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * HTTP third-party copy (WLCG): the destination is asked to pull; where it cannot, the source is asked to push. One connection is
 * held open for each copy, since to close it is to stop the copy. Bytes go to a hidden name first, so that debris of a copy that failed
 * is never taken for a file.
 */
final class HttpThirdParty implements ThirdPartyCopy {
    private static final String CREDENTIAL = "Credential";
    private static final String FORWARDED = "TransferHeaderAuthorization";

    private final Dav dav;
    private final Arrivals arrivals;
    private final DavMark mark;
    private final Duration stall;
    private final Semaphore free;
    private final Optional<Fts> fts;

    /** @param fts whom to ask for copies to this element instead of asking the servers */
    HttpThirdParty(Dav dav, Arrivals arrivals, DavMark mark, Pace pace, Optional<Fts> fts) {
        this.dav = dav;
        this.arrivals = arrivals;
        this.mark = mark;
        this.stall = pace.stall;
        this.fts = fts;
        free = new Semaphore(pace.copiesAtOnce, true);
    }

    /** How long a copy may show no progress, and how many go at once. */
    record Pace(Duration stall, int copiesAtOnce) {}

    @Override
    public URI address(StoragePath path) {
        return dav.address(path.path());
    }

    @Override
    public Optional<Pass> passToRead(StoragePath path) throws IOException {
        return dav.token(Right.READ, path.path()).map(t -> new Pass(t.reveal()));
    }

    @Override
    public Digests stated(StoragePath path) throws IOException {
        return dav.stated(path.path()).digests();
    }

    @Override
    public Brought bring(Order order) {
        free.acquireUninterruptibly();
        try {
            return bringNow(order);
        } finally {
            free.release();
        }
    }

    private Brought bringNow(Order order) {
        if (mark.reach() instanceof Reach.Silent silent) {
            return written(new Written.Refused("the element is silent: " + silent.why()));
        }
        return arrivals.alone(
                order.to(),
                () -> arrivals.inTheWay(order.to()).map(HttpThirdParty::written).orElseGet(() -> copied(order)));
    }

    private Brought copied(Order order) {
        try {
            String name = arrivals.nameFor(order.to());
            if (fts.isPresent()) {
                FtsEnded copied = byFts(fts.get(), name, order);
                return ended(copied.how(), name, byWhom(order, copied), "");
            }
            Ended pulled = pull(name, order);
            if (pulled instanceof Ended.Failure(Fault fault, String why) && fault == Fault.NOT_THIS_WAY) {
                arrivals.forget(name);
                String other = arrivals.nameFor(order.to());
                Ended pushed = order.best().server().send(order.best().path(), dav.address(other), writePass(other));
                return ended(pushed, other, order, "pull: %s; push: ".formatted(why));
            }
            return ended(pulled, name, order, "");
        } catch (IOException e) {
            return new Brought.Failed(Fault.DESTINATION, Causes.of(e));
        }
    }

    /** FTS looks at the destination before and after, and takes away what it failed to copy. */
    private FtsEnded byFts(Fts by, String name, Order order) throws IOException {
        Optional<Pass> write =
                dav.token(List.of(Right.CREATE, Right.READ, Right.MODIFY), name).map(t -> new Pass(t.reveal()));
        List<FtsCopy.End> sources = new ArrayList<>();
        for (Origin from : order.sources()) {
            FtsCopy.End source = new FtsCopy.End(from.address(), from.pass());
            if (source.pass().isPresent() == write.isPresent()) {
                sources.add(source);
            }
        }
        if (sources.isEmpty()) {
            return new FtsEnded(
                    new Ended.Failure(
                            Fault.DESTINATION,
                            "FTS takes tokens for both ends or for neither; one of these two elements has none"),
                    Optional.empty());
        }
        ThirdPartyCopy best = order.best().server();
        return by.copy(new FtsCopy(
                sources,
                new FtsCopy.End(dav.address(name), write),
                order.size(),
                order.expected().adler32().map(Digest::hex),
                best.recall().filter(_ -> recallsFrom(best))));
    }

    /** The order as one to the source that FTS took. */
    private static Order byWhom(Order order, FtsEnded copied) {
        return order.sources().stream()
                .filter(s -> copied.source().equals(Optional.of(s.address())))
                .findFirst()
                .map(order::by)
                .orElse(order);
    }

    @Override
    public boolean recallsFrom(ThirdPartyCopy source) {
        return fts.filter(Fts::recalls).isPresent() && source.recall().isPresent();
    }

    private Optional<Pass> writePass(String name) throws IOException {
        return dav.token(Right.CREATE, name).map(t -> new Pass(t.reveal()));
    }

    private Ended pull(String name, Order order) throws IOException {
        HttpUriRequestBase request = dav.request("COPY", name, Right.CREATE);
        request.setHeader("Source", order.best().address().toString());
        request.setHeader("Overwrite", "F");
        request.setHeader(CREDENTIAL, "none");
        order.best().pass().ifPresent(p -> request.setHeader(FORWARDED, "Bearer " + p.token()));
        return copy(request);
    }

    @Override
    public Ended send(StoragePath path, URI to, Optional<Pass> write) {
        try {
            HttpUriRequestBase request = dav.request("COPY", path.path(), Right.READ);
            request.setHeader("Destination", to.toString());
            request.setHeader("Overwrite", "F");
            request.setHeader(CREDENTIAL, "none");
            write.ifPresent(p -> request.setHeader(FORWARDED, "Bearer " + p.token()));
            return copy(request);
        } catch (IOException e) {
            return new Ended.Failure(Fault.SOURCE, Causes.of(e));
        }
    }

    private Ended copy(HttpUriRequestBase request) {
        try (Answer answer = dav.copy(request)) {
            return switch (answer.status()) {
                case 200, 201, 202 -> new CopyAnswer(stall).read(answer.body());
                case 400, 401, 403, 405, 501 -> new Ended.Failure(Fault.NOT_THIS_WAY, answer.words());
                case 404 -> new Ended.Failure(Fault.SOURCE, answer.words());
                case 413, 507 -> new Ended.Failure(Fault.DESTINATION, answer.words());
                default -> new Ended.Failure(Fault.TRANSIENT, answer.words());
            };
        } catch (IOException e) {
            return new Ended.Unknown(Causes.of(e));
        }
    }

    /** After success and after silence alike the destination is looked at; after a failure its debris goes. */
    private Brought ended(Ended how, String name, Order order, String before) {
        return switch (how) {
            case Ended.Failure failure -> {
                arrivals.forget(name);
                yield new Brought.Failed(failure.fault(), before + failure.why());
            }
            case Ended.Success _ -> looked(name, order, "");
            // Its server may write on: what is not whole now is left alone, and cleared when it is old.
            case Ended.Unknown unknown -> looked(name, order, unknown.why());
        };
    }

    private Brought looked(String name, Order order, String doubt) {
        try {
            Stated there = dav.stated(name);
            boolean whole = there.size() == order.size().bytes();
            if (!whole && !doubt.isEmpty()) {
                return new Brought.Failed(Fault.TRANSIENT, "not known how it ended, and not whole: " + doubt);
            }
            if (!whole) {
                arrivals.forget(name);
                return sizeDiffers(order, there);
            }
            Digests stated = there.digests();
            Digests expected = known(order);
            if (!expected.differing(stated).isEmpty()) {
                arrivals.forget(name);
                return digestsDiffer(order, expected, stated);
            }
            return new Brought.Written(arrivals.settle(name, order.to()), stated, order.only());
        } catch (IOException e) {
            String why = "what came could not be looked at: " + Causes.of(e);
            return new Brought.Failed(Fault.TRANSIENT, doubt.isEmpty() ? why : doubt + "; " + why);
        }
    }

    /** Without a digest of the catalogue's that servers state, the ends are compared with each other. */
    private static Digests known(Order order) throws IOException {
        return order.expected().adler32().isPresent()
                ? order.expected()
                : order.best().stated();
    }

    private static Brought sizeDiffers(Order order, Stated there) {
        return otherBytes(order, "%s bytes came instead of %s".formatted(there.size(), order.size()));
    }

    private static Brought digestsDiffer(Order order, Digests expected, Digests stated) throws IOException {
        String words = "the destination states %s instead of %s".formatted(stated, expected);
        boolean sourceIsRight =
                order.expected().differing(order.best().stated()).isEmpty();
        return sourceIsRight ? new Brought.Failed(Fault.TRANSIENT, words) : otherBytes(order, words);
    }

    /** Of several sources none is blamed where nobody told which one it was. */
    private static Brought otherBytes(Order order, String words) {
        return order.only()
                .<Brought>map(from -> new Brought.OtherBytes(words, from))
                .orElseGet(() -> new Brought.Failed(Fault.SOURCE, words));
    }

    private static Brought written(Written written) {
        return new Brought.Written(written, Digests.NONE);
    }
}
