package holdfast.ingest;

import holdfast.journal.Micros;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an outside register (run database, close records) says of some runs: the only thing that completeness is judged
 * against (P-6).
 *
 * @param asOf when the register was read at its source; an old one tells nothing
 */
public record Register(String source, Instant asOf, List<Run> runs) {
    public Register {
        asOf = Micros.cut(asOf);
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param closed when its close record was written; empty while there is none
     */
    public record Run(RunKey key, String type, Optional<Instant> closed, List<Expected> files) {
        public Run {
            closed = closed.map(Micros::cut);
            files = List.copyOf(files);
        }
    }

    /** Experiment and run number, as the register writes them. */
    public record RunKey(String experiment, String run) {
        @Override
        public String toString() {
            return experiment + "/" + run;
        }
    }

    /** A file that the register says exists. */
    public record Expected(DataId id, Optional<ByteSize> size, Optional<Long> events) {}
}
