package holdfast.cli.ingest;

import holdfast.cli.bytes.RunningDigest;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** Reads files again that the server has, and compares them with the digests it registered. */
final class Comparing {
    private static final int BUFFER = 256 << 10;

    private final Tally tally;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    Comparing(Tally tally) {
        this.tally = tally;
    }

    /** What differs from what is registered; empty when the bytes are the same. */
    Optional<Found> differs(Item item, Known known) {
        Map<String, String> registered = known.registered();
        for (Map.Entry<String, String> stated : item.stated().entrySet()) {
            String before = registered.getOrDefault(stated.getKey(), stated.getValue());
            if (!before.equals(stated.getValue())) {
                return Optional.of(Found.otherBytes("its list states %s %s and %s is registered under this name"
                        .formatted(stated.getKey(), stated.getValue(), before)));
            }
        }
        try (ReadOnce reading = ReadOnce.open(item.file().path())) {
            if (known.size() != null && known.size() != reading.size()) {
                return Optional.of(Found.otherBytes("it has %d bytes and %d are registered under this name"
                        .formatted(reading.size(), known.size())));
            }
            Algorithm algorithm = RunningDigest.strongest(registered).orElse(Algorithm.ADLER32);
            String read = digest(reading, algorithm);
            Optional<String> changed = reading.changed();
            if (changed.isPresent()) {
                return Optional.of(
                        new Found("CHANGED_WHILE_READ", changed.get() + "; run this again once its writer is done"));
            }
            return read.equals(registered.get(algorithm.label()))
                    ? Optional.empty()
                    : Optional.of(Found.otherBytes("its %s is %s and %s is registered under this name; a name keeps its"
                                    .formatted(algorithm.label(), read, registered.get(algorithm.label()))
                            + " bytes: give these another name, or restore the file"));
        } catch (IOException bad) {
            return Optional.of(Found.unreadable(bad));
        }
    }

    private String digest(ReadOnce reading, Algorithm algorithm) throws IOException {
        RunningDigest digest = RunningDigest.of(algorithm);
        while (fill(reading)) {
            digest.update(buffer);
        }
        return digest.hex();
    }

    private boolean fill(ReadOnce reading) throws IOException {
        int read = reading.read(buffer.clear());
        buffer.flip();
        tally.read(Math.max(read, 0));
        return read >= 0;
    }
}
