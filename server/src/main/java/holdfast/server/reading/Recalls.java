package holdfast.server.reading;

import holdfast.server.clock.HouseClock;
import holdfast.server.sql.RecallBook;
import holdfast.server.sql.RecallBook.Asked;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Brings files of tape elements online for people. What is asked of an element within a moment goes to it as one recall,
 * and an element has one such recall at a time, so that a library is never flooded. What was brought is let go of once
 * nobody read it for a while. What has not come stands in a book, and is asked for again when it was not ready, or when the
 * node that asked is no more.
 */
public final class Recalls implements AutoCloseable {
    private final Function<StorageName, Optional<StorageDriver>> drivers;
    private final HouseClock clock;
    private final RecallBook book;
    private final Settings settings;
    private final Map<StorageName, Queue> queues = new HashMap<>();
    private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(
            0, Thread.ofVirtual().name("recalls-", 0).factory());

    /**
     * How it is done.
     *
     * @param gather how long the first file waits for others to go with it
     * @param keep how long a file stays online that nobody reads
     * @param most files of one element that may wait; also what is taken over at once
     */
    public record Settings(Duration gather, Duration keep, int most) {
        public static final Settings DEFAULTS = new Settings(Duration.ofSeconds(1), Duration.ofMinutes(10), 10_000);
    }

    /** What one element was asked for. */
    private static final class Queue {
        private final Map<StoragePath, Instant> waiting = new LinkedHashMap<>();
        private final Map<StoragePath, Instant> underWay = new HashMap<>();
        private final Map<StoragePath, String> failed = new LinkedHashMap<>();
        private final Map<StoragePath, Long> online = new HashMap<>();
        private boolean busy;
    }

    public Recalls(
            Function<StorageName, Optional<StorageDriver>> drivers,
            HouseClock clock,
            RecallBook book,
            Settings settings) {
        this.drivers = drivers;
        this.clock = clock;
        this.book = book;
        this.settings = settings;
    }

    /** Asks for a file, unless it was asked for already; says what is going on, for people. Waits for nothing. */
    public synchronized String ask(StorageName element, StoragePath path) {
        Queue queue = queues.computeIfAbsent(element, n -> new Queue());
        String before = Optional.ofNullable(queue.failed.remove(path)).orElse("");
        Instant begun = queue.underWay.get(path);
        if (begun != null) {
            return "its recall is under way since " + begun;
        }
        Instant asked = queue.waiting.get(path);
        if (asked != null) {
            return "its recall was asked for at %s and waits with %d others".formatted(asked, queue.waiting.size() - 1);
        }
        if (queue.waiting.size() >= settings.most) {
            return "%d recalls wait there already, this one was not taken; ask again later".formatted(settings.most);
        }
        Instant now = clock.now();
        book.asked(new Asked(element, path), now);
        take(element, queue, path, now);
        return before + "its recall was asked for now";
    }

    private void take(StorageName element, Queue queue, StoragePath path, Instant now) {
        queue.waiting.put(path, now);
        if (!queue.busy) {
            queue.busy = true;
            schedule(() -> drain(element, queue), settings.gather);
        }
    }

    /** Says what this node still asks for, and takes over what no node does any more; answers how many files those are. */
    public synchronized int goOn() {
        Instant now = clock.now();
        queues.forEach((element, queue) -> {
            Set<StoragePath> mine = new HashSet<>(queue.waiting.keySet());
            mine.addAll(queue.underWay.keySet());
            if (!mine.isEmpty()) {
                book.holds(element, mine, now);
            }
        });
        List<Asked> left = book.takeOver(now, settings.most);
        for (Asked asked : left) {
            Queue queue = queues.computeIfAbsent(asked.element(), n -> new Queue());
            if (!queue.waiting.containsKey(asked.path()) && !queue.underWay.containsKey(asked.path())) {
                take(asked.element(), queue, asked.path(), now);
            }
        }
        return left.size();
    }

    /** Somebody reads what was brought: it stays a while longer. */
    synchronized void used(StorageName element, StoragePath path) {
        Optional.ofNullable(queues.get(element))
                .ifPresent(queue -> queue.online.computeIfPresent(path, (p, _) -> System.nanoTime()));
    }

    private void drain(StorageName element, Queue queue) {
        List<StoragePath> taken = take(queue);
        Map<StoragePath, Recalled> came = Map.of();
        String why = "the element did not say why";
        try {
            came = drivers.apply(element).map(d -> d.recall(taken)).orElse(Map.of());
        } catch (RuntimeException e) {
            why = String.valueOf(e.getMessage());
        } finally {
            settle(element, queue, came, why);
        }
    }

    private synchronized List<StoragePath> take(Queue queue) {
        queue.underWay.putAll(queue.waiting);
        List<StoragePath> taken = List.copyOf(queue.waiting.keySet());
        queue.waiting.clear();
        return taken;
    }

    private synchronized void settle(StorageName element, Queue queue, Map<StoragePath, Recalled> came, String why) {
        queue.failed.clear();
        List<StoragePath> settled = new ArrayList<>();
        for (StoragePath path : queue.underWay.keySet()) {
            switch (came.getOrDefault(path, Recalled.FAILED)) {
                case FROM_MEDIUM -> {
                    settled.add(path);
                    queue.online.put(path, System.nanoTime());
                    schedule(() -> letGo(element, queue, path), settings.keep);
                }
                case ONLINE_ALREADY -> settled.add(path);
                case NOT_YET -> {}
                case FAILED -> {
                    settled.add(path);
                    queue.failed.put(path, "a recall failed before (" + why + "); ");
                }
            }
        }
        settle(element, settled);
        queue.underWay.clear();
        queue.busy = !queue.waiting.isEmpty();
        if (queue.busy) {
            schedule(() -> drain(element, queue), settings.gather);
        }
    }

    private void settle(StorageName element, List<StoragePath> paths) {
        try {
            book.settled(element, paths);
        } catch (RuntimeException e) {
            // They stay in the book: asked for once more than needed, when the database is back.
            System.getLogger(Recalls.class.getName())
                    .log(System.Logger.Level.WARNING, "{0}: what came is not noted: {1}", element, e.getMessage());
        }
    }

    private void letGo(StorageName element, Queue queue, StoragePath path) {
        if (isIdle(queue, path)) {
            drivers.apply(element).ifPresent(d -> d.evict(List.of(path)));
        } else {
            schedule(() -> letGo(element, queue, path), settings.keep);
        }
    }

    private synchronized boolean isIdle(Queue queue, StoragePath path) {
        Long used = queue.online.get(path);
        boolean idle = used == null || System.nanoTime() - used >= settings.keep.toNanos();
        if (idle) {
            queue.online.remove(path);
        }
        return idle;
    }

    private void schedule(Runnable work, Duration after) {
        try {
            worker.schedule(work, after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The server ends; what was asked for is asked again of the next one.
            return;
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
