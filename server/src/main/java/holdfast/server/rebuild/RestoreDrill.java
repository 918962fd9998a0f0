package holdfast.server.rebuild;

import holdfast.evidence.EvidenceFact.RestoreDrilled;
import holdfast.journal.Hash;
import holdfast.journal.Journal.Appended;
import holdfast.server.clock.HouseClock;
import holdfast.server.movers.Elements;
import holdfast.server.rebuild.SegmentChain.AtGap;
import holdfast.server.sql.Entries;
import holdfast.server.sql.SqlJournal;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Locality;
import holdfast.storage.StorageDriver.Seen;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Builds the house anew from what it shipped, in a database of its own that is thrown away again, compares, and records
 * what it found. The segments come from the archive elements, as they would on the day: the names alone are the node's.
 */
public final class RestoreDrill {
    private static final Actor ACTOR = new Actor("restore-drill");

    private final Desk desk;
    private final Places places;
    private final ReentrantLock one = new ReentrantLock();

    /** What a drill works with. @param archives elements that hold segments */
    public record Desk(
            SqlJournal journal,
            Entries entries,
            HouseClock clock,
            Supplier<Elements> elements,
            Supplier<List<StorageName>> archives) {}

    /**
     * Where a drill takes place.
     *
     * @param segments the node's own folder of segments
     * @param scratch made, filled and removed again
     * @param programs where PostgreSQL's programs are unpacked already, if they are
     */
    public record Places(Path segments, Path scratch, Path programs) {}

    public RestoreDrill(Desk desk, Places places) {
        this.desk = desk;
        this.places = places;
    }

    /** Another drill is going on. */
    public static final class GoingOn extends RuntimeException {
        private static final long serialVersionUID = 1;

        GoingOn() {
            super("a restore drill is going on; wait for its end");
        }
    }

    /**
     * Drills once and records it.
     *
     * @param from folders on this machine instead of the archive elements; none for those
     */
    public RestoreDrilled drill(List<Path> from) throws IOException {
        if (!one.tryLock()) {
            throw new GoingOn();
        }
        try {
            RestoreDrilled drilled = attempt(from);
            if (!(desk.journal.append(drilled, ACTOR) instanceof Appended.Done)) {
                throw new RebuildRefused("the drill ended, but not known whether it is recorded; drill again");
            }
            return drilled;
        } finally {
            one.unlock();
        }
    }

    private RestoreDrilled attempt(List<Path> from) throws IOException {
        Instant began = desk.clock.now();
        List<String> problems = new ArrayList<>();
        long entries = 0;
        Optional<Digest> state = Optional.empty();
        try {
            SegmentChain chain =
                    SegmentChain.of(from.isEmpty() ? shipped() : SegmentFolders.find(from), List.of(), AtGap.REFUSE);
            entries = chain.size();
            problems.addAll(chain.remarks());
            Optional<Hash> ours = desk.entries.rootAt(chain.size());
            if (chain.size() == 0) {
                problems.add("no segment was shipped yet");
            } else if (!ours.equals(chain.head().map(h -> h.root()))) {
                problems.add("the segments hold another journal than this house: the roots of the first " + chain.size()
                        + " entries differ");
            } else {
                Rebuild.Built built = build(chain);
                state = Optional.of(built.rows());
                if (!built.agrees()) {
                    problems.add("the rows give the state " + built.rows() + ", the segments " + built.fold());
                }
            }
        } catch (IOException | RuntimeException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        long millis = Duration.between(began, desk.clock.now()).toMillis();
        return new RestoreDrilled(began, entries, state, millis, problems);
    }

    private Rebuild.Built build(SegmentChain chain) throws IOException {
        remove(places.scratch);
        Files.createDirectories(places.scratch);
        try {
            Optional<Path> programs = Optional.of(places.programs).filter(Files::isDirectory);
            try (Target target = Target.embedded(places.scratch.resolve("database"), programs)) {
                return new Rebuild(target.database(), target.clock(), done -> {}).fill(chain);
            }
        } finally {
            remove(places.scratch);
        }
    }

    /** Every segment that this node closed, at each archive element where it can be read now. */
    private List<SegmentFile> shipped() throws IOException {
        List<SegmentFile> found = new ArrayList<>();
        try (DirectoryStream<Path> own = Files.newDirectoryStream(places.segments, "segment-*.txt")) {
            for (Path segment : own) {
                String name = segment.getFileName().toString();
                StoragePath path = new StoragePath(".journal/" + name);
                for (StorageName archive : desk.archives.get()) {
                    StorageDriver driver = desk.elements.get().of(archive);
                    if (driver.look(path) instanceof Seen.Present there && there.locality() != Locality.TAPE) {
                        SegmentFile.named(name, archive + ":" + path, () -> driver.open(path))
                                .ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static void remove(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
