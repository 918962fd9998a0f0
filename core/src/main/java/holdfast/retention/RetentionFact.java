package holdfast.retention;

import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Optional;

/** This room's own facts. */
public sealed interface RetentionFact extends Fact {

    /** Somebody asked to release a copy and was refused; nothing changed. */
    record ReleaseRefused(DataId file, StorageName from, List<ReleaseGuard.Obstacle> obstacles)
            implements RetentionFact {
        public static final String KIND = "retention.release-refused";

        public ReleaseRefused {
            obstacles = List.copyOf(obstacles);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return obstacles.stream()
                    .map(o -> new Line.Writer()
                            .put(file)
                            .put(from)
                            .put(o.clause())
                            .put(o.why())
                            .line())
                    .toList();
        }

        public static ReleaseRefused read(List<Line> lines) {
            Line.Reader first = new Line.Reader(lines.getFirst());
            DataId file = DataId.parse(first.text());
            StorageName from = new StorageName(first.text());
            return new ReleaseRefused(
                    file, from, lines.stream().map(ReleaseRefused::obstacle).toList());
        }

        private static ReleaseGuard.Obstacle obstacle(Line text) {
            Line.Reader line = new Line.Reader(text);
            line.text();
            line.text();
            Optional<ClauseId> clause = line.maybe().map(ClauseId::new);
            return new ReleaseGuard.Obstacle(clause, line.text());
        }
    }
}
