package holdfast.server.drivers.s3;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** One writer of a key at a time, within this process. */
final class PathLocks {
    private final ConcurrentMap<String, Held> held = new ConcurrentHashMap<>();

    private static final class Held {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** A lock on a key, held until it is closed. */
    final class Lock implements AutoCloseable {
        private final String key;

        private Lock(String key) {
            this.key = key;
        }

        @Override
        public void close() {
            held.compute(key, (k, own) -> {
                if (own == null) {
                    throw new IllegalStateException("not held: " + k);
                }
                own.lock.unlock();
                return --own.users == 0 ? null : own;
            });
        }
    }

    Lock on(String key) {
        Held own = held.compute(key, (k, before) -> {
            Held mine = before == null ? new Held() : before;
            mine.users++;
            return mine;
        });
        own.lock.lock();
        return new Lock(key);
    }
}
