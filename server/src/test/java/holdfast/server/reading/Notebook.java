package holdfast.server.reading;

import holdfast.server.sql.RecallBook;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A book of recalls in memory; what is in it is left behind when a test says so. */
final class Notebook implements RecallBook {
    private final Set<Asked> kept = new LinkedHashSet<>();
    private final Set<StoragePath> held = new LinkedHashSet<>();
    private boolean left;

    synchronized List<Asked> kept() {
        return List.copyOf(kept);
    }

    synchronized Set<StoragePath> held() {
        return Set.copyOf(held);
    }

    /** The node that asked is no more. */
    synchronized void leave() {
        left = true;
    }

    @Override
    public synchronized void asked(Asked file, Instant now) {
        kept.add(file);
    }

    @Override
    public synchronized void holds(StorageName element, Collection<StoragePath> paths, Instant now) {
        held.addAll(paths);
    }

    @Override
    public synchronized void settled(StorageName element, Collection<StoragePath> paths) {
        paths.forEach(path -> kept.remove(new Asked(element, path)));
    }

    @Override
    public synchronized List<Asked> takeOver(Instant now, int most) {
        List<Asked> taken = left ? new ArrayList<>(kept) : List.of();
        left = false;
        return taken;
    }
}
