package holdfast.server.movers;

import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.DigestingStream;
import holdfast.server.drivers.Measured;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy.Brought;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Order;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings bytes to an element, once, digested on the way. Wrong bytes are refused before they become visible, and bytes
 * that stand at the wanted path already are looked at, taken when they are the right ones, and passed by when not.
 */
public final class Landing {
    /** Files up to this size are gathered and made durable together. */
    static final int SMALL = 256 * 1024;

    /** How many writings of one name are tried. */
    private static final int MOST_WRITINGS = 16;

    private final StorageDriver driver;
    private final StoragePath.Layout layout;
    /** What became of recalls of bytes that stand at wanted paths and were not looked at yet. */
    private final Map<StoragePath, Recalled> recalled = new HashMap<>();

    public Landing(StorageDriver driver, StoragePath.Layout layout) {
        this.driver = driver;
        this.layout = layout;
    }

    /** Brings some files; the answers come in the order of the cargoes. */
    public List<Landed> land(List<Cargo> cargoes) {
        List<Landed> landed = new ArrayList<>(cargoes.size());
        List<Small> small = new ArrayList<>();
        Convoy convoy = new Convoy();
        for (Cargo cargo : cargoes) {
            int place = landed.size();
            landed.add(new Landed.Unknown("not tried"));
            if (cargo.size().bytes() > SMALL && goesByItself(cargo)) {
                convoy.send(place, () -> afar(cargo));
                continue;
            }
            if (cargo.size().bytes() > SMALL) {
                landed.set(landed.size() - 1, stream(cargo));
                continue;
            }
            switch (take(cargo)) {
                case Taken.Bytes bytes -> small.add(new Small(landed.size() - 1, cargo, bytes));
                case Taken.Bad bad -> landed.set(landed.size() - 1, bad.why);
            }
        }
        together(small, landed);
        convoy.arrived(landed);
        return landed;
    }

    private boolean goesByItself(Cargo cargo) {
        return !cargo.afar().isEmpty() && driver.thirdParty().isPresent();
    }

    /** Has the servers copy; where these two cannot, the bytes pass through us. */
    private Landed afar(Cargo cargo) {
        StoragePath path = path(cargo, cargo.writing());
        return switch (driver.thirdParty()
                .orElseThrow()
                .bring(new Order(path, cargo.size(), cargo.expected(), cargo.afar()))) {
            case Brought.Written brought -> {
                Measured stated = new Measured(cargo.size(), brought.stated());
                Landed landed = settle(cargo, cargo.writing(), stated, brought.written(), cargo.from());
                yield landed instanceof Landed.Done done ? done.by(brought.from()) : landed;
            }
            case Brought.OtherBytes other -> new Landed.SourceBad(other.why(), true, Optional.of(other.from()));
            case Brought.Failed failed when failed.fault() == Fault.NOT_THIS_WAY -> stream(cargo);
            case Brought.Failed failed -> new Landed.Failed(failed.fault(), failed.why());
        };
    }

    private record Small(int place, Cargo cargo, Taken.Bytes bytes) {
        /** The cargo with all its digests, now that its bytes were read: what may stand there already is compared with. */
        Cargo known() {
            return cargo.as(cargo.writing(), bytes.measured.digests());
        }
    }

    private sealed interface Taken {
        record Bytes(byte[] content, Measured measured) implements Taken {}

        record Bad(Landed why) implements Taken {}
    }

    private Taken take(Cargo cargo) {
        try (InputStream in = cargo.from().open();
                DigestingStream digesting = new DigestingStream(in, DigestPass.ALL)) {
            byte[] content = digesting.readNBytes((int) cargo.size().bytes() + 1);
            Measured measured = digesting.measured();
            Optional<String> wrong = wrong(cargo, measured);
            return wrong.isPresent()
                    ? new Taken.Bad(new Landed.SourceBad(wrong.get(), true))
                    : new Taken.Bytes(content, measured);
        } catch (IOException e) {
            return new Taken.Bad(new Landed.SourceBad("reading failed: " + e.getMessage(), false));
        }
    }

    private void together(List<Small> small, List<Landed> landed) {
        if (small.isEmpty()) {
            return;
        }
        List<Written> written = driver.writeAll(small.stream()
                .map(s -> new NewBytes(
                        path(s.cargo, s.cargo.writing()), s.cargo.size(), new ByteArrayInputStream(s.bytes.content)))
                .toList());
        recallStanding(small, written);
        for (int i = 0; i < small.size(); i++) {
            Small one = small.get(i);
            landed.set(
                    one.place,
                    settle(
                            one.known(),
                            one.cargo.writing(),
                            one.bytes.measured,
                            written.get(i),
                            () -> new ByteArrayInputStream(one.bytes.content)));
        }
    }

    /** All in one recall: on tape each cartridge is put into a drive once. */
    private void recallStanding(List<Small> small, List<Written> written) {
        List<StoragePath> standing = new ArrayList<>();
        for (int i = 0; i < small.size(); i++) {
            Cargo cargo = small.get(i).cargo;
            if (written.get(i) instanceof Written.Occupied taken && taken.size().equals(cargo.size())) {
                standing.add(path(cargo, cargo.writing()));
            }
        }
        if (!standing.isEmpty()) {
            recalled.putAll(driver.recall(standing));
        }
    }

    private Landed stream(Cargo cargo) {
        try (InputStream in = cargo.from().open();
                Checked checked = new Checked(in, cargo)) {
            Written written = driver.write(path(cargo, cargo.writing()), cargo.size(), checked);
            Cargo known = written instanceof Written.Occupied taken && isOurs(taken, cargo)
                    ? readWhole(cargo, checked)
                    : cargo;
            Optional<Landed> bad = checked.bad();
            return bad.isPresent()
                    ? bad.get()
                    : settle(known, cargo.writing(), checked.measured(), written, cargo.from());
        } catch (IOException e) {
            return new Landed.SourceBad("opening failed: " + e.getMessage(), false);
        }
    }

    /** Whether bytes may be ours from an attempt that a kill cut off, and nothing says yet what they must be. */
    private static boolean isOurs(Written.Occupied taken, Cargo cargo) {
        Digests stated = cargo.expected();
        return taken.size().equals(cargo.size())
                && stated.by(Algorithm.SHA256).isEmpty()
                && stated.by(Algorithm.MD5).isEmpty();
    }

    /** The cargo with the digests of its source, whose bytes nobody has read yet. */
    private static Cargo readWhole(Cargo cargo, Checked bytes) {
        try {
            bytes.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The stream itself knows what was wrong.
            return cargo;
        }
        return cargo.as(cargo.writing(), bytes.measured().digests());
    }

    private Landed settle(Cargo cargo, int writing, Measured measured, Written written, Cargo.Opening again) {
        return switch (written) {
            case Written.Done done ->
                new Landed.Done(path(cargo, writing), writing, done.locator(), measured.digests());
            case Written.Refused refused -> new Landed.TargetRefused(refused.why());
            case Written.Unknown unknown -> new Landed.Unknown(unknown.why());
            case Written.Occupied taken ->
                taken.size().equals(cargo.size()) ? occupied(cargo, writing, again) : next(cargo, writing, again);
        };
    }

    /**
     * Something stands at the path: ours from an attempt whose answer was lost, or older damaged bytes. On tape it is
     * recalled to be looked at: passed by unseen, ours would lie there for ever with no row that names them.
     */
    private Landed occupied(Cargo cargo, int writing, Cargo.Opening again) {
        StoragePath path = path(cargo, writing);
        Optional<Recalled> asked = Optional.ofNullable(recalled.remove(path));
        try {
            return switch (asked.orElseGet(() -> recall(path))) {
                case FROM_MEDIUM, ONLINE_ALREADY -> compared(cargo, writing, again);
                // Unreadable bytes are never ours to remove; the next writing has a path of its own.
                case FAILED -> next(cargo, writing, again);
                case NOT_YET -> new Landed.Unknown("what stands at %s is not online yet".formatted(path));
            };
        } finally {
            driver.evict(List.of(path));
        }
    }

    private Recalled recall(StoragePath path) {
        return driver.recall(List.of(path)).getOrDefault(path, Recalled.NOT_YET);
    }

    private Landed compared(Cargo cargo, int writing, Cargo.Opening again) {
        try (InputStream there = driver.open(path(cargo, writing))) {
            Measured found = DigestPass.over(there, DigestPass.ALL);
            if (wrong(cargo, found).isEmpty() && cargo.expected().proves(found.digests())) {
                // Ours; yet what was just read may be gone by now, and then it has not arrived.
                return driver.look(path(cargo, writing)) instanceof Seen.Present present
                        ? new Landed.Done(path(cargo, writing), writing, present.locator(), found.digests())
                        : new Landed.Unknown(
                                "what stood at %s is not seen there any more".formatted(path(cargo, writing)));
            }
        } catch (IOException e) {
            // As after a recall that failed.
            return next(cargo, writing, again);
        }
        return next(cargo, writing, again);
    }

    private Landed next(Cargo cargo, int writing, Cargo.Opening again) {
        if (writing + 1 >= MOST_WRITINGS) {
            return new Landed.TargetRefused(
                    "%d other files stand at the paths of %s; look at them, they are never overwritten"
                            .formatted(MOST_WRITINGS, cargo.id()));
        }
        Cargo another = new Cargo(cargo.id(), cargo.size(), cargo.expected(), writing + 1, again, cargo.afar());
        return goesByItself(another) && another.size().bytes() > SMALL ? afar(another) : stream(another);
    }

    private StoragePath path(Cargo cargo, int writing) {
        return StoragePath.of(cargo.id(), layout, writing);
    }

    static Optional<String> wrong(Cargo cargo, Measured measured) {
        if (!measured.size().equals(cargo.size())) {
            return Optional.of("%s bytes came instead of %s".formatted(measured.size(), cargo.size()));
        }
        return cargo.expected().differing(measured.digests()).stream()
                .findFirst()
                .map(a -> "%s came instead of %s"
                        .formatted(
                                measured.digests().by(a).orElseThrow(),
                                cargo.expected().by(a).orElseThrow()));
    }
}
