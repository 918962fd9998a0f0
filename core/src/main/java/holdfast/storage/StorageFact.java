package holdfast.storage;

import holdfast.journal.BadEntry;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** This room's own facts. */
public sealed interface StorageFact extends Fact {

    /** The condition of elements after something was seen of them or declared for them. */
    record ConditionChanged(Cause cause, List<Condition> conditions) implements StorageFact {
        public ConditionChanged {
            conditions = List.copyOf(conditions);
        }

        /** What happened; each cause is a kind of the journal of its own. */
        public enum Cause {
            FELL_SILENT,
            ANSWERS_AGAIN,
            DOWNTIME_DECLARED,
            RECALL_DRILLED,
            LISTED,
            SCRUBBED,
            DRIVES_CHANGED,
            SUSPECTED,
            CLEARED;

            public String kind() {
                return "storage." + name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        @Override
        public String kind() {
            return cause.kind();
        }

        @Override
        public List<Line> lines() {
            return conditions.stream().map(ConditionChanged::write).toList();
        }

        public static List<String> kinds() {
            return Arrays.stream(Cause.values()).map(Cause::kind).toList();
        }

        public static ConditionChanged read(String kind, List<Line> lines) {
            Cause cause = Arrays.stream(Cause.values())
                    .filter(c -> c.kind().equals(kind))
                    .findFirst()
                    .orElseThrow(() -> new BadEntry("unknown kind " + kind));
            return new ConditionChanged(
                    cause, lines.stream().map(l -> readLine(new Line.Reader(l))).toList());
        }

        private static Line write(Condition c) {
            Line.Writer line = new Line.Writer();
            line.put(c.element()).time(c.silentSince()).time(c.lastDrill()).put(c.failedDrills());
            line.put(c.workingDrives()).time(c.suspectSince());
            line.time(c.listing().map(Condition.Listing::at));
            line.put(c.listing().map(Condition.Listing::listed)).put(c.listing().map(Condition.Listing::missing));
            line.put(c.listing().map(Condition.Listing::dark)).put(c.listing().map(Condition.Listing::darkRaw));
            line.time(c.scrub().map(Condition.Scrub::at));
            line.put(c.scrub().map(s -> s.canariesFound() ? 1 : 0));
            for (Downtime d : c.downtimes()) {
                line.put(d.site()).time(d.from()).time(d.until()).put(d.reason());
            }
            return line.line();
        }

        private static Condition readLine(Line.Reader line) {
            StorageName element = new StorageName(line.text());
            Optional<Instant> silent = line.maybeTime();
            Optional<Instant> drill = line.maybeTime();
            int failed = (int) line.number();
            Optional<Integer> drives = line.maybe().map(Integer::valueOf);
            Optional<Instant> suspect = line.maybeTime();
            Optional<Instant> listedAt = line.maybeTime();
            long[] counts = new long[4];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = line.maybe().map(Long::parseLong).orElse(0L);
            }
            Optional<Instant> scrubbed = line.maybeTime();
            boolean found = line.maybe().equals(Optional.of("1"));
            List<Downtime> downtimes = new ArrayList<>();
            while (line.hasMore()) {
                downtimes.add(new Downtime(new SiteName(line.text()), line.time(), line.time(), line.text()));
            }
            return new Condition(
                    element,
                    silent,
                    downtimes,
                    drill,
                    failed,
                    drives,
                    suspect,
                    listedAt.map(at -> new Condition.Listing(at, counts[0], counts[1], counts[2], counts[3])),
                    scrubbed.map(at -> new Condition.Scrub(at, found)));
        }
    }

    /** Samples of files were opened by programs for their formats. */
    record SamplesOpened(List<OpeningSample> samples) implements StorageFact {
        public static final String KIND = "storage.samples-opened";

        public SamplesOpened {
            samples = List.copyOf(samples);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return samples.stream().map(s -> s.write(new Line.Writer()).line()).toList();
        }

        public static SamplesOpened read(List<Line> lines) {
            return new SamplesOpened(lines.stream()
                    .map(line -> OpeningSample.read(new Line.Reader(line)))
                    .toList());
        }
    }

    /** Somebody who is no member knocked at the doors of elements, and this is what was met. */
    record DoorsTried(List<DoorProbe> probes) implements StorageFact {
        public static final String KIND = "storage.doors-tried";

        public DoorsTried {
            probes = List.copyOf(probes);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return probes.stream().map(p -> p.write(new Line.Writer()).line()).toList();
        }

        public static DoorsTried read(List<Line> lines) {
            return new DoorsTried(lines.stream()
                    .map(line -> DoorProbe.read(new Line.Reader(line)))
                    .toList());
        }
    }
}
