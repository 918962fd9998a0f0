package holdfast.server.drivers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Waits for the medium that run side by side, so that the filesystem commits them in groups. Each is one virtual
 * thread; a limit bounds the open files. Closing waits for all.
 */
final class Waits implements AutoCloseable {
    static final int AT_ONCE = 128;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Starts a wait, once there is a place for it. It must not throw. */
    void start(Runnable wait) {
        places.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                wait.run();
            } finally {
                places.release();
            }
        });
    }

    @Override
    public void close() {
        threads.close();
    }
}
