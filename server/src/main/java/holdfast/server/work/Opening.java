package holdfast.server.work;

import holdfast.server.openers.Opened;
import holdfast.server.openers.Openers;
import holdfast.server.sql.FileCopy;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.OpeningSample;
import holdfast.storage.OpeningSample.Unopened;
import holdfast.storage.ProofKind;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings some copies of one element online, has each opened, and adds up what was seen. */
final class Opening {
    private final Station station;
    private final Openers openers;
    private final Instant now;
    private final List<Unopened> unopened = new ArrayList<>();
    private ProofKind weakest;
    private int opened;
    private int notKnown;
    private Optional<String> why = Optional.empty();

    Opening(Station station, Openers openers, Instant now) {
        this.station = station;
        this.openers = openers;
        this.now = now;
        this.weakest = station.element().isTape() ? ProofKind.MEDIUM : ProofKind.WHOLE_READ;
    }

    OpeningSample sample(OpeningSample.Key key, List<FileCopy> copies, Optional<OpeningSample> before) {
        CopyReader reader = new CopyReader(station, Comparison.WHOLE);
        Map<StoragePath, Recalled> brought =
                reader.bring(copies.stream().map(c -> c.copy().path()).toList());
        try {
            for (FileCopy copy : copies) {
                take(copy, open(key.format(), copy, brought), before);
            }
        } finally {
            reader.letGo(brought);
        }
        List<Unopened> named =
                unopened.stream().limit(OpeningSample.MOST_UNOPENED).toList();
        return new OpeningSample(key, now, weakest, opened, notKnown, why, named);
    }

    private void take(FileCopy copy, Opened seen, Optional<OpeningSample> before) {
        switch (seen) {
            case Opened.Opens _ -> opened++;
            case Opened.Fails fails ->
                unopened.add(before.flatMap(b -> known(b, copy))
                        .filter(u -> u.seen().equals(fails.seen()))
                        .orElseGet(() -> new Unopened(copy.file().id(), now, fails.seen())));
            case Opened.NotKnown nothing -> {
                notKnown++;
                why = why.or(() -> Optional.of(nothing.why()));
                before.flatMap(b -> known(b, copy)).ifPresent(unopened::add);
            }
        }
    }

    private static Optional<Unopened> known(OpeningSample before, FileCopy copy) {
        return before.unopened().stream()
                .filter(u -> u.id().equals(copy.file().id()))
                .findFirst();
    }

    private Opened open(String format, FileCopy copy, Map<StoragePath, Recalled> brought) {
        StoragePath path = copy.copy().path();
        if (station.element().isTape()) {
            switch (brought.getOrDefault(path, Recalled.NOT_YET)) {
                case FROM_MEDIUM -> {}
                case ONLINE_ALREADY -> weakest = ProofKind.BUFFER;
                case NOT_YET -> {
                    return new Opened.NotKnown("its recall is not ready");
                }
                case FAILED -> {
                    return new Opened.NotKnown("its recall failed");
                }
            }
        }
        try (InputStream bytes = station.driver().open(path)) {
            return openers.open(format, copy.file(), bytes);
        } catch (IOException e) {
            return new Opened.NotKnown("its bytes cannot be read: " + e.getMessage());
        }
    }
}
