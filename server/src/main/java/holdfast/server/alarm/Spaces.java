package holdfast.server.alarm;

import holdfast.alarm.Situation.Disk;
import holdfast.custody.InForce;
import holdfast.journal.Line;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.ElementDriver.Space;
import holdfast.server.sql.Memory;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Free space, as far as it can be told: of each node's data folder, which that node notes itself, and of elements whose
 * driver tells. A database at another address is not seen, nor is what a driver does not tell.
 */
public final class Spaces {
    private static final String NOTE = "disk:";
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Path data;
    private final String node;
    private final Memory memory;
    private final Elements elements;
    private final HouseClock clock;

    /** The elements in force and their drivers. */
    public record Elements(Supplier<InForce> inForce, Function<StorageName, Optional<ElementDriver>> driver) {}

    /** @param node what tells this node's data folder from that of others, in messages too */
    public Spaces(Path data, String node, Memory memory, Elements elements, HouseClock clock) {
        this.data = data;
        this.node = node;
        this.memory = memory;
        this.elements = elements;
        this.clock = clock;
    }

    /** Notes how full this node's own disk is, for whichever node looks around. */
    public void note() {
        try {
            FileStore store = Files.getFileStore(data);
            String said = new Line.Writer()
                    .put(store.getUsableSpace())
                    .put(store.getTotalSpace())
                    .line()
                    .text();
            memory.keep(NOTE + node, said, clock.now());
        } catch (IOException e) {
            System.getLogger(Spaces.class.getName())
                    .log(System.Logger.Level.WARNING, "free space of the data folder cannot be told", e);
        }
    }

    /** Every disk of which something fresh is known. */
    public List<Disk> all() {
        Instant old = clock.now().minus(FRESH);
        List<Disk> disks = new ArrayList<>();
        for (Map.Entry<String, Memory.Note> note : memory.recallAll(NOTE).entrySet()) {
            if (note.getValue().at().isAfter(old)) {
                Line.Reader line = new Line.Reader(Line.of(note.getValue().value()));
                String about = "the data folder of " + note.getKey().substring(NOTE.length());
                disks.add(new Disk(about, line.number(), line.number()));
            }
        }
        for (StorageElement element : Lookout.elements(elements.inForce().get())) {
            elements.driver()
                    .apply(element.name())
                    .flatMap(ElementDriver::space)
                    .ifPresent(s -> disks.add(disk(element, s)));
        }
        return disks;
    }

    private static Disk disk(StorageElement element, Space space) {
        return new Disk(element.name().name(), space.free(), space.total());
    }
}
