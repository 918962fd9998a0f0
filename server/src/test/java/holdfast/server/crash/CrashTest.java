package holdfast.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    @TempDir
    Path folder;

    @Test
    void dry() throws Exception {
        long t = System.nanoTime();
        Trial.Result result = Trial.at(Failpoints.Chosen.NONE, folder);
        System.out.println((System.nanoTime() - t) / 1e9 + " s");
        result.heard().passed.forEach((p, n) -> System.out.println(n + " " + p));
        for (String p : Port.points()) if (!result.heard().passed.containsKey(p)) System.out.println("NOT REACHED " + p);
        System.out.println(Port.points().size() + " points; " + result.heard().acknowledged());
        System.out.println(result.heard().rest);
        assertThat(result.broken()).isEmpty();
    }
}
