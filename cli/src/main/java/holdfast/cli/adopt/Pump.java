package holdfast.cli.adopt;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads portions and hands on what is in them, a few under way at once, so that reading there and the work here overlap. */
final class Pump {
    private static final int UNDER_WAY = 3;

    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** Hands on all of it; the first failure ends it, when what is under way has ended. */
    static <T> void all(Iterator<Portion<T>> portions, Consumer<List<T>> to) {
        new Pump().run(portions, to);
    }

    private <T> void run(Iterator<Portion<T>> portions, Consumer<List<T>> to) {
        Semaphore room = new Semaphore(UNDER_WAY);
        try (ExecutorService workers = Executors.newFixedThreadPool(UNDER_WAY)) {
            while (failure.get() == null && portions.hasNext()) {
                Portion<T> portion = portions.next();
                room.acquireUninterruptibly();
                workers.execute(() -> {
                    try {
                        if (failure.get() == null) {
                            portion.read(to);
                        }
                    } catch (RuntimeException bad) {
                        failure.compareAndSet(null, bad);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
