package holdfast.cli.fetch;

import java.time.Duration;
import java.util.Optional;

/**
 * How files are to be brought.
 *
 * @param overwrite whether a file of other bytes may be replaced
 * @param waitForTape how long to wait for what is on tape only
 * @param stalled after so long without a byte a source is given up
 */
public record FetchOrder(Choice choice, boolean overwrite, Duration waitForTape, Duration stalled) {
    public static final Duration STALLED = Duration.ofMinutes(1);

    /**
     * Which sources are used.
     *
     * @param source only copies at this element
     * @param direct whether copies that this machine reaches are read without the server
     */
    public record Choice(Optional<String> source, boolean direct) {}
}
