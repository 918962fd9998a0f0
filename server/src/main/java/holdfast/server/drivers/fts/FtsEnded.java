package holdfast.server.drivers.fts;

import holdfast.storage.ThirdPartyCopy.Ended;
import java.net.URI;
import java.util.Optional;

/**
 * How a copy ended.
 *
 * @param source from where the bytes came, where FTS3 told
 */
public record FtsEnded(Ended how, Optional<URI> source) {
    static FtsEnded of(Ended how) {
        return new FtsEnded(how, Optional.empty());
    }
}
