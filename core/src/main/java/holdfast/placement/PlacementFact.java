package holdfast.placement;

import holdfast.journal.Fact;
import holdfast.journal.Line;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** This room's own facts. Demands are none: they are work (decision 0011). */
public sealed interface PlacementFact extends Fact {

    /** Rules as they stand now. A rule that is removed has no locks any more, and stays as history. */
    record RulesChanged(List<Rule> rules) implements PlacementFact {
        public static final String KIND = "placement.rules-changed";

        public RulesChanged {
            rules = List.copyOf(rules);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return rules.stream().map(r -> r.write(new Line.Writer()).line()).toList();
        }

        public static RulesChanged read(List<Line> lines) {
            return new RulesChanged(
                    lines.stream().map(l -> Rule.read(new Line.Reader(l))).toList());
        }
    }

    /** Elements were chosen for what rules cover, or given up. */
    record LocksChanged(Change change, List<RuleLock> locks) implements PlacementFact {
        public LocksChanged {
            locks = List.copyOf(locks);
        }

        /** What happened; each is a kind of the journal of its own. */
        public enum Change {
            TAKEN,
            GIVEN_UP;

            public String kind() {
                return "placement.locks-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        public static List<String> kinds() {
            return Arrays.stream(Change.values()).map(Change::kind).toList();
        }

        @Override
        public String kind() {
            return change.kind();
        }

        @Override
        public List<Line> lines() {
            return locks.stream().map(l -> l.write(new Line.Writer()).line()).toList();
        }

        public static LocksChanged read(String kind, List<Line> lines) {
            Change change = Arrays.stream(Change.values())
                    .filter(c -> c.kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
            return new LocksChanged(
                    change,
                    lines.stream().map(l -> RuleLock.read(new Line.Reader(l))).toList());
        }
    }
}
