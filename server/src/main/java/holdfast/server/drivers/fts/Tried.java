package holdfast.server.drivers.fts;

import holdfast.storage.ThirdPartyCopy.Ended;
import holdfast.storage.ThirdPartyCopy.Fault;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sources that one file may come from, each as FTS3 tells of it. They are tried one after the other, and between two of
 * them none is on its way: what failed has failed only when the job is over.
 *
 * @param isOver whether FTS3 calls the job ended
 */
record Tried(List<OneSource> sources, boolean isOver) {

    /** How far the file is from one source. */
    record OneSource(URI source, FileState state, String reason) {}

    /** How the copy ended; empty while it is on its way. */
    Optional<FtsEnded> ended() {
        Optional<OneSource> brought = by(FileState.FINISHED).stream().findFirst();
        if (brought.isPresent()) {
            return Optional.of(new FtsEnded(new Ended.Success(), brought.map(OneSource::source)));
        }
        boolean isAlone = sources.size() == 1;
        boolean isUnderWay = !by(FileState.ON_ITS_WAY).isEmpty();
        return isUnderWay || !(isAlone || isOver) ? Optional.empty() : Optional.of(FtsEnded.of(notBrought()));
    }

    private Ended notBrought() {
        List<OneSource> failed = by(FileState.FAILED);
        if (failed.isEmpty() || !by(FileState.CANCELED).isEmpty()) {
            // Its server may still write.
            return new Ended.Unknown("FTS: cancelled. " + words(sources));
        }
        List<Ended> all = failed.stream().map(f -> FtsReason.ended(f.reason)).toList();
        return all.stream().anyMatch(Ended.Unknown.class::isInstance)
                ? new Ended.Unknown("FTS: " + words(failed))
                : new Ended.Failure(fault(all), "FTS: " + words(failed));
    }

    /** A bad destination is bad for every source; the sources are to blame only where all are. */
    private static Fault fault(List<Ended> failures) {
        List<Fault> faults = failures.stream()
                .filter(Ended.Failure.class::isInstance)
                .map(f -> ((Ended.Failure) f).fault())
                .toList();
        if (faults.contains(Fault.DESTINATION)) {
            return Fault.DESTINATION;
        }
        return faults.contains(Fault.TRANSIENT) ? Fault.TRANSIENT : Fault.SOURCE;
    }

    private String words(List<OneSource> some) {
        if (sources.size() == 1) {
            return sources.getFirst().reason;
        }
        return some.stream()
                .filter(s -> !s.reason.isBlank())
                .map(s -> "from %s: %s".formatted(s.source, s.reason))
                .collect(Collectors.joining("; "));
    }

    private List<OneSource> by(FileState state) {
        return sources.stream().filter(s -> s.state == state).toList();
    }
}
