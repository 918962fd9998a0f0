package holdfast.durability;

import holdfast.durability.Inputs.SiteHazard;
import holdfast.durability.LossRate.Cause;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Lives of single files, event by event, on one seed. It knows nothing of the formula: copies go bad unseen, are read at
 * their intervals with a phase of their own, and repaired from a good copy; disasters take a place and its copies stand
 * again after the rebuilding; one cause takes all. A file is lost in the moment that no good copy is left.
 */
final class LossSimulation {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** A copy: damage a year, years between reads, years from found to repaired, and the place where it stands. */
    record Copy(double damage, double scrub, double repair, int place) {}

    /** Files with these copies. */
    record Setting(String name, List<Copy> copies, SiteHazard site, double commonCause) {}

    /** What came of so many years of single files. */
    record Seen(long fileYears, Map<Cause, Long> lost) {
        long total() {
            return lost.values().stream().mapToLong(Long::longValue).sum();
        }

        double rate(Cause cause) {
            return (double) lost.getOrDefault(cause, 0L) / fileYears;
        }

        double rate() {
            return (double) total() / fileYears;
        }
    }

    private final Setting setting;
    private final SplittableRandom random;
    private final int copies;
    private final int places;
    private final double[] goesBad;
    private final double[] standsAgain;
    private final boolean[] destroyed;
    private final double[] disaster;
    private final double[] phase;
    private double commonCause;

    private LossSimulation(Setting setting, long seed) {
        this.setting = setting;
        this.random = new SplittableRandom(seed);
        this.copies = setting.copies().size();
        this.places = setting.copies().stream().mapToInt(Copy::place).max().orElseThrow() + 1;
        this.goesBad = new double[copies];
        this.standsAgain = new double[copies];
        this.destroyed = new boolean[copies];
        this.disaster = new double[places];
        this.phase = new double[copies];
    }

    /** Lives so many files for so many years each. */
    static Seen run(Setting setting, int files, int years, long seed) {
        LossSimulation one = new LossSimulation(setting, seed);
        Map<Cause, Long> lost = new EnumMap<>(Cause.class);
        for (int file = 0; file < files; file++) {
            one.live(years, lost);
        }
        return new Seen((long) files * years, lost);
    }

    private void live(double end, Map<Cause, Long> lost) {
        for (int c = 0; c < copies; c++) {
            phase[c] = random.nextDouble() * setting.copies().get(c).scrub();
        }
        begin(0);
        double now = next();
        while (now < end) {
            Cause cause = happen(now);
            if (cause != null) {
                lost.merge(cause, 1L, Long::sum);
                begin(now);
            }
            now = next();
        }
    }

    /** All copies stand and are good; what was lost is a new file from here. */
    private void begin(double now) {
        for (int c = 0; c < copies; c++) {
            renew(c, now);
        }
        for (int p = 0; p < places; p++) {
            disaster[p] = now + wait(setting.site().disaster());
        }
        commonCause = now + wait(setting.commonCause());
    }

    private void renew(int copy, double now) {
        goesBad[copy] = now + wait(setting.copies().get(copy).damage());
        standsAgain[copy] = NEVER;
        destroyed[copy] = false;
    }

    private double next() {
        double next = commonCause;
        for (int p = 0; p < places; p++) {
            next = Math.min(next, disaster[p]);
        }
        for (int c = 0; c < copies; c++) {
            next = Math.min(next, Math.min(goesBad[c], standsAgain[c]));
        }
        return next;
    }

    /** What happens at a moment; the cause when it was the end of the file, else null. */
    private Cause happen(double now) {
        if (commonCause == now) {
            return Cause.COMMON_CAUSE;
        }
        for (int p = 0; p < places; p++) {
            if (disaster[p] == now) {
                destroy(p, now);
                return isLost() ? why() : null;
            }
        }
        for (int c = 0; c < copies; c++) {
            if (standsAgain[c] == now) {
                renew(c, now);
            } else if (goesBad[c] == now) {
                goesBad[c] = NEVER;
                standsAgain[c] = found(c, now) + setting.copies().get(c).repair();
            }
        }
        return isLost() ? why() : null;
    }

    private void destroy(int place, double now) {
        disaster[place] = now + wait(setting.site().disaster());
        for (int c = 0; c < copies; c++) {
            if (setting.copies().get(c).place() == place) {
                goesBad[c] = NEVER;
                standsAgain[c] = now + setting.site().rebuild();
                destroyed[c] = true;
            }
        }
    }

    /** The first read of the copy after a moment. */
    private double found(int copy, double now) {
        double every = setting.copies().get(copy).scrub();
        return phase[copy] + Math.ceil((now - phase[copy]) / every) * every;
    }

    private boolean isLost() {
        return Arrays.stream(standsAgain).noneMatch(again -> again == NEVER);
    }

    private Cause why() {
        int gone = 0;
        for (boolean one : destroyed) {
            gone += one ? 1 : 0;
        }
        if (gone == 0) {
            return Cause.MEDIA;
        }
        return gone == copies && places > 1 ? Cause.EVERY_SITE : Cause.ONE_SITE;
    }

    private double wait(double rate) {
        return rate == 0 ? NEVER : -Math.log1p(-random.nextDouble()) / rate;
    }
}
