package holdfast.server.drivers.taperest;

import holdfast.server.drivers.Causes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How fast a site is asked: one that has had enough is left alone by all, longer each time, until it answers again. */
final class Pace {
    private static final int MOST_FAILURES = 3;

    private final Time time;
    private final Duration first;
    private Duration pause;
    private Instant quietUntil = Instant.MIN;

    /** The time that waiting takes. */
    interface Time {
        Time REAL = new Time() {
            @Override
            public Instant now() {
                return Clock.systemUTC().instant();
            }

            @Override
            public void pass(Duration length) throws InterruptedException {
                Thread.sleep(length);
            }
        };

        Instant now();

        void pass(Duration length) throws InterruptedException;
    }

    /** A question to the site. */
    interface Question<T> {
        T ask() throws IOException;
    }

    Pace(Time time, Duration first) {
        this.time = time;
        this.first = first;
        pause = first;
    }

    /**
     * Asks, and asks again of a site that says "not now" (429) for as long as there is time, and a few times of one that fails.
     *
     * @return empty when there was no answer; the reason is in the server's log
     * @throws TapeRest.Refused when there were too many files in the question (413)
     */
    <T> Optional<T> patiently(Instant until, Question<T> question) throws TapeRest.Refused, InterruptedException {
        int failures = 0;
        while (waited(until)) {
            try {
                T answer = question.ask();
                goOn();
                return Optional.of(answer);
            } catch (TapeRest.Refused e) {
                if (e.status() == 413) {
                    throw e;
                }
                failures += e.status() == 429 ? 0 : 1;
                if (isFinal(e) || failures == MOST_FAILURES) {
                    log(e);
                    return Optional.empty();
                }
                slowDown(e.after());
            } catch (IOException e) {
                if (++failures == MOST_FAILURES) {
                    log(e);
                    return Optional.empty();
                }
                slowDown(Optional.empty());
            }
        }
        return Optional.empty();
    }

    private static boolean isFinal(TapeRest.Refused e) {
        return e.status() < 500 && e.status() != 429 && e.status() != 408;
    }

    /** Waits until the site may be asked; answers whether that is before a moment. */
    private boolean waited(Instant until) throws InterruptedException {
        for (Duration left = left(); left.isPositive(); left = left()) {
            if (!time.now().plus(left).isBefore(until)) {
                return false;
            }
            time.pass(left);
        }
        return time.now().isBefore(until);
    }

    private synchronized Duration left() {
        Instant now = time.now();
        return quietUntil.isAfter(now) ? Duration.between(now, quietUntil) : Duration.ZERO;
    }

    private synchronized void slowDown(Optional<Duration> asked) {
        Duration wait = asked.filter(a -> a.compareTo(pause) > 0).orElse(pause);
        quietUntil = time.now().plus(wait);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(TapeRestSettings.SLOWEST_POLL) > 0 ? TapeRestSettings.SLOWEST_POLL : twice;
    }

    private synchronized void goOn() {
        pause = first;
        quietUntil = Instant.MIN;
    }

    private static void log(IOException e) {
        System.getLogger(Pace.class.getName())
                .log(System.Logger.Level.WARNING, "the tape endpoint gave no answer: {0}", Causes.of(e));
    }
}
