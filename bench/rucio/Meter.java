import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Time on the clock, and the processors' time that a server, its database and the commands started meanwhile have used.
 * The second says how much work was done even where others use the machine too.
 */
final class Meter {
    static final Meter NONE = new Meter(List.of());
    private static final double TICK_MILLIS = 10; // USER_HZ is 100 on every Linux that the JDK runs on

    private final List<Long> processes;
    private final double usedBefore;
    private final long began = System.nanoTime();
    private double used = -1;

    Meter(List<Long> processes) {
        this.processes = processes;
        this.usedBefore = used(processes);
    }

    /** Ends the measurement; seconds. */
    double stop() {
        double seconds = (System.nanoTime() - began) / 1e9;
        used = used(processes) - usedBefore;
        return seconds;
    }

    OptionalDouble cpuMillis() {
        return processes.isEmpty() || used < 0 ? OptionalDouble.empty() : OptionalDouble.of(used);
    }

    private static double used(List<Long> processes) {
        double sum = processes.isEmpty() ? 0 : ended();
        for (long process : processes) {
            sum += used(process);
            sum += ProcessHandle.of(process).stream()
                    .flatMap(ProcessHandle::descendants)
                    .mapToDouble(child -> used(child.pid()))
                    .sum();
        }
        return sum;
    }

    private static double used(long process) {
        return ticks(Path.of("/proc/" + process + "/stat"), 11) * TICK_MILLIS;
    }

    /** What commands have used that this driver started and that have ended. */
    private static double ended() {
        return ticks(Path.of("/proc/self/stat"), 13) * TICK_MILLIS;
    }

    /** Two neighbouring numbers of a process's state added up, counted behind its name. */
    private static double ticks(Path stat, int from) {
        try {
            String text = Files.readString(stat);
            String[] field = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return Double.parseDouble(field[from]) + Double.parseDouble(field[from + 1]);
        } catch (IOException e) {
            return 0; // It has just ended.
        }
    }
}
