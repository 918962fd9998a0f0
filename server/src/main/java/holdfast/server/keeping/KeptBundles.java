package holdfast.server.keeping;

import holdfast.custody.InForce;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DurableFile;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Readership;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Bundles for some readers, kept as files. Making one reads the whole journal, and strangers may ask: so one is made at a time, and
 * none anew within the hour, whether the journal grew or not, since else the delay would tell that it did.
 */
public final class KeptBundles {
    /** How old a bundle may be that is handed out. */
    public static final Duration OLDEST = Duration.ofHours(1);

    private final Maker maker;
    private final Supplier<InForce> inForce;
    private final HouseClock clock;
    private final Shelf shelf;
    private final Map<Readership, Kept> kept = new EnumMap<>(Readership.class);
    private final ReentrantLock making = new ReentrantLock();

    public KeptBundles(Maker maker, Supplier<InForce> inForce, HouseClock clock, Shelf shelf) {
        this.maker = maker;
        this.inForce = inForce;
        this.clock = clock;
        this.shelf = shelf;
    }

    /** Writes a bundle of this moment. */
    @FunctionalInterface
    public interface Maker {
        void write(Readership readers, OutputStream out) throws IOException, GeneralSecurityException;
    }

    /** Where bundles are kept. */
    public record Shelf(Path folder, Disk disk) {}

    /** A bundle, and the plan that said who may know of what. */
    private record Kept(Path file, Instant made, Digest plan) {}

    /** The file of a bundle; empty while one is made for somebody else and none is there that may be handed out. */
    public Optional<Path> bundle(Readership readers) throws IOException {
        // Asked before anything is written: of two plans the bundle must not be the older one's under the younger one's
        // name.
        Digest plan = inForce.get().plan().digest();
        Instant now = clock.now();
        if (!making.tryLock()) {
            return ofPlan(readers, plan).map(Kept::file);
        }
        try {
            Optional<Kept> young =
                    ofPlan(readers, plan).filter(k -> now.isBefore(k.made().plus(OLDEST)));
            return Optional.of(young.isPresent() ? young.get().file() : make(readers, plan, now));
        } catch (EvidenceExport.BeingAdopted e) {
            return Optional.empty();
        } finally {
            making.unlock();
        }
    }

    /** What a plan that is no more in force let somebody know is handed out no more. */
    private Optional<Kept> ofPlan(Readership readers, Digest plan) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(readers)).filter(k -> k.plan().equals(plan));
        }
    }

    private Path make(Readership readers, Digest plan, Instant now) throws IOException {
        Path file = shelf.folder.resolve(readers.word() + ".zip");
        DurableFile.folder(shelf.disk, shelf.folder);
        DurableFile draft = DurableFile.secret(shelf.disk, file);
        try {
            draft.draft(channel -> {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                try {
                    maker.write(readers, out);
                } catch (GeneralSecurityException e) {
                    throw new IOException("the bundle cannot be signed: " + e.getMessage(), e);
                }
                out.flush();
            });
            draft.publish();
        } finally {
            draft.drop();
        }
        synchronized (kept) {
            kept.put(readers, new Kept(file, now, plan));
        }
        return file;
    }
}
