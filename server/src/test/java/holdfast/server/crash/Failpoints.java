package holdfast.server.crash;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The failpoints of one process: before and after every call of a port. Each passing is counted; at the one that was
 * chosen the process says so and stands still, to be killed.
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
    private final Says says;
    private final Map<String, Integer> passed = new TreeMap<>();
    private volatile boolean standing;

    Failpoints(Chosen chosen, Says says) {
        this.chosen = chosen;
        this.says = says;
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
            says.at(chosen);
        }
        while (standing) {
            LockSupport.park(this);
        }
    }

    private synchronized boolean isChosen(String point) {
        int passing = passed.merge(point, 1, Integer::sum);
        boolean here = !standing && chosen.passing == passing && chosen.point.equals(point);
        standing |= here;
        return here;
    }

    /** How often each point was passed. */
    synchronized Map<String, Integer> passed() {
        return new TreeMap<>(passed);
    }
}
