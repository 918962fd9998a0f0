package holdfast.server.drivers.s3;

import java.io.IOException;
import java.time.Duration;

/** The endpoint took no bytes for too long; it was waited for already. */
final class Stalled extends IOException {
    private static final long serialVersionUID = 1;

    Stalled(Duration limit, IOException because) {
        super("the endpoint took no bytes for %d ms".formatted(limit.toMillis()), because);
    }
}
