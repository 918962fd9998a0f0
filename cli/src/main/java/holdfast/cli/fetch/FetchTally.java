package holdfast.cli.fetch;

import holdfast.cli.ingest.Ticker;
import java.util.concurrent.atomic.LongAdder;

/** How far a fetch is, while several files are under way. */
public final class FetchTally implements Ticker.Meter {
    private final LongAdder done = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void came(long more) {
        bytes.add(more);
    }

    void done() {
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
}
