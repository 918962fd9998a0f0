package holdfast.server.simulation;

import holdfast.vocabulary.StorageName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** What all of one seed shares: its chance, its time, its elements, and the record of what happened. */
final class World {
    static final Instant BEGIN = Instant.parse("2026-05-04T08:00:00Z");
    private static final int LAST = 400;

    final long seed;
    final Random random;
    final Weather weather;
    final Baton baton = new Baton();
    final Truth truth;
    final Witness witness;
    final Map<StorageName, Store> stores = new LinkedHashMap<>();
    final Adversary adversary;
    private final List<String> trace = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final CRC32 hash = new CRC32();
    private volatile Instant now = BEGIN;
    private volatile boolean calm = true;
    private volatile long moments;

    World(long seed, Random random, Weather weather) {
        this.seed = seed;
        this.random = random;
        this.weather = weather;
        this.truth = new Truth();
        this.witness = new Witness(this);
        this.adversary = new Adversary(this);
    }

    Instant now() {
        return now;
    }

    /** Now, and later than every moment before. */
    Moment moment() {
        return new Moment(now, ++moments);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** While it is calm nothing is put aside, nothing fails and nobody dies. */
    boolean isCalm() {
        return calm || baton.running() == null;
    }

    void calm(boolean calm) {
        this.calm = calm;
    }

    /** A place where the running task may be put aside. */
    void point(double probability) {
        Baton.Task me = baton.running();
        if (me == null) {
            return;
        }
        if (me.killed) {
            throw new Baton.NodeDied();
        }
        if (!isCalm() && chance(probability)) {
            me.inTransaction = me.connections.get() > 0;
            me.notBefore = now.plus(delay(me));
            note("%s is put aside%s", me.name, me.inTransaction ? " within its transaction" : "");
            baton.pause();
            me.inTransaction = false;
            if (me.killed) {
                throw new Baton.NodeDied();
            }
        }
    }

    private Duration delay(Baton.Task task) {
        if (task.inTransaction || !chance(weather.stalls())) {
            return Duration.ZERO;
        }
        return chance(0.7)
                ? Duration.ofSeconds(30 + random.nextInt(900))
                : Duration.ofMinutes(30 + random.nextInt(14 * 24 * 60));
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void note(String format, Object... words) {
        String line = now + " " + format.formatted(words);
        hash.update(line.getBytes(StandardCharsets.UTF_8));
        trace.add(line);
        if (trace.size() > LAST) {
            trace.removeFirst();
        }
    }

    /** Something happened that must never happen. */
    @SuppressWarnings("AnnotateFormatMethod")
    void violation(String format, Object... words) {
        String line = now + " " + format.formatted(words);
        trace.add("VIOLATION " + line);
        violations.add(line);
    }

    List<String> violations() {
        return violations;
    }

    List<String> trace() {
        return trace;
    }

    /** The same for two runs that went the same way. */
    long hash() {
        return hash.getValue();
    }
}
