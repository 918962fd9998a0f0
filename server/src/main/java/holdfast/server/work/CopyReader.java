package holdfast.server.work;

import holdfast.fixity.Outcome;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Measured;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver.Locality;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Seen;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and compares bytes at one element. Every outcome that is bad holds only while the element answers before and
 * after; canaries go through this same code.
 */
final class CopyReader {
    private final ElementDriver driver;
    private final boolean tape;
    private final Comparison comparison;

    CopyReader(Station station, Comparison comparison) {
        this.driver = station.driver();
        this.tape = station.element().isTape();
        this.comparison = comparison;
    }

    /** Brings targets online, all at once so that the driver can go cartridge by cartridge; on disks nothing happens. */
    Map<StoragePath, Recalled> bring(List<StoragePath> paths) {
        if (!tape) {
            return Map.of();
        }
        // What stands in the buffer too would be read from there, and would say nothing of the medium.
        driver.evict(paths.stream()
                .filter(path -> driver.look(path) instanceof Seen.Present p && p.locality() == Locality.ONLINE_AND_TAPE)
                .toList());
        return driver.recall(paths);
    }

    /** Lets go of what {@link #bring} brought. */
    void letGo(Map<StoragePath, Recalled> brought) {
        List<StoragePath> ours = brought.entrySet().stream()
                .filter(e -> e.getValue() == Recalled.FROM_MEDIUM)
                .map(Map.Entry::getKey)
                .toList();
        if (!ours.isEmpty()) {
            driver.evict(ours);
        }
    }

    /** Reads one target, which {@link #bring} was asked for before, whole. */
    Sighting read(Target target, Map<StoragePath, Recalled> brought) {
        if (strength(target.digests()).isEmpty()) {
            return Sighting.notChecked("its accession has no strong digest to compare with");
        }
        if (!tape) {
            return readOnline(target, ProofKind.WHOLE_READ);
        }
        return switch (brought.getOrDefault(target.path(), Recalled.NOT_YET)) {
            case FROM_MEDIUM -> readOnline(target, ProofKind.MEDIUM);
            case ONLINE_ALREADY -> readOnline(target, ProofKind.BUFFER);
            case NOT_YET -> Sighting.notChecked("its recall is not ready");
            case FAILED -> notRecalled(target);
        };
    }

    /** Where a site says that a file lies on tape, with the right size; nothing of it is read. */
    Optional<Sighting> said(Target target) {
        return tape
                        && driver.look(target.path()) instanceof Seen.Present present
                        && present.locality() != Locality.ONLINE
                        && present.size().equals(target.size())
                        && present.locator().isPresent()
                ? Optional.of(new Sighting(
                        Outcome.NOT_CHECKED,
                        ProofKind.SITE_SAYS,
                        present.locator(),
                        Optional.of("its recall is not ready")))
                : Optional.empty();
    }

    private Sighting readOnline(Target target, ProofKind kind) {
        return switch (driver.look(target.path())) {
            case Seen.Absent _ -> absent(target);
            case Seen.Unreachable unreachable -> notTold(target, unreachable.why());
            case Seen.Present present -> {
                try {
                    Optional<String> difference = comparison.difference(target, measure(target));
                    yield new Sighting(
                            difference.isEmpty() ? Outcome.INTACT : Outcome.CORRUPT,
                            kind,
                            present.locator(),
                            difference);
                } catch (IOException e) {
                    yield driver.look(target.path()) instanceof Seen.Absent
                            ? absent(target)
                            : unreadable(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private Measured measure(Target target) throws IOException {
        try (InputStream bytes = tape ? driver.open(target.path()) : driver.openPastCaches(target.path())) {
            return DigestPass.over(bytes, strength(target.digests()));
        }
    }

    private Sighting notRecalled(Target target) {
        if (driver.workingDrives().equals(Optional.of(0))) {
            return Sighting.notChecked("no drive works");
        }
        return switch (driver.look(target.path())) {
            case Seen.Absent _ -> absent(target);
            case Seen.Present _ -> unreadable("its recall failed");
            case Seen.Unreachable unreachable -> notTold(target, unreachable.why());
        };
    }

    /** Nothing stood there; it counts only if the element answers, still has nothing there, and answers again. */
    private Sighting absent(Target target) {
        if (answers() && driver.look(target.path()) instanceof Seen.Absent && answers()) {
            return Sighting.bad(Outcome.MISSING, "the element answers and has nothing at " + target.path());
        }
        return Sighting.notChecked("the element did not answer throughout");
    }

    /** The element did not tell; that is the file's fault only if it still does not tell between two of its answers. */
    private Sighting notTold(Target target, String why) {
        if (answers() && driver.look(target.path()) instanceof Seen.Unreachable && answers()) {
            return Sighting.bad(Outcome.UNREADABLE, "cannot be read: " + why);
        }
        return Sighting.notChecked("the element did not answer throughout");
    }

    private Sighting unreadable(String why) {
        return answers()
                ? Sighting.bad(Outcome.UNREADABLE, "cannot be read: " + why)
                : Sighting.notChecked("the element does not answer");
    }

    private boolean answers() {
        return driver.reach() instanceof Reach.Answers;
    }

    /** The algorithms of the accession's digests; none when no strong one is among them (adler32 alone proves nothing). */
    private static Set<Algorithm> strength(Digests digests) {
        if (digests.sha256().isEmpty() && digests.md5().isEmpty()) {
            return Set.of();
        }
        EnumSet<Algorithm> known = EnumSet.noneOf(Algorithm.class);
        for (Algorithm algorithm : Algorithm.values()) {
            if (digests.by(algorithm).isPresent()) {
                known.add(algorithm);
            }
        }
        return known;
    }
}
