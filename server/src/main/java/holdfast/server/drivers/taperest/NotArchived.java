package holdfast.server.drivers.taperest;

import holdfast.storage.StorageDriver.Written;
import holdfast.storage.ThirdPartyCopy;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Copies between servers that begin or end in a tape library: what arrived has no durable address yet.
 *
 * @param recall how others may bring online what is here
 */
record NotArchived(ThirdPartyCopy copies, Optional<Recall> recall) implements ThirdPartyCopy {
    /** The answer of a write in front of a tape library. */
    static Written of(Written written) {
        return written instanceof Written.Done ? new Written.Done(Optional.empty()) : written;
    }

    @Override
    public URI address(StoragePath path) {
        return copies.address(path);
    }

    @Override
    public Optional<Pass> passToRead(StoragePath path) throws IOException {
        return copies.passToRead(path);
    }

    @Override
    public Brought bring(Order order) {
        return switch (copies.bring(order)) {
            case Brought.Written(Written written, Digests stated, Optional<Origin> from) ->
                new Brought.Written(of(written), stated, from);
            case Brought.Failed failed -> failed;
            case Brought.OtherBytes other -> other;
        };
    }

    @Override
    public Ended send(StoragePath path, URI to, Optional<Pass> write) {
        return copies.send(path, to, write);
    }

    @Override
    public boolean recallsFrom(ThirdPartyCopy source) {
        return copies.recallsFrom(source);
    }

    @Override
    public Digests stated(StoragePath path) throws IOException {
        return copies.stated(path);
    }
}
