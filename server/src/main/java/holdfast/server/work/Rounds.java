package holdfast.server.work;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The rounds of a node: each kind of work goes round on a virtual thread of its own, at once while there is something to
 * do, and after a pause when there is not. No round calls another; what one does becomes due work for the next.
 */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Rounds.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** One turn of a kind of work; answers how much was done, 0 when there was nothing to do. */
    @FunctionalInterface
    public interface Turn {
        int take() throws Exception;
    }

    /** Begins a round; an idle round takes its next turn after the pause. */
    public synchronized void begin(String name, Duration pause, Turn turn) {
        threads.add(Thread.ofVirtual().name("round-" + name).start(() -> go(name, pause, turn)));
    }

    private void go(String name, Duration pause, Turn turn) {
        int failures = 0;
        while (closing.getCount() > 0) {
            int done = 0;
            try {
                done = turn.take();
                failures = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
                // A round that ended silently would be work that nobody does any more.
                failures++;
                tell(name, failures, e);
            }
            if (done == 0 && isClosing(pauseAfter(pause, failures))) {
                return;
            }
        }
    }

    /** The first time with its trace; then seldom, for a database that is away fails every round again and again. */
    private static void tell(String name, int failures, Throwable e) {
        if (failures == 1) {
            LOG.log(Level.WARNING, "round " + name + " failed, goes on after a pause: " + e.getMessage(), e);
        } else if (Integer.bitCount(failures) == 1) {
            LOG.log(Level.WARNING, "round {0} failed {1} times in a row: {2}", name, failures, e.getMessage());
        }
    }

    private static Duration pauseAfter(Duration pause, int failures) {
        Duration longer = pause.multipliedBy(1L << Math.min(failures, 10));
        return longer.compareTo(LONGEST_PAUSE) < 0 || failures == 0 ? longer : LONGEST_PAUSE;
    }

    private boolean isClosing(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends all rounds after the turn each is in. */
    @Override
    public synchronized void close() {
        closing.countDown();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
