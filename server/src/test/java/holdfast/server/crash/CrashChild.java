package holdfast.server.crash;

import holdfast.server.config.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Lives the scenario in a process of its own, up to a failpoint; there it stands still and waits to be killed. */
final class CrashChild {
    private CrashChild() {}

    /** @param arguments folder, address of the database, failpoint and passing such as {@code "before Disk.sync(..)#2"} */
    public static void main(String[] arguments) throws Exception {
        Says says = Says.on(System.out);
        Failpoints points = Failpoints.standingStill(Failpoints.Chosen.parse(arguments[2]), says);
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        Ports ports = new Crashing(points, says).ports(ahead);
        new Scenario(Path.of(arguments[0]), arguments[1], ports, ahead, says).live();
        points.passed().forEach(says::passed);
        says.done();
        System.exit(0);
    }
}
