package holdfast.server.drivers;

import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes new files into a tape library, onto a cartridge or into the buffer, and migrates the buffer later. */
final class TapeWriter {
    private static final int MIGRATED_TOGETHER = 256;

    private final boolean atOnce;
    private final TapeIndex index;
    private final TapeShelf shelf;
    private final FileTree online;
    private final Incoming incoming;
    private final TreeWriter buffer;
    private final Disk disk;

    TapeWriter(boolean atOnce, TapeIndex index, TapeShelf shelf, FileTree online, Incoming incoming, Disk disk) {
        this.atOnce = atOnce;
        this.index = index;
        this.shelf = shelf;
        this.online = online;
        this.incoming = incoming;
        this.buffer = new TreeWriter(online, incoming, disk);
        this.disk = disk;
    }

    /** Takes bytes; many may do so at once. */
    List<Taken> take(List<NewBytes> requests) {
        return incoming.takeAll(requests, this::standing);
    }

    /** Gives what was taken its place; answers in the same order. One caller at a time. */
    List<Written> place(List<Taken> taken) {
        List<Written> answers = new ArrayList<>(taken.size());
        // Two requests for one path in a batch: the first gets the place, so batches are cut before the second.
        Set<StoragePath> paths = new HashSet<>();
        List<Taken> run = new ArrayList<>();
        for (Taken each : taken) {
            if (!paths.add(each.request().path())) {
                answers.addAll(placeRun(run));
                run.clear();
                paths.clear();
                paths.add(each.request().path());
            }
            run.add(each);
        }
        answers.addAll(placeRun(run));
        return answers;
    }

    /** Makes files durable that were found waiting in the buffer. */
    void settle(List<StoragePath> waiting) throws IOException {
        buffer.settle(waiting);
    }

    /** Moves waiting files from the buffer to cartridges. Returns what was moved. One caller at a time. */
    List<StoragePath> migrate() throws IOException {
        List<NewBytes> requests = new ArrayList<>();
        try {
            for (Map.Entry<StoragePath, TapeHolding> each : index.all().entrySet()) {
                if (each.getValue().position().isEmpty() && requests.size() < MIGRATED_TOGETHER) {
                    InputStream bytes = online.open(each.getKey(), disk::read);
                    requests.add(new NewBytes(each.getKey(), each.getValue().size(), bytes));
                }
            }
            return migrate(requests);
        } finally {
            for (NewBytes request : requests) {
                request.bytes().close();
            }
        }
    }

    private List<StoragePath> migrate(List<NewBytes> requests) throws TapeDrives.NoDrive {
        List<Taken.Whole> whole = new ArrayList<>();
        for (Taken taken : incoming.takeAll(requests, path -> Optional.empty())) {
            if (taken instanceof Taken.Whole each) {
                whole.add(each);
            }
        }
        List<Written> answers = putOrDrop(whole);
        List<StoragePath> moved = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Written.Done) {
                moved.add(whole.get(i).request().path());
            }
        }
        return moved;
    }

    private List<Written> putOrDrop(List<Taken.Whole> files) throws TapeDrives.NoDrive {
        try {
            return shelf.put(files);
        } catch (TapeDrives.NoDrive e) {
            files.forEach(file -> file.arrival().drop());
            throw e;
        }
    }

    private List<Written> placeRun(List<Taken> run) {
        List<Taken> checked = run.stream().map(this::stillFree).toList();
        List<Taken.Whole> whole = new ArrayList<>();
        for (Taken taken : checked) {
            if (taken instanceof Taken.Whole each) {
                whole.add(each);
            }
        }
        Iterator<Written> placed = placeWhole(whole).iterator();
        List<Written> answers = new ArrayList<>(run.size());
        for (Taken taken : checked) {
            answers.add(
                    switch (taken) {
                        case Taken.Not not -> not.answer();
                        case Taken.Whole _ -> placed.next();
                    });
        }
        return answers;
    }

    private Taken stillFree(Taken taken) {
        if (taken instanceof Taken.Whole whole) {
            Optional<Written> standing = standing(whole.request().path());
            if (standing.isPresent()) {
                whole.arrival().drop();
                return new Taken.Not(whole.request(), standing.get());
            }
        }
        return taken;
    }

    /** Onto a cartridge if that is wanted and a drive works, else into the buffer. */
    private List<Written> placeWhole(List<Taken.Whole> files) {
        if (atOnce) {
            try {
                return shelf.put(files);
            } catch (TapeDrives.NoDrive e) {
                return placeOnline(files);
            }
        }
        return placeOnline(files);
    }

    private List<Written> placeOnline(List<Taken.Whole> files) {
        List<Written> answers = new ArrayList<>(buffer.name(List.copyOf(files)));
        for (int i = 0; i < files.size(); i++) {
            if (answers.get(i) instanceof Written.Done) {
                NewBytes request = files.get(i).request();
                index.waiting(request.path(), request.size());
                // The buffer is no durable address.
                answers.set(i, new Written.Done(Optional.empty()));
            }
        }
        return answers;
    }

    private Optional<Written> standing(StoragePath path) {
        Optional<TapeHolding> held = index.find(path);
        if (held.isPresent()) {
            return Optional.of(new Written.Occupied(held.get().size()));
        }
        if (index.isBelowAFile(path) || index.isAboveAFile(path)) {
            return Optional.of(new Written.Refused("a file would have to be a folder: " + path));
        }
        return buffer.standing(path);
    }
}
