package holdfast.cli.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The counts of an ingest while several packs are under way. */
public final class Tally {
    private final LongAdder registered = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder already = new LongAdder();
    private final LongAdder toSend = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final List<Refused> refused = new ArrayList<>();

    void registered() {
        registered.increment();
        done.increment();
    }

    void returned() {
        returned.increment();
        done.increment();
    }

    void already() {
        already.increment();
        done.increment();
    }

    void toSend() {
        toSend.increment();
        done.increment();
    }

    void read(long more) {
        bytes.add(more);
    }

    synchronized void refuse(Refused one) {
        refused.add(one);
        done.increment();
    }

    /** Files of which it is known what became of them. */
    public long done() {
        return done.sum();
    }

    /** Bytes read so far. */
    public long bytes() {
        return bytes.sum();
    }

    /** The counts as they are now. */
    public synchronized Counts counts() {
        long unreadable = refused.stream().filter(Refused::isUnreadable).count();
        return new Counts(
                registered.sum(), returned.sum(), already.sum(), toSend.sum(), unreadable, List.copyOf(refused));
    }

    /**
     * What became of the files.
     *
     * @param returned registered before, with no good copy left until now
     * @param toSend with a dry run: what would be sent
     * @param unreadable how many of the refused could not be read
     */
    public record Counts(
            long registered, long returned, long already, long toSend, long unreadable, List<Refused> refused) {}
}
