package holdfast.server.reading;

import holdfast.server.reading.Offers.Offered;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Locality;
import holdfast.storage.StorageDriver.Reach;
import holdfast.storage.StorageDriver.Seen;
import holdfast.vocabulary.StorageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens the best copy of a file that can be read now. A copy that has another size, does not open, or breaks in its first
 * bytes is passed over for the next one. It never waits for a tape: what is on tape only is asked for.
 */
public final class Reader {
    private static final int FIRST_BYTES = 64 << 10;

    private final Function<StorageName, Optional<StorageDriver>> drivers;
    private final Recalls recalls;

    public Reader(Function<StorageName, Optional<StorageDriver>> drivers, Recalls recalls) {
        this.drivers = drivers;
        this.recalls = recalls;
    }

    /** The bytes of a file from one on. */
    public Opened open(Offered file, long from) {
        List<String> wrong = new ArrayList<>();
        List<Offer> onTape = new ArrayList<>();
        for (Offer offer : file.copies()) {
            Optional<String> obstacle = offer.obstacle();
            Optional<StorageDriver> driver = drivers.apply(offer.storage());
            if (obstacle.isPresent() || driver.isEmpty()) {
                wrong.add(offer.storage() + ": " + obstacle.orElse("this server has no way to it"));
                continue;
            }
            switch (look(driver.get(), file, offer)) {
                case Look.Online _ -> {
                    try {
                        return new Opened.Bytes(offer.storage(), begun(driver.get(), file, offer, from), wrong);
                    } catch (IOException e) {
                        wrong.add(offer.storage() + ": cannot be read: " + e.getMessage());
                    }
                }
                case Look.Tape _ -> onTape.add(offer);
                case Look.Wrong(String why) -> wrong.add(offer.storage() + ": " + why);
            }
        }
        return onTape.isEmpty() ? new Opened.Nowhere(none(wrong)) : asked(onTape.getFirst(), wrong);
    }

    private static String none(List<String> wrong) {
        return wrong.isEmpty() ? "no copy of it stands" : String.join("; ", wrong);
    }

    private Opened asked(Offer offer, List<String> wrong) {
        String doing = recalls.ask(offer.storage(), offer.copy().path());
        String others = wrong.isEmpty() ? "" : "; " + String.join("; ", wrong);
        return new Opened.OnTape("%s has it on tape only: %s%s".formatted(offer.storage(), doing, others));
    }

    private sealed interface Look {
        record Online() implements Look {}

        record Tape() implements Look {}

        record Wrong(String why) implements Look {}
    }

    private static Look look(StorageDriver driver, Offered file, Offer offer) {
        if (driver.reach() instanceof Reach.Silent silent) {
            return new Look.Wrong("does not answer: " + silent.why());
        }
        return switch (driver.look(offer.copy().path())) {
            case Seen.Absent _ ->
                new Look.Wrong("has nothing at " + offer.copy().path());
            case Seen.Unreachable unreachable -> new Look.Wrong("does not answer: " + unreachable.why());
            case Seen.Present present -> {
                if (!present.size().equals(file.file().size())) {
                    yield new Look.Wrong("has %d bytes there and %d are registered"
                            .formatted(
                                    present.size().bytes(), file.file().size().bytes()));
                }
                yield present.locality() == Locality.TAPE ? new Look.Tape() : new Look.Online();
            }
        };
    }

    private InputStream begun(StorageDriver driver, Offered file, Offer offer, long from) throws IOException {
        InputStream bytes = driver.openFrom(offer.copy().path(), from);
        try {
            byte[] first = bytes.readNBytes(FIRST_BYTES);
            long left = file.file().size().bytes() - from;
            if (first.length < Math.min(left, FIRST_BYTES)) {
                throw new IOException("it ends after %d of %d bytes".formatted(first.length, left));
            }
            if (offer.place().tape()) {
                recalls.used(offer.storage(), offer.copy().path());
            }
            return new SequenceInputStream(new ByteArrayInputStream(first), bytes);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
