package holdfast.server.drivers;

import holdfast.server.drivers.Incoming.BadSource;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings files of one cartridge online: one mount, in the order of their positions. */
final class TapeRecall {
    private final TapeSettings.Library library;
    private final TapeDrives drives;
    private final TapeShelf shelf;
    private final FileTree online;
    private final Incoming incoming;
    private final Naming naming;

    TapeRecall(
            TapeSettings.Library library,
            TapeDrives drives,
            TapeShelf shelf,
            FileTree online,
            Incoming incoming,
            Disk disk) {
        this.library = library;
        this.drives = drives;
        this.shelf = shelf;
        this.online = online;
        this.incoming = incoming;
        this.naming = new Naming(disk);
    }

    /** A file that is wanted online. */
    record Wanted(StoragePath path, long size, TapePosition at) {}

    /**
     * Recalls files of one cartridge.
     *
     * @param answers gets one for each file as soon as it is known; a file without one was not tried
     */
    void recall(int cartridge, List<Wanted> files, Map<StoragePath, Recalled> answers) {
        List<Wanted> inOrder = files.stream()
                .sorted(Comparator.comparingLong(w -> w.at().position()))
                .toList();
        try {
            drives.with(cartridge, () -> {
                for (Wanted file : inOrder) {
                    answers.put(file.path(), recall(file));
                }
                return answers;
            });
        } catch (IOException e) {
            // No drive works, or this process ends: nothing was learnt of the files that have no answer yet.
            return;
        }
    }

    private Recalled recall(Wanted file) throws IOException {
        TapeTime.pass(library.seek());
        if (!shelf.isSound(file.at(), file.size())) {
            return Recalled.FAILED;
        }
        TapeTime.pass(TapeTime.of(file.size(), library.bytesPerSecond()));
        try (InputStream tape = shelf.read(file.at())) {
            Incoming.Arrival copy = incoming.take(new ByteSize(file.size()), tape);
            online.makeFolders(file.path());
            return answer(naming.name(copy, online.place(file.path()), new Written.Done(Optional.empty())));
        } catch (BadSource e) {
            return Recalled.FAILED;
        } catch (IOException e) {
            // The buffer is at fault, not the tape: a full buffer must not make a copy look bad.
            return Recalled.NOT_YET;
        }
    }

    private static Recalled answer(Written written) {
        return switch (written) {
            case Written.Done done -> Recalled.FROM_MEDIUM;
            case Written.Occupied occupied -> Recalled.ONLINE_ALREADY;
            case Written.Refused refused -> Recalled.NOT_YET;
            case Written.Unknown unknown -> Recalled.NOT_YET;
        };
    }
}
