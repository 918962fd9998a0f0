package holdfast.server.drivers.fts;

import holdfast.storage.ThirdPartyCopy.Pass;
import holdfast.vocabulary.ByteSize;
import java.net.URI;
import java.util.Optional;

/**
 * One copy that FTS3 is to make.
 *
 * @param destination where nothing stands, under a name that nobody else uses
 * @param adler32 what the destination's digest must be, in hexadecimal; without it the two ends are compared
 */
public record FtsCopy(URI source, URI destination, Optional<Passes> passes, ByteSize size, Optional<String> adler32) {

    /** What FTS3 shows at either end. */
    public record Passes(Pass source, Pass destination) {}
}
