package holdfast.server.crash;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The failpoints of one process: before and after every call of a port. Each passing is counted; at the one that was
 * chosen something happens.
 */
final class Failpoints {
    /** What a port does between its two points. */
    @FunctionalInterface
    interface Body<T, E extends Exception> {
        T run() throws E;
    }

    /** The same without an answer. */
    @FunctionalInterface
    interface Act<E extends Exception> {
        void run() throws E;
    }

    /** The chosen passing of a point, such as the third time before {@code Disk.link}. */
    record Chosen(String point, int passing) {
        static final Chosen NONE = new Chosen("none", 0);

        static Chosen parse(String text) {
            int hash = text.lastIndexOf('#');
            return hash < 0
                    ? new Chosen(text, 1)
                    : new Chosen(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
        }

        @Override
        public String toString() {
            return point + "#" + passing;
        }
    }

    private final Chosen chosen;
    private final Runnable here;
    private final Runnable everywhere;
    private final Map<String, Integer> passed = new TreeMap<>();

    /**
     * @param here what is done at the chosen passing, by the thread that comes to it
     * @param everywhere what is done at every passing after that
     */
    Failpoints(Chosen chosen, Runnable here, Runnable everywhere) {
        this.chosen = chosen;
        this.here = here;
        this.everywhere = everywhere;
    }

    /** Those of a process that says where it is and stands still there, with all its threads, to be killed. */
    static Failpoints standingStill(Chosen chosen, Says says) {
        AtomicBoolean standing = new AtomicBoolean();
        return new Failpoints(
                chosen,
                () -> {
                    standing.set(true);
                    says.at(chosen);
                },
                () -> {
                    while (standing.get()) {
                        LockSupport.park(standing);
                    }
                });
    }

    <T, E extends Exception> T around(String call, Body<T, E> body) throws E {
        pass(Port.before(call));
        try {
            return body.run();
        } finally {
            pass(Port.after(call));
        }
    }

    <E extends Exception> void act(String call, Act<E> body) throws E {
        this.<Boolean, E>around(call, () -> {
            body.run();
            return true;
        });
    }

    private void pass(String point) {
        if (isChosen(point)) {
            here.run();
        }
        everywhere.run();
    }

    private synchronized boolean isChosen(String point) {
        int passing = passed.merge(point, 1, Integer::sum);
        return chosen.passing == passing && chosen.point.equals(point);
    }

    /** How often each point was passed. */
    synchronized Map<String, Integer> passed() {
        return new TreeMap<>(passed);
    }
}
