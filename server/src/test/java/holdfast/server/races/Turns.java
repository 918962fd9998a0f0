package holdfast.server.races;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets some actors run, one statement of one actor at a time, in the order that a seed gives.
 *
 * <p>Goal: an interleaving is the same whenever its seed is. Method: before each statement, commit and driver call an
 * actor waits for its turn. The one that is let go either comes to its next statement, or ends, or waits inside the
 * database for a lock that another actor holds; the database itself says which. Whoever waits there is passed by until
 * a commit or rollback has let it go on. How often the same actor goes on before another may is a part of the seed.
 */
final class Turns {
    private static final ThreadLocal<@Nullable Seat> SEAT = new ThreadLocal<>();
    private static final Duration FIRST_LOOK = Duration.ofNanos(700_000);
    private static final Duration TOO_LONG = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Random random;
    private final int stay;
    private final Waits waits;
    private final List<Seat> seats = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private @Nullable Seat last;
    private boolean abandoned;

    /** Whether a session of the database waits for a lock that one of the others holds. */
    interface Waits {
        boolean waits(int session, List<Integer> others);
    }

    /** What an actor does. */
    interface Doing {
        void go() throws Exception;
    }

    private enum State {
        RUNS,
        WAITS_FOR_ITS_TURN,
        WAITS_FOR_A_LOCK,
        ENDED
    }

    private static final class Seat {
        final Turns turns;
        final String name;
        final Condition turn;
        State state = State.RUNS;
        boolean granted;
        int session;
        final Set<Integer> sessions = ConcurrentHashMap.newKeySet();
        String next = "";

        @Nullable
        Throwable failure;

        Seat(Turns turns, String name) {
            this.turns = turns;
            this.name = name;
            this.turn = turns.lock.newCondition();
        }
    }

    Turns(Random random, Waits waits) {
        this.random = random;
        this.waits = waits;
        this.stay = new int[] {0, 50, 85}[random.nextInt(3)];
    }

    /** Called before each step; returns at once in a thread that is no actor. */
    static void before(String step, int session) {
        Seat seat = SEAT.get();
        if (seat != null) {
            seat.turns.waitForTurn(seat, step, session);
        }
    }

    /** A step of an actor that is no statement. */
    static void before(String step) {
        before(step, 0);
    }

    /** Adds an actor; it begins with {@link #play}. */
    Turns actor(String name, ExecutorService threads, Doing doing) {
        Seat seat = new Seat(this, name);
        seats.add(seat);
        starts.add(() -> threads.execute(() -> run(seat, doing)));
        return this;
    }

    private final List<Runnable> starts = new ArrayList<>();

    /** Plays to the end; throws what the first actor that failed threw. */
    void play() {
        starts.forEach(Runnable::run);
        seats.forEach(this::settle);
        for (Seat next = next(); next != null; next = next()) {
            trace.add(next.name + ": " + next.next);
            String step = grant(next);
            settle(next);
            if (letsOthersGo(step) || next.state == State.ENDED) {
                seats.stream().filter(s -> s.state == State.WAITS_FOR_A_LOCK).forEach(this::settle);
            }
        }
        for (Seat seat : seats) {
            if (seat.failure != null) {
                throw new AssertionError(seat.name + " failed: " + seat.failure, seat.failure);
            }
        }
    }

    /** Every step in its order. */
    List<String> trace() {
        return List.copyOf(trace);
    }

    private static boolean letsOthersGo(String step) {
        return step.equals("commit") || step.equals("rollback");
    }

    private void run(Seat seat, Doing doing) {
        SEAT.set(seat);
        try {
            waitForTurn(seat, "begin", 0);
            doing.go();
        } catch (Throwable e) {
            seat.failure = e;
        } finally {
            SEAT.remove();
            lock.lock();
            try {
                seat.state = State.ENDED;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void waitForTurn(Seat seat, String step, int session) {
        lock.lock();
        try {
            seat.next = step;
            seat.session = session;
            seat.sessions.add(session);
            seat.state = State.WAITS_FOR_ITS_TURN;
            changed.signalAll();
            while (!seat.granted && !abandoned) {
                seat.turn.awaitUninterruptibly();
            }
            if (abandoned) {
                throw new IllegalStateException("this interleaving was given up");
            }
            seat.granted = false;
        } finally {
            lock.unlock();
        }
    }

    private String grant(Seat seat) {
        lock.lock();
        try {
            seat.state = State.RUNS;
            seat.granted = true;
            seat.turn.signal();
            return seat.next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Seat next() {
        List<Seat> ready =
                seats.stream().filter(s -> s.state == State.WAITS_FOR_ITS_TURN).toList();
        if (ready.isEmpty()) {
            seats.stream().filter(s -> s.state == State.WAITS_FOR_A_LOCK).forEach(this::untilFree);
            ready = seats.stream()
                    .filter(s -> s.state == State.WAITS_FOR_ITS_TURN)
                    .toList();
        }
        if (ready.isEmpty()) {
            return null;
        }
        Seat before = last;
        if (before == null || !ready.contains(before) || random.nextInt(100) >= stay) {
            last = ready.get(random.nextInt(ready.size()));
        }
        return last;
    }

    /** Everybody waits for everybody: the database ends one of them after its deadlock timeout, and that is a failure. */
    private void untilFree(Seat seat) {
        lock.lock();
        try {
            seat.state = State.RUNS;
            awaitArrival(seat, TOO_LONG);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the seat waits for its turn or a lock, or has ended. */
    private void settle(Seat seat) {
        boolean asked = seat.state == State.WAITS_FOR_A_LOCK;
        long tooLate = System.nanoTime() + TOO_LONG.toNanos();
        while (System.nanoTime() < tooLate) {
            lock.lock();
            try {
                if (asked ? hasArrived(seat) : awaitArrival(seat, FIRST_LOOK)) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (seat.session != 0 && waits.waits(seat.session, others(seat))) {
                lock.lock();
                try {
                    if (!hasArrived(seat)) {
                        seat.state = State.WAITS_FOR_A_LOCK;
                    }
                    return;
                } finally {
                    lock.unlock();
                }
            }
            asked = false;
        }
        abandon();
        throw new AssertionError(seat.name + " did not come back from: " + seat.next + "\n" + String.join("\n", trace));
    }

    /** Lets everybody go who waits for a turn. */
    private void abandon() {
        lock.lock();
        try {
            abandoned = true;
            seats.forEach(seat -> seat.turn.signalAll());
        } finally {
            lock.unlock();
        }
    }

    private List<Integer> others(Seat seat) {
        // All that they ever used: who waits at a driver still holds the locks of its transaction.
        return seats.stream()
                .filter(s -> s != seat)
                .flatMap(s -> s.sessions.stream())
                .toList();
    }

    private static boolean hasArrived(Seat seat) {
        return seat.state == State.WAITS_FOR_ITS_TURN || seat.state == State.ENDED;
    }

    private boolean awaitArrival(Seat seat, Duration most) {
        long left = most.toNanos();
        try {
            while (!hasArrived(seat) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return hasArrived(seat);
    }
}
