package holdfast.cli.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The counts of an ingest while several packs are under way. */
public final class Tally implements Ticker.Meter {
    private final LongAdder registered = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder already = new LongAdder();
    private final LongAdder toSend = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final List<Refused> refused = new ArrayList<>();
    private final Consumer<Became> told;

    /** For many files: counts only. */
    public Tally() {
        this(_ -> {});
    }

    /** @param told of each file that is there now, by whichever thread saw it */
    public Tally(Consumer<Became> told) {
        this.told = told;
    }

    /**
     * A file that is there now.
     *
     * @param did the name that it has there; empty where an older server did not say it
     */
    public record Became(Item item, Optional<String> did, Outcome outcome) {}

    /** How a file came to be there. */
    public enum Outcome {
        REGISTERED,
        /** It was registered and had no good copy left until now. */
        RETURNED,
        /** It was there with the same bytes. */
        ALREADY
    }

    void registered(Item item, Optional<String> did) {
        registered.increment();
        done.increment();
        told.accept(new Became(item, did, Outcome.REGISTERED));
    }

    void returned(Item item, Optional<String> did) {
        returned.increment();
        done.increment();
        told.accept(new Became(item, did, Outcome.RETURNED));
    }

    void already(Item item, Optional<String> did) {
        already.increment();
        done.increment();
        told.accept(new Became(item, did, Outcome.ALREADY));
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

    @Override
    public long files() {
        return done.sum();
    }

    @Override
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
