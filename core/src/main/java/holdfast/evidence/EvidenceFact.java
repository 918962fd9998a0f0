package holdfast.evidence;

import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.vocabulary.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This room's own facts. */
public sealed interface EvidenceFact extends Fact {

    /**
     * The house was built anew from its shipped segments in a database of its own, which was thrown away again.
     *
     * @param began when the drill began
     * @param entries that were read back from the segments
     * @param state SHA-256 over the state that these entries give; empty when they could not be folded
     * @param millis how long it took, in milliseconds
     * @param problems what did not agree, for people; none when the drill succeeded
     */
    record RestoreDrilled(Instant began, long entries, Optional<Digest> state, long millis, List<String> problems)
            implements EvidenceFact {
        public static final String KIND = "evidence.restore-drilled";

        public RestoreDrilled {
            began = Micros.cut(began);
            problems = List.copyOf(problems);
        }

        /** Whether everything came back as it was. */
        public boolean agreed() {
            return problems.isEmpty();
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            Line.Writer line = new Line.Writer().time(began).put(entries);
            line.put(state.map(Digest::hex)).put(millis);
            problems.forEach(line::put);
            return List.of(line.line());
        }

        public static RestoreDrilled read(List<Line> lines) {
            Line.Reader line = new Line.Reader(lines.getFirst());
            Instant began = line.time();
            long entries = line.number();
            Optional<Digest> state = line.maybe().map(hex -> new Digest(Digest.Algorithm.SHA256, hex));
            long millis = line.number();
            List<String> problems = new ArrayList<>();
            while (line.hasMore()) {
                problems.add(line.text());
            }
            return new RestoreDrilled(began, entries, state, millis, problems);
        }
    }
}
