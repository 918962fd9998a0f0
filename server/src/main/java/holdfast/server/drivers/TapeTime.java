package holdfast.server.drivers;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** The slowness of tape, which is the point of a tape element that is only a folder. */
final class TapeTime {
    private TapeTime() {}

    static void pass(Duration time) throws IOException {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the tape moved", e);
        }
    }

    /** How long a drive of a rate takes for some bytes. */
    static Duration of(long bytes, OptionalLong bytesPerSecond) {
        return bytesPerSecond.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Math.multiplyExact(bytes, 1000L) / bytesPerSecond.getAsLong());
    }
}
