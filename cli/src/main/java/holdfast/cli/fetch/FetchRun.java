package holdfast.cli.fetch;

import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Brings many files, several at a time; each is told of as soon as it is known what became of it. */
public final class FetchRun {
    private final Fetching fetching;
    private final FetchTally tally;
    private final int parallel;

    public FetchRun(Server server, Elements elements, FetchOrder order, FetchTally tally, int parallel) {
        this.fetching = new Fetching(server, elements, order, tally::came);
        this.tally = tally;
        this.parallel = parallel;
    }

    /**
     * Brings all of them.
     *
     * @param told in the order of the files, one at a time
     * @throws NoServer when the server went away; what is there stays, and the rest comes with the next run
     */
    public void fetch(List<Wanted> files, Consumer<Fetched> told) {
        try (ExecutorService workers = Executors.newFixedThreadPool(parallel)) {
            List<Future<Fetched>> underWay = new ArrayList<>();
            files.forEach(file -> underWay.add(workers.submit(() -> one(file))));
            try {
                for (Future<Fetched> one : underWay) {
                    told.accept(one.get());
                }
            } catch (ExecutionException failed) {
                workers.shutdownNow();
                throw failed.getCause() instanceof RuntimeException why ? why : new IllegalStateException(failed);
            } catch (InterruptedException stopped) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    private Fetched one(Wanted file) {
        Fetched fetched = fetching.fetch(file);
        tally.done();
        return fetched;
    }
}
