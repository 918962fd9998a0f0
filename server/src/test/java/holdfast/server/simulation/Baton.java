package holdfast.server.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets one thread run at a time: the hand that plays the seed, or the one task it has given the baton to. */
final class Baton {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("simulated-", 0).factory());

    private final Semaphore hand = new Semaphore(0);
    private volatile @Nullable Task running;

    /** The node of a task died: nothing it does from now on has any effect. */
    static final class NodeDied extends RuntimeException {
        private static final long serialVersionUID = 1;

        NodeDied() {
            super("the node died", null, false, false);
        }
    }

    /** What a task does. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** A turn of some work at a node: running, put aside, or over. */
    static final class Task {
        final String name;
        final @Nullable Node node;
        final Instant began;
        final List<Witness.Event> seen = new ArrayList<>();
        private final Semaphore go = new Semaphore(0);
        volatile boolean over;
        volatile boolean killed;
        volatile boolean faulted;
        final AtomicInteger connections = new AtomicInteger();
        volatile boolean inTransaction;
        volatile Instant notBefore;
        volatile @Nullable Throwable failure;

        Task(String name, @Nullable Node node, Instant began) {
            this.name = name;
            this.node = node;
            this.began = began;
            this.notBefore = began;
        }
    }

    @Nullable
    Task running() {
        return running;
    }

    /** Gives the baton to a new task and takes it back when that pauses or ends. */
    void begin(Task task, Work work) {
        THREADS.execute(() -> {
            task.go.acquireUninterruptibly();
            try {
                work.run();
            } catch (Throwable e) {
                task.failure = e;
            }
            task.over = true;
            hand.release();
        });
        resume(task);
    }

    /** Gives the baton to a task that was put aside. */
    void resume(Task task) {
        running = task;
        task.go.release();
        hand.acquireUninterruptibly();
        running = null;
    }

    /** Puts the running task aside, in whichever of its threads this is called. */
    void pause() {
        Task me = java.util.Objects.requireNonNull(running);
        hand.release();
        me.go.acquireUninterruptibly();
    }
}
