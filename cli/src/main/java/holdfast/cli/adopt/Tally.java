package holdfast.cli.adopt;

import java.util.concurrent.atomic.LongAdder;

/** The counts of a taking over while several calls are under way. */
public final class Tally {
    final Kind files = new Kind();
    final Kind copies = new Kind();
    final LongAdder copiesLeft = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final Kind collections = new Kind();
    final Kind contents = new Kind();
    final Kind rules = new Kind();
    final Kind locks = new Kind();

    /** What became of things of one kind. */
    static final class Kind {
        final LongAdder read = new LongAdder();
        final LongAdder registered = new LongAdder();
        final LongAdder known = new LongAdder();

        Count count() {
            return new Count(read.sum(), registered.sum(), known.sum());
        }

        void became(long nowRegistered, long wasKnown) {
            registered.add(nowRegistered);
            known.add(wasKnown);
        }
    }

    /**
     * What became of things of one kind.
     *
     * @param read in the other Rucio
     * @param registered new here
     * @param known here before, and the same
     */
    public record Count(long read, long registered, long known) {}

    /** All counts as they are now. */
    public record Counts(
            Count files,
            long bytes,
            Count copies,
            long copiesLeft,
            Count collections,
            Count contents,
            Count rules,
            Count locks) {

        /** Everything that is new here. */
        public long registered() {
            return files.registered
                    + copies.registered
                    + collections.registered
                    + contents.registered
                    + rules.registered
                    + locks.registered;
        }
    }

    public Counts counts() {
        return new Counts(
                files.count(),
                bytes.sum(),
                copies.count(),
                copiesLeft.sum(),
                collections.count(),
                contents.count(),
                rules.count(),
                locks.count());
    }
}
